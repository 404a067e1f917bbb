"""Closing a month and publishing it: frozen once, the same bytes ever after."""

from __future__ import annotations

import json
import re
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from migrant_office import i18n
from migrant_office.errors import NotAllowed, UserError
from migrant_office.i18n import Translator
from migrant_office.models.counts.month import Month
from migrant_office.models.counts.release import Release
from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office, unlock
from migrant_office.models.person import Sex
from migrant_office.models.vault import releases
from migrant_office.services import month, people
from migrant_office.services.counts.files.folder import release_files
from tests.factories import DAY, PASSPHRASE
from tests.services.a_month import APRIL, MARCH, SECOND, a_case, on, refer, total


def test_a_month_is_closed_from_the_first_day_of_the_next(desk: Office) -> None:
    with on(date(2026, 3, 31)):
        assert not month.is_over(MARCH)
        with pytest.raises(NotAllowed, match="not over"):
            month.close(desk, MARCH, SECOND)
    assert releases.frozen(desk.vault, "2026-03") is None
    with on(date(2026, 4, 1)):
        assert month.is_over(MARCH)
        assert month.close(desk, MARCH, SECOND).period == "2026-03"
    assert releases.frozen(desk.vault, "2026-03") is not None


@pytest.mark.parametrize("wanted", [Month(2199, 12), Month(2026, 4)])
def test_a_month_to_come_is_not_over(desk: Office, wanted: Month) -> None:
    with pytest.raises(NotAllowed, match="not over"):
        month.close(desk, wanted, SECOND)


def an_april(office: Office) -> AbstractContextManager[None]:
    for n in range(40):
        a_case(office, sex=Sex.WOMAN if n % 2 else Sex.MAN, birth=date(1990, 1, 1), nationality="VE")
    return on(date(2026, 4, 1))


def test_closing_again_prints_the_same_bytes(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        first = month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path / "a")
        a_case(desk)
        with on(date(2026, 5, 9)):
            again = month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path / "b")
    assert first.name == again.name == "release-santiago-oficina-de-prueba-2026-03-r1"
    files = {p.name: p.read_bytes() for p in first.iterdir()}
    assert len(files) == 7
    assert {p.name: p.read_bytes() for p in again.iterdir()} == files
    assert month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path / "a") == first


def test_a_closed_month_stays_closed_in_the_next_session(desk: Office) -> None:
    with an_april(desk):
        release = month.close(desk, MARCH, SECOND)
        before = release_files(release, Translator("es_CL"))
        people.add_encounter(desk, people.recent(desk)[0].id, Channel.PHONE)
    desk.close()
    again = unlock(desk.folder, PASSPHRASE)
    try:
        assert month.overview(again, MARCH).frozen
        assert release_files(month.close(again, MARCH, SECOND), Translator("es_CL")) == before
        assert release_files(month.preview(again, MARCH), Translator("es_CL")) == before
    finally:
        again.close()


def test_a_release_is_also_a_signed_envelope(desk: Office) -> None:
    before = len(desk.vault.envelopes())
    with on(date(2026, 4, 1)):
        release = month.close(desk, MARCH, SECOND)
        month.close(desk, MARCH, SECOND)
    (envelope,) = (e for e in desk.vault.envelopes()[before:] if e.kind == releases.KIND)
    assert envelope.kind == releases.KIND
    assert envelope.checked(desk.vault.keys.known) == envelope
    kept = releases.frozen(desk.vault, "2026-03")
    assert kept is not None
    assert Release.from_json(kept.encode()) == release
    assert json.loads(kept)["period"] == "2026-03"


def test_a_preview_writes_nothing_that_stays(desk: Office) -> None:
    a_case(desk)
    before = len(desk.vault.envelopes())
    assert month.preview(desk, MARCH).tables
    assert len(desk.vault.envelopes()) == before
    assert releases.frozen(desk.vault, "2026-03") is None


def test_a_preview_is_what_closing_gives(desk: Office) -> None:
    with an_april(desk):
        shown = month.preview(desk, MARCH)
        assert month.close(desk, MARCH, SECOND) == shown


def test_the_files_speak_the_language_of_the_office(desk: Office, tmp_path: Path) -> None:
    """Whoever closes again in another language gets the same bytes."""
    with an_april(desk):
        release = month.close(desk, MARCH, SECOND)
        found = []
        for language in i18n.LANGUAGES:
            i18n.set_language(language)
            folder = month.publish(desk, release, tmp_path / language)
            found.append({p.name: p.read_bytes() for p in folder.iterdir()})
        i18n.set_language("es")
    assert found[0] == found[1] == found[2]


def test_few_people_stay_behind(desk: Office) -> None:
    """Exact figures are on the screen; what leaves shows nothing of fewer than ten people."""
    for _ in range(9):
        refer(desk, a_case(desk))
    with on(date(2026, 4, 1)):
        release = month.close(desk, MARCH, SECOND)
    assert total(desk, "persons_attended") == (9, 9)
    assert {cell.value for t in release.tables for cell in t.cells} == {None}


