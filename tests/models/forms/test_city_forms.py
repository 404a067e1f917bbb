"""The forms that the cities ship: whole in three languages, their codes those of the record, nothing in them blocks."""

from __future__ import annotations

import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pyxform.xls2xform import convert

from migrant_office.models.coded import Coded
from migrant_office.models.consent import Manner, SaidBy
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Group, Kind, Question, Repeat, Text
from migrant_office.models.forms.library import city_form
from migrant_office.models.household import Household, Member
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.need import NeedKind
from migrant_office.models.person import Person
from migrant_office.models.restricted import Protection, Sign
from migrant_office.models.vault.nouns import NOUNS
from migrant_office.models.work import Experience
from migrant_office.paths import resources

CITIES, NAMES = ("santiago", "cdmx"), ("intake", "quick", "family")
STEPS = ("contact", "identity", "household", "diversity", "mobility", "work", "needs_today", "consent")
RECORDS: dict[str, type[Any]] = {
    "person": Person,
    "household": Household,
    "member": Member,
    "held_document": HeldDocument,
    "experience": Experience,
    "protection": Protection,
}
ENUMS: dict[str, type[Coded]] = {"need.kind": NeedKind, "consent.by": SaidBy, "consent.manner": Manner}
PURPOSES = ("contact", "share_public", "share_private", "sensitive")
ASKED = {
    "person": "given surname second_surname other_names chosen_name birth birth_estimated birth_country sex gender "
    "gender_words nationality nationality_words other_nationalities indigenous indigenous_people language "
    "language_words other_languages spanish_speaks spanish_reads spanish_writes interpreter phone email channel "
    "contact_rule contact_words trusted trusted_phone address commune children cares_for childcare category status "
    "registry arrived intention reasons seeing hearing walking remembering self_care communicating schooling "
    "recognition situation work_kind occupation sought sought_group internet barriers campaign",
    "held_document": "kind words state number country expires copy",
    "experience": "words group years country provable",
    "protection": "orientation orientation_words signs",
    "need": "kind words",
    "consent": "contact share_public share_private sensitive by manner guardian",
}
FAMILY = {
    "household": "address commune arrived",
    "member": "role guardian",
    "person": "given surname second_surname birth birth_estimated sex nationality nationality_words language "
    "language_words interpreter contact_rule phone campaign",
    "need": "kind words",
}
SENSITIVE = (
    "gender gender_words orientation orientation_words indigenous_people seeing hearing walking remembering self_care "
    "communicating status document_number signs"
)
CHILE = "temporary_residence permanent_residence refuge_application irregular"
MEXICO = (
    "permanent_resident temporary_resident visitor_with_permit visitor_without_permit regional_visitor border_worker "
    "adoption_visitor humanitarian_visitor asylum_applicant refugee complementary_protection stateless "
    "internally_displaced returned_repatriated returned_voluntary irregular"
)
FOLLOWS = re.compile(r"_(words|other)$")  # a question that only completes the one before it
GUIDANCE = {"es": r"Por qué: .+ Cómo: .+ Evite: .+\.", "en": r"Why: .+ How: .+ Avoid: .+\."}
NEVER = re.compile(r"\b(error|inv[áa]lid|obligatori|usuari|ilegal|beneficiari)", re.IGNORECASE)


