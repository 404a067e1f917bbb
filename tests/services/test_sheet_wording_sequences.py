"""Whatever an office does to its sheets, each can be printed, and undo gives the program's words back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import i18n
from migrant_office.errors import UserError
from migrant_office.models.office import Office
from migrant_office.models.sheet_row import SAID
from migrant_office.services import history, sheet_samples, sheet_wording
from migrant_office.services.sheet_wording import Said
from migrant_office.services.sheets.laying import KEYS
from tests.services.test_sheet_wording import SHEETS, said_of

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("abc {}*&<>\n", max_size=30),
    st.sampled_from(["{office}", "**{place}**", "{page}", "Días **buenos**", "x" * 500, "مرحبا", "\ud800"]),
)


@st.composite
def acts(draw: st.DrawFn) -> tuple[str, int, dict[str, str]]:
    fields = {"icon": st.sampled_from(["", "lock", "phone", "nothing"]), "condition": st.sampled_from(CONDITIONS)}
    said = {name: draw(fields.get(name, TEXTS)) for name in draw(st.sets(st.sampled_from(SAID)))}
    if draw(st.booleans()) and {"es", "ht", "en"} & said.keys():
        said |= dict.fromkeys(("es", "ht", "en"), draw(TEXTS))
    return (
        draw(st.sampled_from(["save", "save", "add", "remove", "restore", "up", "down"])),
        draw(st.integers(0, 99)),
        said,
    )


CONDITIONS = ["", "office_contact", "not office_contact", "appointment and time", "person", "sunday", " and ", "not "]


def act(office: Office, name: str, what: str, number: int, said: dict[str, str]) -> None:
    rows = sheet_wording.rows(office, name)
    row = rows[number % len(rows)]
    match what:
        case "save":
            sheet_wording.save_row(office, name, row, said_of(row, **said))
        case "add":
            made = sheet_wording.new_row(office, name, row, KEYS[number % len(KEYS)])
            sheet_wording.add_row(office, name, made, Said(**{"es": "a", "ht": "b", "en": "c"} | said))
        case "remove":
            sheet_wording.remove_row(office, name, row)
        case "restore":
            sheet_wording.restore_row(office, name, row)
        case _:
            sheet_wording.move_row(office, name, row, -1 if what == "up" else 1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(name=st.sampled_from(SHEETS), doing=st.lists(acts(), max_size=8))
def test_any_edits_leave_a_sheet_that_prints_and_undo_gives_the_program_back(
    desk: Office, name: str, doing: list[tuple[str, int, dict[str, str]]]
) -> None:
    before = sheet_wording.rows(desk, name)
    done = len(desk.undoable)
    for what, number, said in doing:
        try:
            act(desk, name, what, number, said)
        except UserError as refused:
            refused.text(i18n.Translator("es"))
        assert sheet_samples.preview(desk, name) is not None
    while len(desk.undoable) > done:
        history.undo(desk)
    assert [(row.text, row.removed) for row in sheet_wording.rows(desk, name)] == [(r.text, r.removed) for r in before]
