from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

from migrant_office import clock
from migrant_office.models.encounter import Channel
from migrant_office.models.follow_up import Question
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.referral import Outcome, State
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import catalogue, history, intake, people, referrals, today
from migrant_office.services.referrals import Heard
from tests.factories import DAY, a_referral, a_step


def a_case(office: Office, given: str, **told: object) -> str:
    person = Person(id=new_id(), given=given, **told)  # type: ignore[arg-type]  # whatever a test tells
    people.open_case(office, person)
    return person.id


def refer(office: Office, case: str, due: date) -> str:
    line = next(line for line in catalogue.lines(office, offered_only=True) if line.area == "certification")
    return referrals.refer(office, case, catalogue.service(office, line.id), due=due)[1].id


def on(day: date) -> AbstractContextManager[None]:
    return clock.at(datetime(day.year, day.month, day.day, 12).astimezone())


def due(office: Office) -> list[str]:
    return [each.name for each in today.read_today(office).due]


def test_an_empty_office_has_nothing_due(desk: Office) -> None:
    shown = today.read_today(desk)
    assert (shown.day, shown.due, shown.due_count, shown.drafts, shown.opened) == (DAY, (), 0, (), ())
    assert (shown.attended_today, shown.attended_yesterday) == (0, 0)


def test_the_longest_overdue_comes_first_and_tomorrow_waits(desk: Office) -> None:
    for name, days in (("Eva", 2), ("Ana", 0), ("Ivo", 1), ("Noa", 3)):
        refer(desk, a_case(desk, name), DAY + timedelta(days=days))
    assert due(desk) == ["Ana"]
    with on(DAY + timedelta(days=2)):
        assert due(desk) == ["Ana", "Ivo", "Eva"]
        assert today.read_today(desk).due_count == 3
        assert [each.name for each in today.read_today(desk, limit=1).due] == ["Ana"]
        assert today.read_today(desk, limit=1).due_count == 3


def test_a_line_says_whom_what_and_how_to_ask(desk: Office) -> None:
    case = a_case(desk, "Rose", surname="Désir", contact_rule=ContactRule.NO_MESSAGES)
    referral = refer(desk, case, DAY)
    (line,) = today.read_today(desk).due
    assert (line.referral, line.case, line.name, line.due) == (referral, case, "Rose Désir", DAY)
    assert (line.question, line.attempts) == (Question.STARTED, 0)
    assert line.contact_rule is ContactRule.NO_MESSAGES
    assert line.service in {each.name for each in catalogue.lines(desk)}


def test_no_rule_is_no_rule(desk: Office) -> None:
    refer(desk, a_case(desk, "Rose", contact_rule=Missing.REFUSED), DAY)
    assert today.read_today(desk).due[0].contact_rule is None


def test_what_was_heard_moves_or_closes_a_line(desk: Office) -> None:
    case = a_case(desk, "Rose")
    refer(desk, case, DAY)

    def hear(heard: Heard) -> None:
        referrals.record_step(desk, case, people.read_case(desk, case).referrals[0], heard)

    later = DAY + timedelta(days=5)
    hear(Heard(state=State.ACCEPTED, due=later))
    assert due(desk) == []
    with on(later):
        assert due(desk) == ["Rose"]
        hear(Heard(state=State.COMPLETED, outcome=Outcome.RESULT_PENDING, due=later))
        assert due(desk) == ["Rose"]  # the course is over, its result is not known
        hear(Heard(state=State.COMPLETED, outcome=Outcome.COMPETENT))
        assert due(desk) == []
        history.undo(desk)
        assert due(desk) == ["Rose"]


def test_undone_and_erased_cases_are_not_asked_about(desk: Office) -> None:
    refer(desk, a_case(desk, "Eva"), DAY)
    history.undo(desk)
    erased = a_case(desk, "Ana")
    refer(desk, erased, DAY)
    desk.vault.erase(erased)
    assert due(desk) == []
    assert today.read_today(desk).due_count == 0