@pytest.fixture(params=CITIES)
def city(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def form_of(city: str, name: str = "intake") -> Form:
    return city_form(resources() / "forms" / city, name)


@pytest.fixture(params=NAMES)
def form(request: pytest.FixtureRequest, city: str) -> Form:
    return form_of(city, request.param)


@pytest.fixture
def whole(city: str) -> Form:
    return form_of(city)


def texts(form: Form) -> Iterator[Text]:
    for item in form.root.walk():
        yield from (item.label, item.hint)
        if isinstance(item, Question):
            yield item.constraint_message
    for listed in form.lists.values():
        yield from (choice.label for choice in listed.choices)


def fields(form: Form) -> set[str]:
    return {question.maps_to for question in form.root.questions() if question.maps_to}


def named(table: dict[str, str]) -> set[str]:
    return {f"{record}.{name}" for record, names in table.items() for name in names.split()}


def enum_of(field: str) -> type[Coded] | None:
    """The codes that a field of the record can hold; None when it holds any text."""
    if field in ENUMS:
        return ENUMS[field]
    record, _, name = field.partition(".")
    if record not in RECORDS:
        return None
    hint = NOUNS[RECORDS[record]].hints[name]
    kinds = [kind for one in (hint, *get_args(hint)) for kind in (one, *get_args(one)) if isinstance(kind, type)]
    return next((kind for kind in kinds if issubclass(kind, Coded)), None)


def codes(form: Form, name: str) -> set[str]:
    return {choice.value for choice in form.lists[name].choices}


def test_it_is_whole(form: Form) -> None:
    assert form.warnings == ()
    assert form.languages == ("es", "ht", "en")
    assert re.fullmatch(r"(intake|quick|family)_(santiago|cdmx)", form.id)
    assert form.version
    for text in texts(form):
        assert not text or all(text.has(lang) for lang in ("es", "ht", "en")), text.get("es")


def test_nothing_is_required_and_nothing_is_wrong_before_it_begins(form: Form) -> None:
    assert all(question.required is None for question in form.root.questions())
    assert FormFilling(form).problems() == ()


def test_every_field_exists_in_its_record(form: Form) -> None:
    for field in fields(form):
        record, _, name = field.partition(".")
        if record in RECORDS:
            assert name in NOUNS[RECORDS[record]].hints, field
        else:
            assert field in named({"need": ASKED["need"], "consent": ASKED["consent"]}), field


def test_the_codes_of_a_choice_are_those_of_the_record(form: Form) -> None:
    """A code the record does not know would be lost; one it knows and nobody can choose would never be counted."""
    found = 0
    for question in form.root.questions():
        kind = enum_of(question.maps_to) if question.maps_to else None
        if kind is not None:
            found += 1
            assert question.kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE), question.name
            assert codes(form, question.list_name) == {str(code) for code in kind}, question.name
    assert found >= 2


def test_a_truth_is_asked_as_yes_or_no(form: Form) -> None:
    for question in form.root.questions():
        record, _, name = question.maps_to.partition(".")
        hint = NOUNS[RECORDS[record]].hints[name] if record in RECORDS else None
        truth = bool in (hint, *get_args(hint)) or question.maps_to in {f"consent.{code}" for code in PURPOSES}
        if truth and question.kind is not Kind.CALCULATE:
            assert question.list_name == "yes_no", question.name


def test_every_field_of_the_record_is_asked(whole: Form) -> None:
    entry = {"protection.entry"} if whole.id.endswith("santiago") else set()
    assert fields(whole) == named(ASKED) | entry


def test_the_steps_stand_in_their_order(whole: Form) -> None:
    assert tuple(page.path[-1] for page in whole.pages) == STEPS
    assert whole.pages[0].label.get("es") == "Contacto y lengua"
    first = next(iter(whole.pages[0].questions()))
    assert first.name == "given"


def test_it_says_why_and_how_and_what_not_to_ask(form: Form) -> None:
    for question in form.root.questions():
        if question.kind is Kind.CALCULATE or FOLLOWS.search(question.name):
            continue
        for lang, pattern in GUIDANCE.items():
            assert re.fullmatch(pattern, question.guidance.by_lang.get(lang, "")), question.name


def test_no_word_that_hurts_or_frightens(form: Form) -> None:
    for text in texts(form):
        assert not NEVER.search(text.get("es")), text.get("es")


def test_what_is_sensitive_is_marked(whole: Form) -> None:
    marked = {question.name for question in whole.root.questions() if question.sensitive}
    assert marked == set(SENSITIVE.split()) | ({"entry"} if whole.id.endswith("santiago") else set())


def test_what_the_officer_notes_is_never_turned_to_the_person(whole: Form) -> None:
    for name in ("signs", "in_private", "not_kept", "consent_by", "consent_manner", "sought_group", "campaign"):
        assert "officer-only" in whole.question(name).appearance, name
    assert whole.question("signs").list_name == "sign"
    assert codes(whole, "sign") == {str(sign) for sign in Sign}


