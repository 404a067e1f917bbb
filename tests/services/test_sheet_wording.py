"""What an office says on its sheets: laid over the program's, refused with a sentence, undone, merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from migrant_office import i18n, icon_paths
from migrant_office.errors import Gone, NotAllowed, UserError
from migrant_office.models.city import cities
from migrant_office.models.office import Office, read_about
from migrant_office.models.operations import Op
from migrant_office.models.sheet import BOTH, Paper
from migrant_office.models.sheet_row import SAID, SheetRow, document_of, fingerprint
from migrant_office.models.vault.folder import DATABASE, Opened, locked
from migrant_office.services import history, sheet_samples, sheet_typing, sheet_wording, today
from migrant_office.services.sheet_wording import Said, Typing
from migrant_office.services.sheets import samples
from migrant_office.services.sheets.definition import load_definition, shipped
from migrant_office.services.sheets.document import Form, columns_of, write
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.services.sheets.laying import WordingRow, lay, printed
from tests.factories import DAY, exchange, make_replicas, replica

SHEET, ROW = "referral", "rights.private"
SHEETS = [name for name in WORDINGS if all(shipped(city, name).exists() for city in cities())]


def row_of(office: Office, id: str = ROW, name: str = SHEET) -> WordingRow:
    return next(row for row in sheet_wording.rows(office, name) if row.id == id)


def said_of(row: WordingRow, **other: str) -> Said:
    return Said(**{name: getattr(row.said, name) for name in SAID} | other)


def save(office: Office, id: str = ROW, name: str = SHEET, **other: str) -> None:
    row = row_of(office, id, name)
    sheet_wording.save_row(office, name, row, said_of(row, **other))


def printed_text(office: Office, name: str = SHEET, typing: Typing | None = None) -> str:
    made = sheet_samples.preview(office, name, typing)
    assert made is not None
    pages = pypdfium2.PdfDocument(made.pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


# -- changing


def test_what_the_office_says_is_printed(desk: Office) -> None:
    save(desk, es="Sus datos quedan aquí.", ht="Enfòmasyon ou yo rete isit la.")
    assert "Sus datos quedan aquí." in printed_text(desk)
    assert "confidenciales" not in printed_text(desk)
    assert row_of(desk).changed
    assert [line.changed for line in sheet_wording.sheets(desk) if line.name == SHEET] == [True]


def test_without_a_change_the_wording_is_the_programs(desk: Office) -> None:
    for name in SHEETS:
        assert sheet_wording.definition(desk, name).rows == load_definition("santiago", name).rows


def test_only_what_was_typed_is_kept(desk: Office) -> None:
    save(desk, es="Sus datos quedan aquí.")
    kept = sheet_wording.kept_rows(desk, SHEET)[ROW]
    assert (kept.es, kept.ht, kept.en, kept.icon) == ("Sus datos quedan aquí.", None, None, None)
    save(desk, es=row_of(desk).shipped.es)  # type: ignore[union-attr]
    assert not row_of(desk).changed


def test_writing_the_same_again_writes_nothing(desk: Office) -> None:
    row = row_of(desk)
    assert not sheet_wording.save_row(desk, SHEET, row, said_of(row)).envelopes


@pytest.mark.parametrize(
    ("id", "other", "says"),
    [
        (ROW, {"icon": "unicorn-of-the-office"}, "unicorn-of-the-office"),
        (ROW, {"condition": "sunday"}, "sunday"),
        (ROW, {"condition": "not due and sunday"}, "sunday"),
        (ROW, {"es": "Costo {cost}"}, "{cost}"),
        (ROW, {"es": "{nombre}", "ht": "{nombre}", "en": "{nombre}"}, "{nombre}"),
        (ROW, {"es": "{page}", "ht": "{page}", "en": "{page}"}, "{page}"),
        (ROW, {"es": "{cost!r}", "ht": "{cost!r}", "en": "{cost!r}"}, "corchete|bracket"),
        (ROW, {"es": "{cost"}, "bracket"),
        (ROW, {"es": "}"}, "bracket"),
        (ROW, {"es": "**Todo"}, "asterisk"),
        (ROW, {"ht": "   "}, "Kreyòl"),
        (ROW, {"en": ""}, "English"),
        (ROW, {"es": "a" * 401}, "400"),
        ("frame.printed", {"es": "Impreso {date}", "ht": "{date}", "en": "{date}"}, "{date}"),
        ("frame.printed", {"es": "Impreso " * 20}, "long"),
        ("frame.page", {"es": "Página", "ht": "Paj {page}", "en": "Page"}, "{page}"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(
    desk: Office, id: str, other: dict[str, str], says: str
) -> None:
    i18n.set_language("en")
    try:
        with pytest.raises(UserError) as refused:
            save(desk, id, **other)
    finally:
        i18n.set_language("es")
    assert any(part in refused.value.text(i18n.Translator("en")) for part in says.split("|"))
    assert not sheet_wording.kept_rows(desk, SHEET)


def test_more_text_than_a_page_takes_is_refused(desk: Office) -> None:
    text = "palabra " * 45

    def fill() -> None:
        for _ in range(60):
            made = sheet_wording.new_row(desk, SHEET, row_of(desk), "text")
            sheet_wording.add_row(desk, SHEET, made, Said("", text, text, text))

    with pytest.raises(UserError, match="no place on a page"):
        fill()
    sheet_samples.preview(desk, SHEET)


def test_a_row_that_the_sheet_needs_stays(desk: Office) -> None:
    for name, id in (("route", "route.more"), ("stub", "theirs.who"), (SHEET, "frame.for"), (SHEET, "when.head")):
        row = row_of(desk, id, name)
        with pytest.raises(NotAllowed):
            sheet_wording.remove_row(desk, name, row)
        with pytest.raises(NotAllowed):
            sheet_wording.save_row(desk, name, row, said_of(row, condition="not office_contact"))
        save(desk, id, name, es="Otra vez")
        assert row_of(desk, id, name).text.es == "Otra vez"


@pytest.mark.parametrize("name", [name for name in SHEETS if WORDINGS[name].framed])
def test_every_name_in_brackets_that_a_sheet_allows_is_filled_in(desk: Office, name: str) -> None:
    text = " ".join(f"{{{word}}}" for word in sorted(WORDINGS[name].words))
    for row in sheet_wording.rows(desk, name):
        if row.worded and not row.fixed and not row.needed:
            sheet_wording.save_row(
                desk, name, row, said_of(row, es=text[:390], ht=text[:390], en=text[:390], condition="")
            )
            break
    assert "{" not in printed_text(desk, name)


# -- adding, taking out, moving


def add(office: Office, es: str = "Traiga agua.", after: str = ROW, key: str = "text") -> str:
    row = sheet_wording.new_row(office, SHEET, row_of(office, after), key)
    sheet_wording.add_row(office, SHEET, row, Said("info-circle", es, "Pote dlo.", "Bring water."))
    return row.id


def order(office: Office, section: str = "rights") -> list[str]:
    return [row.id for row in sheet_wording.rows(office, SHEET) if row.text.section == section and not row.removed]


def test_a_new_row_stands_under_the_one_it_was_asked_from(desk: Office) -> None:
    one = add(desk)
    two = add(desk, "Traiga pan.")
    assert order(desk)[order(desk).index(ROW) :][:3] == [ROW, two, one]
    assert "Traiga agua." in printed_text(desk)


@pytest.mark.parametrize(("name", "id"), [(SHEET, "frame.for"), ("route", "route.more"), ("stub", "hers.give")])
def test_fixed_parts_take_no_new_rows(desk: Office, name: str, id: str) -> None:
    with pytest.raises(NotAllowed):
        sheet_wording.new_row(desk, name, row_of(desk, id, name), "text")


def test_a_row_is_taken_out_and_put_back(desk: Office) -> None:
    own = add(desk)
    for id, text in ((ROW, "confidenciales"), (own, "Traiga agua.")):
        sheet_wording.remove_row(desk, SHEET, row_of(desk, id))
        assert text not in printed_text(desk)
        assert row_of(desk, id).removed
        sheet_wording.restore_row(desk, SHEET, row_of(desk, id))
        assert text in printed_text(desk)


def test_restoring_gives_the_programs_words_and_place(desk: Office) -> None:
    before = order(desk)
    save(desk, es="Otra cosa", icon="star" if "star" in icon_paths.names() else "lock")
    sheet_wording.move_row(desk, SHEET, row_of(desk), 1)
    sheet_wording.restore_row(desk, SHEET, row_of(desk))
    assert not row_of(desk).changed
    assert not row_of(desk).moved
    assert order(desk) == before


def test_a_row_moves_among_its_neighbours_but_not_over_the_head(desk: Office) -> None:
    before = order(desk)
    sheet_wording.move_row(desk, SHEET, row_of(desk, before[2]), -1)
    assert order(desk) == [before[0], before[2], before[1], *before[3:]]
    with pytest.raises(NotAllowed):
        sheet_wording.move_row(desk, SHEET, row_of(desk, before[2]), -1)
    with pytest.raises(NotAllowed):
        sheet_wording.move_row(desk, SHEET, row_of(desk, before[0]), 1)


def test_two_rows_of_one_place_can_be_told_apart_again(desk: Office) -> None:
    one, two = add(desk), add(desk, "Traiga pan.")
    with desk.operation(Op.MOVE_SHEET_ROW, document_of(SHEET)) as op:
        for id in (one, two):
            op.set(row_of(desk, id).kept or SheetRow(id=id), place=3.5)
    first, second = (id for id in order(desk) if id in {one, two})
    sheet_wording.move_row(desk, SHEET, row_of(desk, second), -1)
    assert [id for id in order(desk) if id in {one, two}] == [second, first]


def test_a_row_that_is_gone_says_so(desk: Office) -> None:
    own = row_of(desk, add(desk))
    history.undo(desk)
    with pytest.raises(Gone):
        sheet_wording.save_row(desk, SHEET, own, said_of(own))


# -- typing


def test_what_is_being_typed_is_shown_and_not_kept(desk: Office) -> None:
    row = row_of(desk)
    assert "recién escrito" in printed_text(desk, typing=Typing(row, said_of(row, es="recién escrito")))
    assert "recién escrito" not in printed_text(desk)
    made = sheet_wording.new_row(desk, SHEET, row, "text")
    assert "fila nueva" in printed_text(desk, typing=Typing(made, Said("", "fila nueva", "nouvo", "new")))
    assert not sheet_wording.kept_rows(desk, SHEET)


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_has_a_sample_that_says_so(desk: Office, name: str) -> None:
    text = printed_text(desk, name)
    assert "MUESTRA" in text
    assert "Désir" not in text


def test_what_was_not_saved_waits_for_whoever_opens_the_row_again(desk: Office) -> None:
    row, made = row_of(desk), sheet_wording.new_row(desk, SHEET, row_of(desk), "tick")
    sheet_typing.keep(desk, SHEET, Typing(row, said_of(row, es="a medio escri")))
    sheet_typing.keep(desk, SHEET, Typing(made, Said(es="nueva {")))
    found = sheet_typing.typed(desk, SHEET, sheet_wording.rows(desk, SHEET))
    assert found[ROW].said.es == "a medio escri"
    assert found[made.id] == Typing(made, Said(es="nueva {"))
    assert sheet_typing.typed(desk, "route", sheet_wording.rows(desk, "route")) == {}
    assert today.shown_drafts(desk) == []
    sheet_typing.forget(desk, SHEET, ROW)
    assert set(sheet_typing.typed(desk, SHEET, sheet_wording.rows(desk, SHEET))) == {made.id}


# -- the program changes, and two desks


def test_a_newer_text_of_the_program_is_told_and_what_the_office_left_alone_follows(desk: Office) -> None:
    save(desk, es="Sus datos quedan aquí.")
    program = load_definition("santiago", SHEET)
    newer = replace(
        program, rows=tuple(replace(row, icon="lock", ht="Lòt mo.") if row.id == ROW else row for row in program.rows)
    )
    laid = next(row for row in lay(newer, sheet_wording.kept_rows(desk, SHEET)) if row.id == ROW)
    assert laid.outdated
    assert (laid.text.es, laid.text.ht) == ("Sus datos quedan aquí.", "Lòt mo.")
    assert not row_of(desk).outdated


@pytest.mark.parametrize(
    "kept",
    [
        SheetRow(id=ROW, icon="of-a-newer-program"),
        SheetRow(id=ROW, condition="of_a_newer_program"),
        SheetRow(id=ROW, es="{newer}", ht="{newer}", en="{newer}"),
        SheetRow(id=ROW, es=7),  # type: ignore[arg-type]  # what a newer program may write
        SheetRow(id="own", section="newer", key="text", es="a", ht="a", en="a"),
        SheetRow(id="own", section=["rights"], key="text", es="a", ht="a", en="a"),  # type: ignore[arg-type]
        SheetRow(id="own", section="rights", key="items", es="a", ht="a", en="a"),
        SheetRow(id="own", section="rights", key="of_a_newer_program", es="a", ht="a", en="a"),
        SheetRow(id="own", section="frame", key="text", es="a", ht="a", en="a"),
        SheetRow(id="own", section="rights", key="text", es="a"),
        SheetRow(id="own", es="half of what was merged"),
        SheetRow(id="frame.for", removed=True, condition="office_contact"),
    ],
)
def test_a_row_that_cannot_be_used_here_is_left_out(kept: SheetRow) -> None:
    program = load_definition("santiago", SHEET)
    laid = lay(program, {kept.id: kept})
    assert printed(program, laid).rows == program.rows
    row = next(row for row in laid if row.id == kept.id)
    assert row.fault or row.needed


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two devices of one office."""
    keys, images = make_replicas(tmp_path / "office", 2)
    offices = []
    for n, image in enumerate(images):
        (folder := tmp_path / f"desk{n}").mkdir()
        vault = replica(folder / DATABASE, image, keys)
        about, lock = read_about(tmp_path / "office"), locked(folder)
        path = folder / DATABASE
        opened = Opened(vault=vault, about=about, officer="1", label="", lock=lock, path=path, data_key=keys.data)
        offices.append(Office(opened, folder))
    yield offices[0], offices[1]
    for office in offices:
        office.close()


