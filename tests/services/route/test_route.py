"""La Ruta of a person from her case file: verdicts, questions, answers, changes, and needs that nothing serves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from migrant_office.errors import Gone, NotAllowed
from migrant_office.models.consent import ConsentState
from migrant_office.models.eligibility.facts import Facts
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.eligibility.told import ToldFact, VerdictCode
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument, Registry
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.office import Office, new_id
from migrant_office.models.person import Person, Sex
from migrant_office.services import catalogue, consents, history, merging, people, protection, route
from migrant_office.services.route import Route, RouteService
from migrant_office.services.route.reading import offered, verdicts
from tests.factories import put


def opened(office: Office, *needs: NeedKind, **told: Any) -> str:
    person = Person(id=new_id(), given="Rose", **told)
    people.open_case(office, person, *(people.new_need(kind) for kind in needs))
    return person.id


def service(shown: Route, code: str) -> RouteService:
    return next(s for s in shown.services if s.line.id == code)


def asked(shown: Route, code: str) -> set[str]:
    return {asking.field.name for asking in service(shown, code).asks}


def test_needs_stand_as_they_were_told_with_open_services_first(desk: Office) -> None:
    told: dict[str, Any] = {"status": "irregular", "birth": date(1990, 1, 1), "sex": Sex.MAN, "children": 0}
    case = opened(desk, NeedKind.WORK, NeedKind.HEALTH, **told)
    shown = route.read_route(desk, case)
    assert [need.kind for need in shown.needs] == [NeedKind.WORK, NeedKind.HEALTH]
    codes = [s.code for s in shown.needs[1].services]
    assert codes == sorted(codes, key=list(VerdictCode).index)
    assert codes[0] is VerdictCode.MEETS
    assert codes[-1] is VerdictCode.NOT_MET
    assert sum(shown.counts().values()) == len(shown.services)


def test_closed_services_and_those_not_for_persons_are_not_there(desk: Office) -> None:
    lines = {line.id for line in offered(desk, city_rules("santiago"))}
    assert not lines & {"scl-empadronamiento", "scl-impulsa-migrante", "scl-sello-migrante"}
    assert "scl-rsh" in lines


def test_a_service_without_rule_is_to_be_confirmed(desk: Office) -> None:
    judged = verdicts(city_rules("santiago"), Facts({}), offered(desk, city_rules("santiago")))
    assert (judged["scl-sence-atencion"].code, judged["scl-sence-atencion"].rule) == (VerdictCode.CONFIRM, None)


@pytest.mark.parametrize("why", list(Missing))
def test_a_status_that_was_not_said_never_shuts_a_door(desk: Office, why: Missing) -> None:
    case = opened(desk, *NeedKind, status=why, birth=date(1990, 1, 1))
    shown = route.read_route(desk, case)
    no = {s.line.id for s in shown.services if s.code is VerdictCode.NOT_MET}
    assert "scl-omil" not in no
    assert ("status" in asked(shown, "scl-omil")) is (why is Missing.NOT_ASKED), "who did not answer is not asked again"


def test_an_answer_goes_where_it_belongs_and_can_be_undone(desk: Office) -> None:
    case = opened(desk, NeedKind.SOCIAL_PROTECTION, NeedKind.HEALTH, NeedKind.EDUCATION)
    assert {"age", "document:run_card"} <= asked(route.read_route(desk, case), "scl-rsh")
    route.answer_fact(desk, case, "age", "30")
    route.answer_fact(desk, case, "document:run_card", "has")
    route.answer_fact(desk, case, "registry", "not_registered")
    route.answer_fact(desk, case, "no_means", "yes")
    route.answer_fact(desk, case, "children", "2")
    found = people.read_case(desk, case)
    assert (found.person.age_on(date(2026, 3, 2)), found.person.birth_estimated) == (30, True)
    assert (found.person.registry, found.person.children) == (Registry.NOT_REGISTERED, 2)
    assert [(p.kind, p.state) for p in found.papers] == [("run_card", DocumentState.HAS)]
    assert [(f.fact, f.answer) for f in found.told_facts] == [("no_means", "yes")]
    assert service(route.read_route(desk, case), "scl-rsh").code is VerdictCode.MEETS
    for _answer in range(5):
        history.undo(desk)
    again = people.read_case(desk, case)
    assert (again.papers, again.told_facts, again.person.birth) == ((), (), None)


@pytest.mark.parametrize("why", [Missing.REFUSED, Missing.UNKNOWN])
@pytest.mark.parametrize("fact", ["age", "registry", "no_means", "document:run_card"])
def test_who_does_not_answer_is_not_asked_again(desk: Office, fact: str, why: Missing) -> None:
    case = opened(desk, NeedKind.SOCIAL_PROTECTION, NeedKind.HEALTH, NeedKind.LEGAL, NeedKind.WORK)
    before = {a.field.name for s in route.read_route(desk, case).services for a in s.asks}
    assert fact in before or fact == "registry"
    route.answer_fact(desk, case, fact, why.value)
    shown = route.read_route(desk, case)
    assert fact not in {a.field.name for s in shown.services for a in s.asks}
    assert shown.case.papers == ()


def test_a_paper_that_says_nothing_yet_is_completed(desk: Office) -> None:
    case = opened(desk, NeedKind.SOCIAL_PROTECTION)
    put(desk.vault, HeldDocument(id=new_id(), kind="run_card", number="1-9"), on=case)
    route.answer_fact(desk, case, "document:run_card", "lacks")
    (paper,) = people.read_case(desk, case).papers
    assert (paper.state, paper.number) == (DocumentState.LACKS, "1-9")


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        ("age", "x"),
        ("age", "130"),
        ("age", "-1"),
        ("children", "99"),
        ("registry", "gold"),
        ("document:run_card", "maybe"),
    ],
)
def test_an_answer_that_does_not_fit_writes_nothing(desk: Office, fact: str, answer: str) -> None:
    case = opened(desk, NeedKind.WORK)
    before = people.read_case(desk, case)
    with pytest.raises(NotAllowed):
        route.answer_fact(desk, case, fact, answer)
    assert people.read_case(desk, case) == before


def test_the_latest_answer_counts_and_the_file_counts_before_it(desk: Office) -> None:
    case = opened(desk, NeedKind.CERTIFICATION, status="temporary_residence")
    for answer in ("yes", "no"):
        route.answer_fact(desk, case, "experience", answer)
    assert service(route.read_route(desk, case), "scl-chilevalora").code is VerdictCode.CONFIRM
    route.answer_fact(desk, case, "experience", "yes")
    assert service(route.read_route(desk, case), "scl-chilevalora").code is VerdictCode.MEETS


def test_an_expired_paper_is_expired_by_its_day(desk: Office) -> None:
    case = opened(desk, NeedKind.SOCIAL_PROTECTION, birth=date(1990, 1, 1))
    old = HeldDocument(id=new_id(), kind="run_card", state=DocumentState.HAS, expires=date(2025, 1, 1))
    put(desk.vault, old, on=case)
    assert "residence_pending" in asked(route.read_route(desk, case), "scl-rsh"), "the law keeps it valid meanwhile"
    route.answer_fact(desk, case, "residence_pending", "no")
    found = service(route.read_route(desk, case), "scl-rsh")
    assert [paper.code for paper in found.verdict.missing] == ["run_card"]


def test_sensitive_questions_only_for_whom_they_matter(desk: Office) -> None:
    woman = opened(desk, NeedKind.HEALTH, sex=Sex.WOMAN, birth=date(1990, 1, 1), children=0)
    man = opened(desk, NeedKind.HEALTH, sex=Sex.MAN, birth=date(1990, 1, 1), children=0)
    assert "pregnant" in asked(route.read_route(desk, woman), "scl-salud-nna-embarazo")
    assert not asked(route.read_route(desk, man), "scl-salud-nna-embarazo")
    consents.record(desk, woman, {"sensitive": ConsentState.REFUSED})
    assert "pregnant" not in asked(route.read_route(desk, woman), "scl-salud-nna-embarazo")


def test_a_delicate_answer_is_not_written_where_the_person_refused(desk: Office) -> None:
    """Also from a screen that still shows the question."""
    woman = opened(desk, NeedKind.HEALTH, sex=Sex.WOMAN)
    route.answer_fact(desk, woman, "pregnant", "yes")
    consents.record(desk, woman, {"sensitive": ConsentState.REFUSED})
    before = len(people.read_case(desk, woman).told_facts)
    with pytest.raises(NotAllowed):
        route.answer_fact(desk, woman, "pregnant", "no")
    route.answer_fact(desk, woman, "proof_of_address", "yes")
    assert len(people.read_case(desk, woman).told_facts) == before + 1


def test_an_officer_changes_a_verdict_with_a_reason_and_takes_it_back(desk: Office) -> None:
    case = opened(desk, NeedKind.PAPERS, birth=date(1990, 1, 1), children=0)
    with pytest.raises(NotAllowed):
        route.change_verdict(desk, case, "scl-residencia-nna", VerdictCode.MEETS, "  ")
    route.change_verdict(desk, case, "scl-residencia-nna", VerdictCode.MEETS, "SERMIG la recibe, dicho por teléfono")
    found = service(route.read_route(desk, case), "scl-residencia-nna")
    assert (found.code, found.verdict.code) == (VerdictCode.MEETS, VerdictCode.NOT_MET)
    assert found.change is not None
    assert found.change.made == date(2026, 3, 2)
    route.change_verdict(desk, case, "scl-residencia-nna", None, "ya no")
    back = service(route.read_route(desk, case), "scl-residencia-nna")
    assert (back.code, back.change) == (VerdictCode.NOT_MET, None)


def test_referring_in_spite_of_a_no_keeps_the_reason_in_the_same_act(desk: Office) -> None:
    case = opened(desk, NeedKind.PAPERS, birth=date(1990, 1, 1), children=0)
    shown = catalogue.service(desk, "scl-residencia-nna")
    verdict = route.service_verdict(desk, people.read_case(desk, case), shown)
    assert verdict.code is VerdictCode.NOT_MET
    why = route.new_change(desk, shown.id, VerdictCode.CONFIRM, "pide que la vean igual")
    consents.refer(desk, case, shown, besides=[why])
    found = people.read_case(desk, case)
    assert (len(found.referrals), [change.reason for change in found.verdict_changes]) == (
        1,
        ["pide que la vean igual"],
    )
    history.undo(desk)
    again = people.read_case(desk, case)
    assert (again.verdict_changes, again.referrals) == ((), ())


def test_an_unmet_need_is_written_with_the_likely_reason(desk: Office) -> None:
    case = opened(desk, NeedKind.HOUSING, NeedKind.BANKING, NeedKind.SOCIAL_PROTECTION)
    shown = route.read_route(desk, case)
    reasons = {need.kind: need.likely_reason for need in shown.needs}
    assert reasons[NeedKind.HOUSING] is UnmetReason.NO_PLACES, "something may serve it"
    route.note_unmet(desk, case, NeedKind.HOUSING, UnmetReason.NO_PLACES, "sin cupo esta semana")
    found = people.read_case(desk, case)
    assert [(need.kind, need.unmet) for need in found.unmet] == [(NeedKind.HOUSING, UnmetReason.NO_PLACES)]
    assert {need.kind: need.unmet for need in route.read_route(desk, case).needs}[
        NeedKind.HOUSING
    ] is UnmetReason.NO_PLACES


def test_needs_are_told_at_once(desk: Office) -> None:
    case = opened(desk)
    assert route.read_route(desk, case).needs == ()
    with pytest.raises(NotAllowed):
        route.tell_needs(desk, case, [])
    done = route.tell_needs(desk, case, [NeedKind.LEGAL, NeedKind.WORK])
    assert len(done.envelopes) == 1
    assert [need.kind for need in route.read_route(desk, case).needs] == [NeedKind.LEGAL, NeedKind.WORK]


def test_a_case_that_is_gone(desk: Office) -> None:
    with pytest.raises(Gone):
        route.read_route(desk, new_id())
    with pytest.raises(Gone):
        route.answer_fact(desk, new_id(), "age", "30")


def test_joined_files_answer_together_and_part_again(desk: Office) -> None:
    one, other = opened(desk, NeedKind.WORK), opened(desk, NeedKind.LEGAL, status="irregular")
    route.answer_fact(desk, one, "no_means", "no")
    route.answer_fact(desk, other, "no_means", "yes")
    route.change_verdict(desk, other, "scl-omil", VerdictCode.MEETS, "dicho por teléfono")
    merging.merge(desk, one, other, {})
    shown = route.read_route(desk, one)
    assert [f.answer for f in shown.case.told_facts] == ["no", "yes"]
    assert service(shown, "scl-omil").change is not None
    assert service(shown, "scl-caj").code is VerdictCode.MEETS, "the later answer counts"
    merging.separate(desk, other)
    kept, left = (people.read_case(desk, case) for case in (one, other))
    assert ([f.answer for f in kept.told_facts], kept.verdict_changes) == (["no"], ())
    assert ([f.answer for f in left.told_facts], len(left.verdict_changes)) == (["yes"], 1)


def test_answers_of_health_are_in_no_table(desk: Office) -> None:
    case = opened(desk, NeedKind.HEALTH, sex=Sex.WOMAN)
    route.answer_fact(desk, case, "pregnant", "yes")
    (row,) = desk.vault.read("SELECT * FROM told_fact")
    assert not {"pregnant", "yes"} & set(map(str, row))
    assert [f.fact for f in desk.case(case).all(ToldFact).values()] == ["pregnant"]


def test_a_restricted_case_has_its_route(desk: Office) -> None:
    case = opened(desk, NeedKind.WORK)
    protection.open_path(desk, case, [])
    assert route.read_route(desk, case).services


def test_who_checked_a_service_and_when_it_opens_stand_with_it(desk: Office) -> None:
    case = opened(desk, NeedKind.WORK)
    catalogue.confirm(desk, catalogue.service(desk, "scl-dt"))
    found = {s.line.id: s for s in route.read_route(desk, case).services}
    assert found["scl-dt"].line.confirmed == date(2026, 3, 2)
    assert found["scl-dt"].checked_by == desk.officer
    assert found["scl-bne"].checked_by == ""
    hours = catalogue.hours_of_all(desk, date(2026, 3, 2))
    assert {id: s.hours for id, s in found.items() if s.hours.known} == {k: v for k, v in hours.items() if k in found}