def test_the_short_set_is_asked_as_it_is_read_everywhere(whole: Form) -> None:
    """Six questions, one scale, an introduction before them, and no word of disability in any of them."""
    group = next(item for item in whole.root.walk() if isinstance(item, Group) and item.path[-1:] == ("functioning",))
    intro, *six = group.questions()
    assert intro.kind is Kind.NOTE
    assert [question.maps_to.partition(".")[2] for question in six] == [
        *("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
    ]
    assert {question.list_name for question in six} == {"difficulty"}
    shown = [group.label, group.hint, *(text for one in (intro, *six) for text in (one.label, one.hint))]
    shown += [choice.label for choice in whole.lists["difficulty"].choices]
    for text in shown:
        for lang in whole.languages:
            assert not re.search(r"discapa|andikap|disab", text.get(lang) or "", re.IGNORECASE)


def test_quick_asks_six_things(city: str) -> None:
    quick = form_of(city, "quick")
    assert FormFilling(quick).progress() == (0, 6)
    assert fields(quick) >= {"person.given", "person.surname", "person.contact_rule", "person.birth", "need.kind"}


def test_family_asks_once_what_is_shared(city: str) -> None:
    family = form_of(city, "family")
    assert fields(family) == named(FAMILY)
    (members,) = [item for item in family.root.walk() if isinstance(item, Repeat)]
    inside = {question.maps_to for question in members.questions() if question.maps_to}
    assert members.maps_to == "household.member"
    assert {"person.given", "member.role", "member.guardian", "person.birth", "need.kind"} <= inside
    assert not inside & {"household.address", "household.arrived", "person.language", "person.phone"}


def test_papers_and_experience_are_asked_as_often_as_there_are_some(whole: Form) -> None:
    repeats = {item.maps_to: item.path for item in whole.root.walk() if isinstance(item, Repeat)}
    assert repeats == {"held_document": ("mobility", "documents"), "experience": ("work", "experiences")}


def test_each_city_has_its_own_words() -> None:
    santiago, cdmx = form_of("santiago"), form_of("cdmx")
    assert codes(santiago, "status") == set(CHILE.split())
    assert codes(cdmx, "status") == set(MEXICO.split())
    assert {"run_card", "passport"} <= codes(santiago, "document")
    assert {"curp", "padron_huespedes", "comar", "inm_card", "humanitarian_card", "passport"} <= codes(cdmx, "document")
    assert "Registro Social de Hogares" in santiago.question("registry").label.get("es")
    assert "Padrón de Huéspedes" in cdmx.question("registry").label.get("es")
    for form, place, refer, other in (
        (santiago, "comuna", "deriva", "canaliza"),
        (cdmx, "alcaldía", "canaliza", "deriva"),
    ):
        words = " ".join(f"{q.label.get('es')} {q.guidance.get('es')}" for q in form.root.questions())
        assert place in form.question("place").label.get("es")
        assert refer in words
        assert other not in words


def test_nationalities(form: Form) -> None:
    """Two letters of ISO 3166, and whoever has none or another."""
    known = codes(form, "nationality")
    assert {"HT", "VE", "CO", "CL", "MX", "stateless", "other"} <= known
    assert all(re.fullmatch("[A-Z]{2}", code) for code in known - {"stateless", "other"})


def test_icons_are_ones_that_we_draw(form: Form) -> None:
    drawn = json.loads((resources() / "icons" / "tabler.json").read_text(encoding="utf-8"))
    used = {choice.columns.get("icon", "") for listed in form.lists.values() for choice in listed.choices} - {""}
    assert used
    assert used <= set(drawn)
    assert all(choice.columns.get("icon") for choice in form.lists["need"].choices)


def test_what_is_asked_about_data_is_what_the_notice_asks(city: str, whole: Form) -> None:
    notice = tomllib.loads((resources() / "forms" / city / "notice.toml").read_text(encoding="utf-8"))
    asked = {purpose["code"]: purpose["question"] for purpose in notice["purposes"] if purpose["asked"]}
    assert set(asked) == set(PURPOSES)
    for code, words in asked.items():
        label = whole.question(f"consent_{code}").label
        assert {lang: label.get(lang) for lang in words} == words


def test_other_readers_agree_on_every_question(city: str) -> None:
    """pyxform, reading the files by itself, finds the same paths and the same conditions."""
    for name in NAMES:
        form = form_of(city, name)
        data = (resources() / "forms" / city / f"{name}.md").read_bytes()
        xml = ET.fromstring(convert(data, file_type=".md", form_name="data").xform)
        binds = {bind.get("nodeset"): bind for bind in xml.iter("{http://www.w3.org/2002/xforms}bind")}
        ours = {f"/data/{'/'.join(question.path)}": question for question in form.root.questions()}
        groups = {
            f"/data/{'/'.join(item.path)}" for item in form.root.walk() if isinstance(item, Group) and item.relevant
        }
        assert {path for path in binds if path and "/meta/" not in path} == set(ours) | groups
        for path, question in ours.items():
            assert (binds[path].get("relevant") is None) == (question.relevant is None)
            assert (binds[path].get("calculate") is None) == (question.calculate is None)
