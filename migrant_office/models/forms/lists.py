"""The sheet of choices as lists."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.models.forms.columns import Columns
from migrant_office.models.forms.form import Choice, ChoiceList, Issue, Src
from migrant_office.models.forms.sheets import Sheet
from migrant_office.models.forms.unkept import SENTENCE, unkept

YES = frozenset({"yes", "true", "true()", "1"})


def choice_lists(
    sheet: Sheet, columns: Columns, default: str, *, twice: bool, issues: list[Issue]
) -> dict[str, ChoiceList]:
    """Every list by its name. With `twice`, a code may stand in a list more than once (`allow_choice_duplicates`)."""
    found: dict[str, dict[str, list[Choice]]] = {}
    for row in sheet.rows:

        def wrong(meaning: str, sentence: str, number: int = row.number, **data: object) -> None:
            issues.append(Issue("error", Src(sheet.name, number, columns.heading(meaning)), sentence, data))

        list_name, value = columns.cell(row, "list_name"), columns.cell(row, "name")
        if not list_name or not value:
            wrong("name" if list_name else "list_name", N_("The choice needs the name of its list and a code."))
            continue
        if unkept(value):
            wrong("name", SENTENCE)
        if " " in value:
            wrong("name", N_("The code {name} has a space in it."), name=value)
        choices = found.setdefault(list_name, {})
        if value in choices and not twice:
            wrong("name", N_("The list {list} has the code {name} twice."), list=list_name, name=value)
        label = columns.text(row, "label", default)
        if not label:
            wrong("label", N_("The choice has no words to show."))
        extra = {heading: row.cells[heading] for heading in columns.unknown if heading in row.cells}
        retired = columns.cell(row, "retired").lower() in YES
        choices.setdefault(value, []).append(Choice(value, label, extra, retired, Src(sheet.name, row.number)))
        issues.extend(columns.untranslated(row))
    return {
        name: ChoiceList(name, tuple(choice for same in choices.values() for choice in same))
        for name, choices in found.items()
    }
