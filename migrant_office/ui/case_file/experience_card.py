"""What the person has worked in, and the dialog that notes it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.coded import MISSING_LABELS
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.vault.operation import Done
from migrant_office.models.work import Experience, Occupation
from migrant_office.services import experiences
from migrant_office.ui import words
from migrant_office.ui.case_file.paper_dialog import country_choices
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec
from migrant_office.ui.widgets.search_combo import SearchCombo

MOST_YEARS = 80
YES, NO = "yes", "no"
NOTHING = Experience(id="")


class ExperienceCard(RowsCard):
    """One row an occupation."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.opened.connect(self._open)
        self.add_wanted.connect(lambda: self._dialog(None))

    def show_case(self, case: CaseFile) -> None:
        self.case = case
        self.show_rows(
            _("Work experience"),
            [row_of(experience) for experience in case.experiences],
            empty=_("What the person knows how to do, with papers or without."),
            add=_("Note an occupation"),
        )

    def _open(self, id: object) -> None:
        self._dialog(next((e for e in self.case.experiences if e.id == id), None) if self.case else None)

    def _dialog(self, experience: Experience | None) -> None:
        if self.case:
            ExperienceDialog(self.operations, self.case.person.id, experience, self).open()


def row_of(experience: Experience) -> RowSpec:
    """The words over group, years and country; a paper that shows it at the right."""
    group = "" if isinstance(experience.group, Missing) else words.coded(experience.group)
    years = experience.years
    long = (
        ngettext("{count} year", "{count} years", years).format(count=years)
        if isinstance(years, int) and not isinstance(years, bool)
        else ""
    )
    country = translator().country(experience.country) if experience.country else ""
    marks = (MarkSpec(_("Can be proved"), "ok", "certificate"),) if experience.provable is True else ()
    title = experience.words or group or _("Occupation")
    told = (group if experience.words else "", long, country)
    return RowSpec(experience.id, title, "  ·  ".join(t for t in told if t), marks=marks)


class ExperienceDialog(Dialog):
    """Writes a new occupation, or what was changed of one."""

    def __init__(
        self, operations: Operations, case: str, experience: Experience | None, parent: QWidget | None = None
    ) -> None:
        title = _("Note an occupation") if experience is None else _("Occupation")
        super().__init__(title, _("Save the occupation"), width=680, parent=parent)
        self.operations, self.case, self.shown = operations, case, experience
        now = experience or NOTHING
        self.words, self.group, self.years = LineField(now.words), Choice(), LineField(digits(now.years))
        self.years.setValidator(QIntValidator(0, MOST_YEARS, self))
        groups = [(g.value, _(g.label)) for g in Occupation]
        missing = [(m.value, _(MISSING_LABELS[m])) for m in (Missing.UNKNOWN, Missing.NOT_ASKED)]
        self.group.set_choices([*groups, *missing], str(now.group))
        self.country = SearchCombo(country_choices(), now.country, placeholder=_("Type the name of the country"))
        self.provable = Answers(
            _("Is there a paper that shows it?"), [AnswerChoice(YES, _("Yes")), AnswerChoice(NO, _("No"))]
        )
        self.provable.set_value(answered(now.provable))
        self._build()
        self._first = self.told()
        self.first = self.words

    def _build(self) -> None:
        help_text = _("In the person's own words: welder, cook for schools, sale of clothes.")
        self.words_field = LabelledField(_("What the work was"), self.words, help_text=help_text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(LARGE)
        grid.addWidget(LabelledField(_("Group of occupations"), self.group), 0, 0, 1, 2)
        grid.addWidget(LabelledField(_("How many years"), self.years), 1, 0)
        grid.addWidget(LabelledField(_("In which country"), self.country), 1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(self.words_field)
        self.body.addLayout(grid)
        self.body.addWidget(self.provable)

    def told(self) -> dict[str, Any]:
        """The fields of the occupation as they stand here."""
        group, years = self.group.value(), self.years.text().strip()
        return {
            "words": self.words.text().strip(),
            "group": Missing(group)
            if group in set(Missing)
            else Occupation(group)
            if group in set(Occupation)
            else group,
            "years": int(years) if years else None,
            "country": self.country.value(),
            "provable": provable_of(self.provable.value()),
        }

    def written(self) -> bool:
        return self.told() != self._first

    def agree(self) -> None:
        if self.country.text().strip() and not self.country.value():
            self.country.setFocus()
            self.country.editingFinished.emit()
            return
        told, shown, case = self.told(), self.shown, self.case
        changes = {name: value for name, value in told.items() if value != self._first[name]}
        if shown is not None and not changes:
            self.accept()
            return

        def write(office: Office) -> Done:
            if shown is None:
                return experiences.put_experience(office, case, Experience(id=new_id(), **told))
            return experiences.edit_experience(office, case, shown, **changes)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def digits(years: object) -> str:
    return str(years) if isinstance(years, int) else ""


def answered(provable: object) -> Any:
    """What a field says, as `Answers` shows it; nothing chosen for one that nobody asked."""
    if isinstance(provable, Missing):
        return provable
    return () if provable is None else (YES if provable else NO,)


def provable_of(value: object) -> bool | Missing | None:
    if isinstance(value, Missing):
        return value
    return value[0] == YES if isinstance(value, tuple) and value else None
