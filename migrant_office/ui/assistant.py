"""First start: city, name of the office, language, passphrase; then the recovery code, to print and keep apart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGE_NAMES, LANGUAGES, _, translator
from migrant_office.models.city import cities, load_city
from migrant_office.services import offices
from migrant_office.services.recovery_sheet import recovery_sheet
from migrant_office.ui.operations import Worker
from migrant_office.ui.paper.preview import PreviewDialog
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, PAGE
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card, centred
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField, PassphraseField
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

CARD_WIDTH = 560


class Assistant(Painted):
    """`made` carries the passphrase of the new office, once its recovery code was seen."""

    made = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, folder: Path, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder, self.worker = folder, worker
        self.code = self.office_name = ""
        self.city, self.name, self.language = Choice(), LineField(), Choice()
        self.first, self.second = PassphraseField(), PassphraseField()
        self.fields = {
            key: LabelledField("", widget)
            for key, widget in (
                ("language", self.language),
                ("city", self.city),
                ("name", self.name),
                ("first", self.first),
                ("second", self.second),
            )
        }
        self.trouble = Banner("warn", "")
        self.go = Button("", "primary", shortcut="Ctrl+Return")
        self.go.clicked.connect(self._make)
        self.language.set_choices([(lang, LANGUAGE_NAMES[lang]) for lang in LANGUAGES], translator().lang)
        self.city.set_choices([(id, load_city(id).name) for id in cities()], "santiago")
        self.card = Card(width=CARD_WIDTH)
        self.intro = Text("", "body", "hint", wrap=True)
        self.card.body.setSpacing(LARGE)
        self.trouble.hide()
        for widget in (self.intro, *self.fields.values(), self.trouble, self.go):
            self.card.add(widget)
        self._lay_out()
        self.language.currentIndexChanged.connect(lambda _i: self.language_chosen.emit(self.language.value()))
        self.city.currentIndexChanged.connect(lambda _i: self._propose())
        self._propose()
        self.setFocusProxy(self.language)
        self.retranslate()

    def _lay_out(self) -> None:
        page = QFrame()
        column = QVBoxLayout(page)
        column.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        column.addStretch(1)
        column.addLayout(centred(self.card))
        column.addStretch(2)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the focus scrolls it
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _propose(self) -> None:
        self.name.setText(load_city(self.city.value()).office)

    def retranslate(self) -> None:
        if self.code:
            return
        self.card.set_title(_("A new office"))
        self.intro.setText(_("Everything is kept on this computer, encrypted. Nothing is sent anywhere."))
        self.fields["language"].set_texts(_("Language"))
        self.fields["city"].set_texts(_("City"))
        self.fields["name"].set_texts(_("Name of the office"))
        self.fields["first"].set_texts(
            _("Passphrase"), _("Four words that do not belong together are easy to remember.")
        )
        self.fields["second"].set_texts(_("The passphrase again"))
        self.go.setText(_("Make the office"))

    def _make(self) -> None:
        city, name, language = self.city.value(), self.name.text(), self.language.value()
        passphrase = self.first.text()
        for field in (self.fields["first"], self.fields["second"]):
            field.warn("")
        if len(passphrase) < offices.SHORTEST_PASSPHRASE:
            self.fields["first"].warn(
                _("Choose a passphrase of at least {n} characters; four words are easy to remember.").format(
                    n=offices.SHORTEST_PASSPHRASE
                )
            )
            self.first.setFocus()
            return
        if passphrase != self.second.text():
            self.fields["second"].warn(_("Both passphrases must be the same. Write it again."))
            self.second.setFocus()
            return
        self.go.setEnabled(False)
        self.go.setText(_("Making the office…"))
        self.worker.submit(
            self,
            lambda: offices.create_office(self.folder, city=city, name=name, language=language, passphrase=passphrase),
            lambda code: self._show_code(code, passphrase),
            self._failed,
        )

    def _failed(self, error: UserError) -> None:
        if not self.code:
            self.go.setEnabled(True)
            self.go.setText(_("Make the office"))
        self.trouble.set_texts(error.text(translator()))
        self.trouble.show()

    def _show_code(self, code: str, passphrase: str) -> None:
        """The code is shown once and kept nowhere."""
        self.code, self.office_name = code, self.name.text()
        self.go.setParent(None)
        self.card.clear()
        self.card.set_title(_("Recovery code"))
        told = Text(
            _(
                "With this code the office opens if the passphrase is lost. Print it, keep it away from the "
                "computer, and show it to nobody else. It is not kept anywhere."
            ),
            "body",
            wrap=True,
        )
        shown = Text(code.replace("-", "  "), "card", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        paper = Button(_("Print or save…"), icon="printer")
        go_on = Button(_("I have it on paper"), "primary", shortcut="Ctrl+Return")
        paper.clicked.connect(self._print)
        go_on.clicked.connect(lambda: self.made.emit(passphrase))
        for button in (paper, go_on):
            row.addWidget(button)
        self.trouble = Banner("warn", "")  # the one before went with the questions
        self.trouble.hide()
        for widget in (told, shown, self.trouble):
            self.card.add(widget)
        self.card.body.addLayout(row)
        go_on.setFocus()

    def _print(self) -> None:
        dialog = PreviewDialog(_("Recovery code"), self)
        pdf = recovery_sheet(self.office_name, self.code, translator())
        dialog.show_pdf(pdf, _("recovery-code") + ".pdf", _("Recovery code"))
        dialog.open()
