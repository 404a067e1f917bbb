"""All the work of one officer to another, with the note that goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services.follow_ups import handing_over
from migrant_office.services.follow_ups.handing_over import Preview
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField, NoteField
from migrant_office.ui.widgets.tick import Tick

NOBODY = "-"  # a choice with an empty value would be none
OTHER = "+"


class HandoverDialog(Dialog):
    """`officers` are those who have something open, and those who ever wrote something; `own` is who sits here."""

    handed_over = Signal(object)

    def __init__(
        self, operations: Operations, officers: Sequence[str], own: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Hand over the work of an officer"), _("Hand over"), width=640, parent=parent)
        self.operations, self.counted = operations, Preview()
        known = [(code or NOBODY, words.officer(code, own)) for code in dict.fromkeys(("", *officers, own))]
        self.source, self.target, self.name = Choice(), Choice(), LineField()
        self.source.set_choices(known, empty=_("Choose who"))
        self.target.set_choices([*known[1:], (OTHER, _("Another officer…"))], empty=_("Choose to whom"))
        self.name_field = LabelledField(_("Name of the officer"), self.name)
        self.follow_ups = Tick(_("Follow-ups that are open"), checked=True)
        self.referrals = Tick(_("Referrals that are open"), checked=True)
        self.count = Banner("blue", "", icon="users")
        self.note = NoteField(lines=3)
        self.note_field = LabelledField(
            _("Note for who goes on"), self.note, help_text=_("It is kept in the history of each case.")
        )
        for widget in (
            LabelledField(_("From"), self.source),
            LabelledField(_("To"), self.target),
            self.name_field,
            self.follow_ups,
            self.referrals,
            self.count,
            self.note_field,
        ):
            self.body.addWidget(widget)
        self.source.currentIndexChanged.connect(lambda _index: self._preview())
        self.target.currentIndexChanged.connect(lambda _index: self._fit())
        for tick in (self.follow_ups, self.referrals):
            tick.toggled.connect(lambda _on: self._preview())
        self._fit()
        self._tell()
        self.first = self.source

    def written(self) -> bool:
        return bool(self.note.toPlainText().strip())

    def _fit(self) -> None:
        self.name_field.setVisible(self.target.value() == OTHER)

    def _preview(self) -> None:
        source, what = self._source(), self._what()
        if self.source.value():
            self.operations.ask(
                self, lambda office: handing_over.preview(office, source, **what), self._count, key="handover"
            )

    def _source(self) -> str:
        return "" if self.source.value() == NOBODY else self.source.value()

    def _what(self) -> dict[str, bool]:
        return {"follow_ups": self.follow_ups.isChecked(), "referrals": self.referrals.isChecked()}

    def _count(self, preview: Preview) -> None:
        self.counted = preview
        self._tell()

    def _tell(self) -> None:
        seen, number = self.counted, translator().number
        self.count.setVisible(bool(self.source.value()))
        cases = ngettext("{count} case file", "{count} case files", seen.cases).format(count=number(seen.cases))
        parts = (
            ngettext("{count} follow-up", "{count} follow-ups", seen.follow_ups).format(count=number(seen.follow_ups)),
            ngettext("{count} referral", "{count} referrals", seen.referrals).format(count=number(seen.referrals)),
        )
        self.count.set_texts(cases, "  ·  ".join(parts))

    def agree(self) -> None:
        source, what, note = self._source(), self._what(), self.note.toPlainText()
        target = self.name.text().strip() if self.target.value() == OTHER else self.target.value()
        if not self.source.value() or not target:
            self.tell_trouble(_("Choose from whom and to whom."))
            (self.source if not self.source.value() else self.target).setFocus()
            return
        if not note.strip():
            self.note_field.warn(_("Write what the next officer has to know."))
            self.note.setFocus()
            return

        def write(office: Office) -> Done:
            return handing_over.hand_over(office, source, target, note, **what)

        self.primary.setEnabled(False)
        self.operations.run(self, write, self._done, failed=self._failed)

    def _done(self, _done: Done) -> None:
        self.handed_over.emit(self.counted)
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
