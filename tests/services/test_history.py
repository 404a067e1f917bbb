from __future__ import annotations

from migrant_office.models.encounter import Channel
from migrant_office.models.need import NeedKind
from migrant_office.models.office import KEPT_STEPS, Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.reads.tables import dump
from migrant_office.models.vault.operation import Done
from migrant_office.services import catalogue, history, people


def a_person(office: Office, **told: str) -> Person:
    person = Person(id=new_id(), **told)  # type: ignore[arg-type]  # texts only
    people.open_case(office, person)
    return people.read_case(office, person.id).person


def test_nothing_was_done_yet(desk: Office) -> None:
    """Not even the catalogue that came with the office can be undone."""
    assert (history.undo(desk), history.redo(desk)) == (None, None)
    assert history.next_labels(desk) == ("", "")


def test_the_menu_names_what_it_would_turn(desk: Office) -> None:
    person = a_person(desk)
    people.add_encounter(desk, person.id, Channel.PHONE)
    assert history.next_labels(desk) == (Op.ADD_ENCOUNTER.label, "")
    history.undo(desk)
    assert history.next_labels(desk) == (Op.OPEN_CASE.label, Op.ADD_ENCOUNTER.label)
    history.undo(desk)
    assert history.next_labels(desk) == ("", Op.OPEN_CASE.label)
    history.redo(desk)
    assert history.next_labels(desk) == (Op.OPEN_CASE.label, Op.ADD_ENCOUNTER.label)


def test_all_the_way_back_and_forth(desk: Office) -> None:
    states = [dump(desk.vault)]
    person = a_person(desk, given="Rosa")
    states.append(dump(desk.vault))
    for act in (
        lambda: people.edit_person(desk, person, given="Rose"),
        lambda: people.add_need(desk, person.id, NeedKind.WORK),
        lambda: people.add_encounter(desk, person.id, Channel.PHONE, need=NeedKind.FOOD),
    ):
        act()
        states.append(dump(desk.vault))
    for _ in range(3):
        for state in reversed(states[:-1]):
            assert history.undo(desk) is not None
            assert dump(desk.vault) == state
        for state in states[1:]:
            step = history.redo(desk)
            assert step is not None
            assert step.left == 0
            assert dump(desk.vault) == state


def test_something_new_ends_what_could_be_done_again(desk: Office) -> None:
    person = a_person(desk)
    people.add_encounter(desk, person.id, Channel.PHONE)
    history.undo(desk)
    people.add_need(desk, person.id, NeedKind.WORK)
    assert history.redo(desk) is None


def test_what_changed_nothing_is_not_to_be_undone(desk: Office) -> None:
    person = a_person(desk, given="Rose")
    people.edit_person(desk, person, given="Rose")
    assert history.next_undo(desk) is Op.OPEN_CASE


def test_a_step_says_what_it_changed_for_the_screens(desk: Office) -> None:
    person = a_person(desk, given="Rose")
    people.add_encounter(desk, person.id, Channel.PHONE)
    step = history.undo(desk)
    assert step is not None
    assert step.op is Op.ADD_ENCOUNTER
    assert step.done.touches("encounter")
    assert not step.done.touches("person")


def test_what_somebody_changed_since_stays(desk: Office) -> None:
    """Another desk's edit arrives outside this session's list: it is not taken back with ours."""
    person = a_person(desk, given="Rosa", phone="1")
    people.edit_person(desk, person, given="Rose", phone="2")
    with desk.vault.operation("edit", person.id) as op:
        op.set(people.read_case(desk, person.id).person, phone="3")
    step = history.undo(desk)
    assert step is not None
    assert step.left == 1
    now = people.read_case(desk, person.id).person
    assert (now.given, now.phone) == ("Rosa", "3")


def test_an_undo_that_put_nothing_back_is_not_offered_again(desk: Office) -> None:
    person = a_person(desk, phone="1")
    people.edit_person(desk, person, phone="2")
    with desk.vault.operation("edit", person.id) as op:
        op.set(people.read_case(desk, person.id).person, phone="3")
    step = history.undo(desk)
    assert step is not None
    assert (step.left, step.done.envelopes) == (1, ())
    assert history.next_labels(desk) == (Op.OPEN_CASE.label, "")


def test_an_erased_case_does_not_stop_the_way_back(desk: Office) -> None:
    first, second = a_person(desk, given="Ana"), a_person(desk, given="Eva")
    desk.vault.erase(second.id)
    history.undo(desk)
    history.undo(desk)
    assert people.count(desk) == 0
    assert history.next_undo(desk) is None
    history.redo(desk)
    assert [line.id for line in people.recent(desk)] == [first.id]


def test_a_batch_cannot_be_undone_alone(desk: Office) -> None:
    with desk.batch():
        a_person(desk)
        a_person(desk)
    assert history.next_undo(desk) is None


def test_only_the_last_steps_are_kept(desk: Office) -> None:
    person = a_person(desk)
    for n in range(KEPT_STEPS + 5):
        people.add_need(desk, person.id, NeedKind.OTHER, words=str(n))
    assert len(desk.undoable) == KEPT_STEPS
    while history.undo(desk):
        pass
    assert len(people.read_case(desk, person.id).needs) == 5


def test_a_confirmed_service_is_undone_too(desk: Office) -> None:
    service = catalogue.service(desk, catalogue.lines(desk)[0].id)
    done = catalogue.confirm(desk, service, cost="Gratis")
    assert isinstance(done, Done)
    history.undo(desk)
    assert catalogue.service(desk, service.id) == service