def test_the_count_is_that_of_the_list(desk: Office) -> None:
    """A referral may come from another desk to a case that was undone here: nobody can be asked about it."""
    orphan = new_id()
    with desk.operation(Op.REFER, orphan) as op:
        op.put(a_referral(due=DAY))
        op.put(people.new_encounter(desk, Channel.PHONE))
    shown = today.read_today(desk)
    assert (shown.due_count, shown.due, shown.attended_today) == (0, (), 0)


def test_a_state_of_a_newer_program_is_shown_as_it_is(desk: Office) -> None:
    case = a_case(desk, "Rose")
    referral = refer(desk, case, DAY)
    with desk.operation(Op.STEP_REFERRAL, case) as op:
        op.put(a_step(referral, state="waiting-list"))
        op.cells(Ref(Home.CASE, case), "person", [("/contact_rule", "by-pigeon")])
    (line,) = today.read_today(desk).due
    assert (line.referral, str(line.contact_rule)) == (referral, "by-pigeon")


def test_attentions_and_new_cases_of_the_day(desk: Office) -> None:
    cases = [a_case(desk, name) for name in ("Ana", "Eva")]
    people.add_encounter(desk, cases[0], Channel.PHONE)
    people.add_encounter(desk, cases[0], Channel.PHONE)
    shown = today.read_today(desk)
    assert shown.attended_today == 2
    assert [each.name for each in shown.opened] == ["Eva", "Ana"]
    assert all(each.number for each in shown.opened)
    with on(DAY + timedelta(days=1)):
        shown = today.read_today(desk)
        assert (shown.attended_today, shown.attended_yesterday, shown.opened) == (0, 2, ())


def test_drafts_wait_here(desk: Office) -> None:
    draft = intake.save_draft(desk, intake.new_draft(desk), FormFilling(intake.intake_form(desk)))
    assert today.read_today(desk).drafts == (draft,)


def test_services_that_nobody_confirmed_show_the_most_used_first(desk: Office) -> None:
    shown = today.read_today(desk)
    offered = len(catalogue.lines(desk, offered_only=True))
    assert shown.stale_count == offered
    assert len(shown.stale) == 3
    refer(desk, a_case(desk, "Rose"), DAY)
    used = people.read_case(desk, people.recent(desk)[0].id).referrals[0].referral.service
    assert today.read_today(desk).stale[0].id == used
    catalogue.confirm(desk, catalogue.service(desk, used))
    fresh = desk.city.days_to_check(catalogue.service(desk, used).area)
    assert today.read_today(desk).stale_count == offered - 1
    with on(DAY + timedelta(days=fresh)):
        assert today.read_today(desk).stale_count == offered - 1
    with on(DAY + timedelta(days=fresh + 1)):
        shown = today.read_today(desk)
        assert (shown.stale_count, shown.stale[0].id, shown.stale[0].confirmed) == (offered, used, DAY)


def test_a_quick_registration_waits_until_the_intake_is_complete(desk: Office) -> None:
    filling = FormFilling(intake.intake_form(desk, intake.QUICK))
    filling.set(filling.form.question("given").addr, "Rose")
    _, case = intake.complete(desk, intake.new_draft(desk, intake.QUICK), filling)
    whole = FormFilling(intake.intake_form(desk))
    intake.complete(desk, intake.new_draft(desk), whole)
    seen = today.read_today(desk)
    assert ([one.case for one in seen.begun], seen.begun_count) == ([case], 1)
    draft, again = intake.begin(desk, case=case)
    intake.complete(desk, draft, again)
    assert today.read_today(desk).begun_count == 0


def test_a_draft_says_how_complete_it_is(desk: Office) -> None:
    filling = FormFilling(intake.intake_form(desk, intake.QUICK))
    filling.set(filling.form.question("given").addr, "Rose")
    intake.save_draft(desk, intake.new_draft(desk, intake.QUICK), filling)
    (draft,) = today.read_today(desk).drafts
    assert (draft.answered, draft.asked) == filling.progress()
    assert (draft.form, draft.title, draft.officer) == (intake.QUICK, "Rose", desk.officer)