def test_two_desks_that_change_one_row_agree_field_by_field(desks: tuple[Office, Office]) -> None:
    here, there = desks
    save(here, es="Sus datos quedan aquí.")
    save(there, ht="Enfòmasyon ou yo rete isit la.", icon="phone")
    exchange(here.vault, there.vault)
    for office in desks:
        text = row_of(office).text
        assert (text.es, text.ht, text.icon) == ("Sus datos quedan aquí.", "Enfòmasyon ou yo rete isit la.", "phone")
    history.undo(here)
    exchange(here.vault, there.vault)
    for office in desks:
        assert row_of(office).text.es == row_of(office).shipped.es  # type: ignore[union-attr]
        assert row_of(office).text.icon == "phone"


def test_what_another_desk_wrote_meanwhile_is_not_written_over(desk: Office) -> None:
    seen = row_of(desk)
    save(desk, ht="Enfòmasyon ou yo rete isit la.")
    sheet_wording.save_row(desk, SHEET, seen, said_of(seen, es="Sus datos quedan aquí."))
    assert row_of(desk).text.ht == "Enfòmasyon ou yo rete isit la."
    assert row_of(desk).text.es == "Sus datos quedan aquí."


def test_braces_that_two_desks_made_differ_are_refused_on_one_and_left_out_when_merged(
    desks: tuple[Office, Office],
) -> None:
    here, there = desks
    save(here, "when.cost.2", es="Costo: **{cost}**")
    save(there, "when.cost.2", es="Gratis", ht="Gratis", en="Free")
    exchange(here.vault, there.vault)
    for office in desks:
        row = row_of(office, "when.cost.2")
        assert row.fault is None or row.text == row.shipped
        assert sheet_samples.preview(office, SHEET) is not None


