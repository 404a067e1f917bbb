"""The windows change language while they are open, Qt's own buttons included."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QCalendarWidget, QDialogButtonBox, QLabel, QLineEdit, QMessageBox, QWidget

from migrant_office import i18n
from migrant_office.i18n import LANGUAGES, Translator, _
from migrant_office.ui import qt_strings
from migrant_office.ui.language import GettextTranslator, LanguageSwitch


class Page(QWidget):
    """A page as ours are: texts are set in one place and set again when the language changes."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel(self)
        self.retranslate()

    def retranslate(self) -> None:
        self.label.setText(_("tomorrow"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


@pytest.fixture
def switch(qapp):
    """A switch that leaves the application as it was found: no translator, Spanish."""
    made = LanguageSwitch(qapp)
    before = QLocale()
    yield made
    for translator in made._installed:
        qapp.removeTranslator(translator)
    made.deleteLater()
    QLocale.setDefault(before)
    i18n.set_language("es")


def test_every_open_window_speaks_the_new_language(qtbot, switch):
    pages = [Page(), Page()]
    inner = Page()
    inner.setParent(pages[0])
    for page in pages:
        qtbot.addWidget(page)
    pages[0].show()  # the second stays hidden: it must not wake up in yesterday's language
    for lang, word in (("es", "mañana"), ("ht", "demen"), ("en", "tomorrow"), ("ht", "demen"), ("es", "mañana")):
        switch.set_language(lang)
        qtbot.waitUntil(lambda word=word: [p.label.text() for p in (*pages, inner)] == [word] * 3)


def test_qt_words_change_too_and_no_language_leaves_a_trace_of_the_last(qtbot, switch):
    """An empty answer of the translator once left Creole buttons in an English window."""
    said = {}
    for lang in ("ht", "en", "es", "en", "ht"):
        switch.set_language(lang)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
        qtbot.addWidget(box)
        said[lang] = [button.text().replace("&", "") for button in box.buttons()]
    assert {lang: set(words) for lang, words in said.items()} == {
        "ht": {"Anile", "Anrejistre"},
        "en": {"Cancel", "Save"},
        "es": {"Cancelar", "Guardar"},
    }


class Counting(Page):
    """A page that counts: its sentence depends on the language and on the number."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__()

    def retranslate(self) -> None:
        self.label.setText(i18n.ngettext("{n} day ago", "{n} days ago", self.count).format(n=self.count))


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_sentence_with_a_number_keeps_its_number_in_every_language(qtbot, switch, count):
    said = {
        "es": {1: "hace 1 día"}.get(count, f"hace {count} días"),
        "en": {1: "1 day ago"}.get(count, f"{count} days ago"),
        "ht": f"sa gen {count} jou",
    }
    page = Counting(count)
    qtbot.addWidget(page)
    page.show()
    for lang in ("es", "ht", "en", "es_MX", "ht_CL", "es"):
        switch.set_language(lang)
        qtbot.waitUntil(lambda lang=lang: page.label.text() == said[lang[:2]])


def test_one_switch_changes_our_words_and_those_of_qt_in_the_same_open_window(qtbot, switch):
    """Our sentence, the buttons of a box and the menu of a field, all of them open while the language changes."""
    switch.set_language("en")
    page = Page()
    qtbot.addWidget(page)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save, page)
    field = QLineEdit(page)
    page.show()
    wanted = {
        "es": ("mañana", {"Cancelar", "Guardar"}, "Pegar"),
        "ht": ("demen", {"Anile", "Anrejistre"}, "Kole"),
        "en": ("tomorrow", {"Cancel", "Save"}, "Paste"),
    }

    def spoken() -> tuple[str, set[str], list[str]]:
        menu = field.createStandardContextMenu()
        words = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
        menu.deleteLater()
        return page.label.text(), {button.text().replace("&", "") for button in box.buttons()}, words

    for lang in ("es", "ht", "en", "ht", "es", "en"):
        switch.set_language(lang)
        qtbot.waitUntil(lambda lang=lang: spoken()[:2] == wanted[lang][:2])
        assert wanted[lang][2] in spoken()[2]
        assert not {words[2] for other, words in wanted.items() if other != lang} & set(spoken()[2])


def test_an_open_message_box_changes_its_buttons(qtbot, switch):
    switch.set_language("ht")
    box = QMessageBox()
    qtbot.addWidget(box)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    assert cancel.text() == "Anile"
    switch.set_language("es")
    qtbot.waitUntil(lambda: cancel.text() == "Cancelar")


def test_the_menu_of_a_field_speaks_creole(qtbot, switch):
    switch.set_language("ht")
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = " ".join(action.text() for action in menu.actions()).replace("&", "")
    assert "Kole" in words
    assert "Paste" not in words
    menu.deleteLater()


def test_a_calendar_in_creole_never_turns_french(qtbot, switch):
    switch.set_language("ht")
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    names = {calendar.locale().dayName(n) for n in range(1, 8)} | {calendar.locale().monthName(n) for n in range(1, 13)}
    assert not names & {"lundi", "mardi", "mercredi", "janvier", "novembre", "décembre"}


def test_repeated_switching_does_not_pile_up_translators(switch, qapp):
    for lang in LANGUAGES * 20:
        switch.set_language(lang)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(switch.children()) == len(switch._installed) == 1  # the last is Creole: ours alone


def test_the_switch_says_what_it_changed_to_and_refuses_what_it_cannot(qtbot, switch):
    with qtbot.waitSignal(switch.changed) as signal:
        switch.set_language("es_MX")
    assert signal.args == ["es_MX"]
    with pytest.raises(ValueError, match="no such language"):
        switch.set_language("fr")
    assert i18n.translator().region == "MX"  # nothing changed


def test_where_we_have_no_word_qt_goes_on_to_its_own(qapp):
    own = GettextTranslator(Translator("es"))
    assert own.translate("QNowhere", "Never heard") is None
    assert own.translate("QPlatformTheme", "Cancel") == "Cancelar"
    assert not own.isEmpty()


@pytest.mark.parametrize("lang", ["es", "ht"])
def test_every_listed_qt_word_is_one_that_qt_asks_for_in_this_context(lang):
    """A context with a slip in it would never be asked for: the words of one context are looked up as Qt does."""
    t = Translator(lang)
    assert len(set(qt_strings.ALL)) == len(qt_strings.ALL)
    assert all(t.pgettext(*entry) for entry in qt_strings.ALL)


def test_spanish_words_of_qt_exist_under_our_contexts(switch):
    """Qt's own Spanish file knows nearly every (context, word) of our list: so the list is spelt as Qt spells it."""
    base = switch_base(switch)
    unknown = [entry for entry in qt_strings.ALL if not base.translate(*entry)]
    assert len(unknown) < len(qt_strings.ALL) // 10, unknown


def switch_base(switch: LanguageSwitch):
    switch.set_language("es")
    return switch._installed[0]
