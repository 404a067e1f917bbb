"""The language of the windows: our catalogue and Qt's own words change together, while the program runs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from migrant_office import i18n


class GettextTranslator(QTranslator):
    """Answers what Qt asks (`QMessageBox` "Cancel"...) from our catalogue; the context is gettext's msgctxt."""

    def __init__(self, translator: i18n.Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = translator

    def isEmpty(self) -> bool:
        """Never: Qt sends no LanguageChange for an empty translator."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None where we have nothing, so that Qt goes on to its own file; "" would end the search with "no text"."""
        found = self._translator.pgettext(context, source)
        return found if found != source else None


class LanguageSwitch(QObject):
    """Sets the language of the whole program; every widget then gets `QEvent.LanguageChange`.

    `changed` carries the new language after the widgets have their event under way.
    """

    changed = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._installed: list[QTranslator] = []

    def set_language(self, lang: str, words: Mapping[str, str] | None = None) -> None:
        """Speak "es", "en" or "ht", alone or with a country ("es_CL"), with a city's own words (`City.words[lang]`).

        Raises ValueError on another language.
        """
        i18n.set_language(lang, words)
        translator = i18n.translator()
        QLocale.setDefault(_locale(translator))
        self.release()
        own = GettextTranslator(translator, self)
        self._installed = [*_qt_words(translator.lang, self), own]
        for new in self._installed:  # the last one installed is asked first
            self._app.installTranslator(new)
        self.changed.emit(lang)

    def release(self) -> None:
        """Take our words away from the application: the window that spoke them has closed."""
        for old in self._installed:
            self._app.removeTranslator(old)
            old.deleteLater()
        self._installed = []


def _qt_words(lang: str, parent: QObject) -> list[QTranslator]:
    """Qt's own file for the language: Spanish has one, English needs none, Creole has none."""
    if lang != "es":
        return []
    base = QTranslator(parent)
    base.load("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))  # ours answers without it too
    return [base]


def _locale(translator: i18n.Translator) -> QLocale:
    """How Qt's own date fields and spin boxes write. Never Qt's `ht`: it answers in French; Spanish stands in."""
    if translator.lang == "en":
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
    country = QLocale.Country.Mexico if translator.region == "MX" else QLocale.Country.Chile
    return QLocale(QLocale.Language.Spanish, country)