@pytest.mark.parametrize(("name", "section"), [(SHEET, "rights"), ("labour_rights", "rights"), ("own_data", "correct")])
def test_a_part_that_two_desks_filled_at_once_goes_on_on_the_next_page(name: str, section: str) -> None:
    """Neither could have written so much: it is refused where one desk does (`test_more_text_than_a_page_takes`)."""
    program = load_definition("santiago", name)
    section = section if any(row.section == section for row in program.rows) else program.rows[-1].section
    ht, en = "mo " * 100, "word " * 60
    own = [
        SheetRow(id=f"own{n:02}", section=section, key="step", es=f"N{n} palabra", ht=ht, en=en, place=1.5 + n / 100)
        for n in range(20)
    ]
    wording = printed(program, lay(program, {row.id: row for row in own}))
    form = Form(Paper.LETTER, columns_of(BOTH, "CL"))
    data = samples.made_up("Oficina", "Biwo", "Santiago", DAY)
    document = samples.sample(
        name, lambda other: wording if other == name else load_definition("santiago", other), form, data
    )
    assert document is not None
    assert max(piece.height for page in document.pages for piece in page.pieces) <= form.room + form.grid().gap
    pages = pypdfium2.PdfDocument(write([document]))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)  # what is on the paper
    assert [n for n in range(20) if f"N{n} palabra" not in text] == []


def test_the_fingerprint_is_of_what_is_said() -> None:
    row = load_definition("santiago", SHEET).rows[0]
    assert fingerprint(row) == fingerprint(replace(row, source="otra"))
    assert fingerprint(row) != fingerprint(replace(row, en="other"))
