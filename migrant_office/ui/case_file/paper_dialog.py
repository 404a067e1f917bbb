"""One paper: kind, state, country, number, end, and a copy that is kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from migrant_office import i18n
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.attachment import Kept, kept_of
from migrant_office.models.case_file import CaseFile
from migrant_office.models.coded import MISSING_LABELS
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.office import Office, new_id
from migrant_office.models.vault.operation import Done
from migrant_office.services import attachments, papers
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE
from migrant_office.ui.viewing import ViewDialog
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.file_field import FileField
from migrant_office.ui.widgets.search_combo import SearchCombo, folded

Kinds = Mapping[str, Mapping[str, str]]
NOTHING = HeldDocument(id="")


class PaperDialog(Dialog):
    """Writes a new paper, or what was changed of one. Nothing in it is needed."""

    def __init__(
        self,
        operations: Operations,
        case: CaseFile,
        paper: HeldDocument | None,
        kinds: Kinds,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Note a document") if paper is None else _("Document")
        super().__init__(title, _("Save the document"), width=680, parent=parent)
        self.operations, self.case, self.shown = operations, case.person.id, paper
        now = paper or NOTHING
        self.kind, self.words, self.state = Choice(), LineField(now.words), Choice()
        self.kind.set_choices(kind_choices(kinds, now.kind), now.kind, empty=_("Choose the document"))
        self.state.set_choices(state_choices(now.state), str(now.state))
        self.country = SearchCombo(country_choices(), now.country, placeholder=_("Type the name of the country"))
        self.number, self.expires = LineField(now.number), DateField()
        if isinstance(now.expires, date):
            self.expires.set_value(now.expires.isoformat())
        self.copy = FileField(operations)
        held = next((a for a in case.attachments if a.id == now.copy), None) if now.copy else None
        self.copy.set_value(kept_of(held) if held else None)
        self.copy.view_wanted.connect(self._view)
        self._build()
        self.kind.currentIndexChanged.connect(lambda _index: self._fit())
        self._fit()
        self._first = self.told()
        self.first = self.kind

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(LARGE)
        self.words_field = LabelledField(_("Which document, in the person's words"), self.words)
        for place, field in (
            ((0, 0), LabelledField(_("Kind of document"), self.kind)),
            ((0, 1), LabelledField(_("How it stands"), self.state)),
            ((1, 0), LabelledField(_("Country that gave it"), self.country)),
            ((1, 1), LabelledField(_("Number of the document"), self.number, optional=_("optional"))),
            ((2, 0), LabelledField(_("Valid until"), self.expires)),
        ):
            grid.addWidget(field, *place)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.words_field)
        help_text = _("It is kept encrypted on this computer. Ask the person before you keep a copy.")
        self.body.addWidget(LabelledField(_("Copy"), self.copy, help_text=help_text, optional=_("optional")))

    def _fit(self) -> None:
        self.words_field.setVisible(self.kind.value() == papers.OTHER or bool(self.words.text()))

    # looking

    def _view(self, kept: Kept) -> None:
        case, saved = self.case, self.shown is not None and kept.id == self.shown.copy

        def read(office: Office) -> bytes:
            return attachments.read(office, case, kept.id) if saved else attachments.read_kept(office, kept)

        ViewDialog(self.operations, kept, read, self).open()

    # writing

    def told(self) -> dict[str, Any]:
        """The fields of the paper as they stand here."""
        end = self.expires.value()
        state = self.state.value()
        return {
            "kind": self.kind.value(),
            "words": self.words.text().strip(),
            "state": Missing(state)
            if state in set(Missing)
            else DocumentState(state)
            if state in set(DocumentState)
            else state,
            "country": self.country.value(),
            "number": self.number.text().strip(),
            "expires": date.fromisoformat(end) if end else None,
            "copy": kept.id if (kept := self.copy.value()) else "",
        }

    def written(self) -> bool:
        return self.told() != self._first

    def agree(self) -> None:
        for field in (self.country, self.expires):  # a text that is not clear yet must not be lost silently
            if field.text().strip() and not field.value():
                field.setFocus()
                field.editingFinished.emit()
                return
        told, shown, case, copy = self.told(), self.shown, self.case, self.copy.value()
        changes = {name: value for name, value in told.items() if value != self._first[name]}
        if shown is not None and not changes:
            self.accept()
            return

        def write(office: Office) -> Done:
            fresh = copy if copy and (shown is None or copy.id != shown.copy) else None
            if shown is None:
                return papers.put_paper(office, case, HeldDocument(id=new_id(), **told), fresh)
            return papers.edit_paper(office, case, shown, fresh, **changes)

        self.primary.setEnabled(False)
        self.operations.run(self, write, self._saved, failed=self._failed)

    def _saved(self, _done: Done) -> None:
        self.copy.saved()
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))

    def done(self, result: int) -> None:
        """Left without saving: a copy that was chosen here is dropped."""
        if result != QDialog.DialogCode.Accepted.value:
            self.copy.abandon()
        super().done(result)


def kind_in_words(paper: HeldDocument, kinds: Kinds) -> str:
    """The person's own words, else those of the city's form, else the code of an office's own form."""
    if paper.words and paper.kind in ("", papers.OTHER):
        return paper.words
    return in_words(paper.kind, kinds)


def in_words(kind: str, kinds: Kinds) -> str:
    told = kinds.get(kind, {})
    found = told.get(translator().lang) or next((text for text in told.values() if text), "")
    return found or (_("Another document") if kind in ("", papers.OTHER) else kind)


def kind_choices(kinds: Kinds, now: str) -> list[tuple[str, str]]:
    codes = list(dict.fromkeys([*kinds, *([now] if now else []), papers.OTHER]))
    return [(code, in_words(code, kinds)) for code in codes]


def state_choices(now: object) -> list[tuple[str, str]]:
    offered: list[object] = [*DocumentState, Missing.REFUSED, Missing.UNKNOWN, Missing.NOT_ASKED]
    if now not in offered:
        offered.append(now)
    return [
        (str(state), _(MISSING_LABELS[state]) if isinstance(state, Missing) else words.coded(state))
        for state in offered
    ]


def country_choices() -> list[tuple[str, str]]:
    tr = translator()
    return sorted(((code, tr.country(code)) for code in i18n.countries()), key=lambda pair: folded(pair[1]))