def test_the_day_after_the_last_of_a_year(desk: Office) -> None:
    with on(date(2025, 12, 31)):
        a_case(desk)
    with on(date(2026, 1, 1)):
        assert month.close(desk, Month(2025, 12), SECOND).period == "2025-12"
    assert total(desk, "attentions", Month(2025, 12)) == (1, 1)
    assert DAY - timedelta(days=61) == date(2025, 12, 31)


@pytest.mark.parametrize("day", ["2026-04-01", "2026-04-20", "2026-06-01"])
def test_whenever_it_is_closed_no_day_to_come_is_promised(desk: Office, tmp_path: Path, day: str) -> None:
    """The last day counted is the last of the month; what comes later belongs to the month in which it comes."""
    with on(date.fromisoformat(day)):
        folder = month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path)
    text = (folder / "method.txt").read_text(encoding="utf-8")
    assert "01-03-2026 a 31-03-2026" in text
    assert not [year for year in ("-04-2026", "-05-2026") if year in text]
    assert "cutoff" not in (folder / "datapackage.json").read_text(encoding="utf-8")


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_office_that_changes_its_language_keeps_its_closed_months(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        before = bytes_in(month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path / "a"))
        desk.about = replace(desk.about, language="ht")
        assert bytes_in(month.publish(desk, month.close(desk, MARCH, SECOND), tmp_path / "b")) == before
    with on(date(2026, 5, 1)):
        later = month.close(desk, APRIL, SECOND)
    assert (later.language, month.close(desk, MARCH, SECOND).language) == ("ht_CL", "es_CL")
    assert before["method.txt"].decode().startswith("Recuentos de marzo de 2026")
    assert before["method.txt"] != bytes_in(month.publish(desk, later, tmp_path / "c"))["method.txt"]


def test_only_what_is_frozen_leaves(desk: Office, tmp_path: Path) -> None:
    """Two versions of one month would tell what happened between them."""
    with an_april(desk):
        with pytest.raises(NotAllowed, match="Close it first"):
            month.publish(desk, month.preview(desk, MARCH), tmp_path / "out")
        release = month.close(desk, MARCH, SECOND)
        with pytest.raises(NotAllowed, match="Close it first"):
            month.publish(desk, replace(release, revision=2), tmp_path / "out")
        assert not (tmp_path / "out").exists()
        assert month.publish(desk, release, tmp_path / "out").is_dir()


def test_close_and_publish_in_one(desk: Office, tmp_path: Path) -> None:
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path / "a", SECOND)
        assert folder.parent == tmp_path / "a"
        assert bytes_in(month.close_and_publish(desk, MARCH, tmp_path / "b", SECOND)) == bytes_in(folder)


@pytest.mark.parametrize("spoil", ["a file", "other files"])
def test_a_month_closed_but_not_written_says_both(desk: Office, tmp_path: Path, spoil: str) -> None:
    out = tmp_path / "out"
    if spoil == "a file":
        out.write_text("")
    else:
        (out / "release-santiago-oficina-de-prueba-2026-03-r1").mkdir(parents=True)
    with an_april(desk):
        with pytest.raises(month.NotPublished, match="The month is closed") as refused:
            month.close_and_publish(desk, MARCH, out, SECOND)
        assert isinstance(refused.value, UserError)
        assert "El mes está cerrado" in refused.value.text(Translator("es"))
        assert month.overview(desk, MARCH).frozen
        assert month.close_and_publish(desk, MARCH, tmp_path / "elsewhere", SECOND).is_dir()


def test_a_month_that_could_not_be_closed_is_not_called_closed(desk: Office, tmp_path: Path) -> None:
    with on(date(2026, 3, 31)), pytest.raises(NotAllowed, match="not over"):
        month.close_and_publish(desk, MARCH, tmp_path / "out", SECOND)
    assert releases.frozen(desk.vault, "2026-03") is None
    assert not (tmp_path / "out").exists()


def test_an_office_with_a_long_name_can_publish(desk: Office, tmp_path: Path) -> None:
    """A folder name has 255 bytes at most; a closed month could never be written."""
    desk.about = replace(desk.about, name="Oficina de atención " * 30)
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path, SECOND)
    assert len(folder.name) < 120
    assert folder.name.endswith("-2026-03-r1")


@pytest.mark.parametrize("name", ["../../etc/passwd", "Ñuñoa/Sur =cmd()", "移民", "con\nsalto", "x" * 200])
def test_no_name_of_an_office_leads_elsewhere(desk: Office, tmp_path: Path, name: str) -> None:
    desk.about = replace(desk.about, name=name)
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path / "out", SECOND)
    assert folder.parent == tmp_path / "out"
    assert re.fullmatch(r"release-santiago[a-z0-9-]*-2026-03-r1", folder.name)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("out", "release"))] == ["out"]
    lines = (folder / "method.txt").read_text(encoding="utf-8").splitlines()
    assert f"- Oficina: {' '.join(name.split())}" in lines


def test_a_demo_says_that_it_is_one(desk: Office, tmp_path: Path) -> None:
    assert not month.preview(desk, MARCH).office.demo
    desk.about = replace(desk.about, demo=True)
    with an_april(desk):
        folder = month.close_and_publish(desk, MARCH, tmp_path, SECOND)
    assert "DEMO: DATOS INVENTADOS" in (folder / "method.txt").read_text(encoding="utf-8")
