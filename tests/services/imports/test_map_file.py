"""MAP.toml: whatever stands in it, it is understood or told in one sentence with its place."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.need import NeedKind
from migrant_office.services.imports.map_file import map_from, read_map
from migrant_office.services.imports.mapping import FIELDS, Cell
from migrant_office.services.imports.refusals import MapRefused


def a_map(**told: Any) -> dict[str, Any]:
    return {"format": 1, "person": {"given": "Nombre"}, "registered": {"column": "Fecha"}} | told


def a_service(**told: Any) -> dict[str, Any]:
    return {"code": "taller", "name": "Taller", "owner": "Junta", "area": "empleo"} | told


def test_everything_a_map_can_say() -> None:
    found = map_from(
        a_map(
            sheet="Hoja 1",
            person={"sex": {"column": "Sexo", "codes": {" Mujer ": "woman"}}, "birth": {"column": "Edad", "age": True}},
            registered={"day": date(2026, 3, 5)},
            other_id={"system": "padron", "column": "Folio"},
            referral=[{"need": "work", "service": {"constant": "taller"}, "state": "Estado"}],
            service=[a_service(closed=True)],
            ignore=["Comentario"],
        )
    )
    assert found.person["sex"].codes == {"mujer": "woman"}
    assert found.person["birth"].age
    assert found.registered == Cell(constant="2026-03-05")
    assert (found.system, found.other_id.column, found.sheet) == ("padron", "Folio", "Hoja 1")
    assert (found.referrals[0].need, found.referrals[0].service.constant) == (NeedKind.WORK, "taller")
    assert found.services[0].closed
    assert found.ignored == ("Comentario",)


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (a_map(format="1"), "format"),
        (a_map(format=True), "format"),
        (a_map(format=2), "format"),
        ({}, "format"),
        ({"format": 1}, "person"),
        (a_map(person=[]), "person"),
        (a_map(person={"given": 3}), "person.given"),
        (a_map(person={"given": {"column": ["a"]}}), "person.given.column"),
        (a_map(person={"given": {"constant": 1}}), "person.given.constant"),
        (a_map(person={"given": {}}), "person.given"),
        (a_map(person={"given": {"column": "a", "constant": "b"}}), "person.given"),
        (a_map(person={"given": {"column": "a", "colour": "b"}}), "person.given.colour"),
        (a_map(person={"sex": {"column": "a", "codes": ["b"]}}), "person.sex.codes"),
        (a_map(person={"sex": {"column": "a", "codes": {"b": 1}}}), "person.sex.codes.b"),
        (a_map(person={"birth": {"column": "a", "age": "yes"}}), "person.birth.age"),
        (a_map(person={"birth": {"column": "a", "dates": [5]}}), "person.birth.dates"),
        (a_map(person={"birth": {"column": "a", "dates": "%d/%m/%Y"}}), "person.birth.dates"),
        (a_map(person={"birth": {"column": "a", "dates": ["%d%d"]}}), "person.birth.dates"),
        (a_map(person={"birth": {"column": "a", "dates": ["%Q"]}}), "person.birth.dates"),
        (a_map(person={"birth": {"column": "a", "dates": ["%d"]}}), "person.birth.dates"),
        (a_map(person={"nickname": "a"}), "person.nickname"),
        (a_map(registered=5), "registered"),
        (a_map(registered={"day": "2026-03-05"}), "registered.day"),
        (a_map(registered={"day": datetime(2026, 3, 5, tzinfo=UTC)}), "registered.day"),
        (a_map(registered={"day": date(2026, 3, 5), "constant": "x"}), "registered"),
        (a_map(sheet=1), "sheet"),
        (a_map(source=["a"]), "source"),
        (a_map(other_id={"column": "a"}), "other_id.system"),
        (a_map(other_id={"system": 5, "column": "a"}), "other_id.system"),
        (a_map(other_id={"system": "x"}), "other_id"),
        (a_map(other_id="x"), "other_id"),
        (a_map(encounter="phone"), "encounter"),
        (a_map(encounter={}), "encounter.channel"),
        (a_map(encounter={"channel": ["phone"]}), "encounter.channel"),
        (a_map(encounter={"channel": "pigeon"}), "encounter.channel"),
        (a_map(referral={"service": "a"}), "referral"),
        (a_map(referral=["a"]), "referral 1"),
        (a_map(referral=[{"service": "a"}, {"need": "work"}]), "referral 2.service"),
        (a_map(referral=[{"service": "a", "need": 1}]), "referral 1.need"),
        (a_map(referral=[{"service": "a", "luck": "b"}]), "referral 1.luck"),
        (a_map(service={}), "service"),
        (a_map(service=[a_service(code="a/b")]), "service 1.code"),
        (a_map(service=[a_service(code="")]), "service 1.code"),
        (a_map(service=[a_service(code=5)]), "service 1.code"),
        (a_map(service=[a_service(name=None)]), "service 1.name"),
        (a_map(service=[a_service(closed=1)]), "service 1.closed"),
        (a_map(service=[{"code": "a"}]), "service 1.name"),
        (a_map(ignore="a"), "ignore"),
        (a_map(ignore=[1]), "ignore"),
        (a_map(more=1), "more"),
    ],
)
def test_what_is_wrong_is_told_by_its_table_and_key(told: dict[str, Any], place: str) -> None:
    with pytest.raises(MapRefused) as refused:
        map_from(told)
    assert refused.value.data["place"] == place
    for lang in ("en", "es", "ht"):
        text = refused.value.text(Translator(lang))
        assert place in text
        assert "{" not in text


@pytest.mark.parametrize("text", [b"a = " + b"[" * 5_000, b"\xff\xfe", b"[person", b"# " + b"x" * 1_000_001])
def test_what_is_no_map_is_one_sentence(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "map.toml").write_bytes(text)
    with pytest.raises(MapRefused):
        read_map(tmp_path / "map.toml")


_keys = st.sampled_from(
    ["column", "constant", "day", "codes", "dates", "age", "system", "channel", "need", "service", "code", *FIELDS[:6]]
)
_anything = st.recursive(
    st.one_of(
        st.text(max_size=5), st.integers(), st.booleans(), st.floats(), st.dates(), st.sampled_from(["work", "%d"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_keys, inner, max_size=3)),
    max_leaves=8,
)
_tables = st.sampled_from(["person", "registered", "other_id", "encounter", "referral", "service", "ignore", "sheet"])


@given(st.dictionaries(_tables, _anything, max_size=4))
def test_any_map_is_understood_or_refused(told: dict[str, Any]) -> None:
    with contextlib.suppress(MapRefused):
        assert all(isinstance(cell.column, str) for cell in map_from(a_map(**told)).cells())
