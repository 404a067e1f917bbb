"""Every named operation of the Ruta: undone whole, done again whole, and kept through joined files and a rebuild."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from migrant_office import clock
from migrant_office.models.appointment import AppointmentState, CancelReason
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.follow_up import AttemptChannel, AttemptResult, DropReason, FollowUp, Question
from migrant_office.models.need import NeedKind
from migrant_office.models.office import Office, new_id, read_about
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.operations import Op
from migrant_office.models.pathway.kinds import Ending, PathwayKind, Placement, Result, Stage
from migrant_office.models.person import Person, Situation
from migrant_office.models.referral import Outcome, Rejection, State
from migrant_office.models.survey import Answered, Scale, ServiceArea, SurveyKind
from migrant_office.models.vault.folder import DATABASE, Opened, locked
from migrant_office.services import (
    agenda,
    attempts,
    catalogue,
    consents,
    history,
    office_settings,
    parity,
    pathways,
    people,
    queue,
    sheet_wording,
    supervision,
    surveys,
)
from migrant_office.services.agenda import booking
from migrant_office.services.attempts import Tried
from migrant_office.services.follow_ups import changing, handing_over, listing
from migrant_office.services.milestones import News
from migrant_office.services.pathways import Beginning, Next, reports
from migrant_office.services.referrals import Heard
from migrant_office.services.route import telling
from migrant_office.services.surveys import About
from tests.factories import DAY, exchange, make_replicas, replica, table_rows
from tests.models.vault.joining import join, part

LATER = DAY + timedelta(days=14)


@dataclass(frozen=True)
class World:
    """An office with two files of one person, and what the second has."""

    office: Office
    one: str
    other: str
    referral: str
    pathway: str
    follow_up: str
    appointment: str
    ticket: str
    called: str


@pytest.fixture
def world(desk: Office) -> World:
    return begun(desk)


def begun(desk: Office) -> World:
    one, other = (Person(id=new_id(), given=g, surname="Désir", phone="1") for g in ("Rose", "Roz"))
    for person in (one, other):
        people.open_case(desk, person)
    _done, referral = consents.refer(desk, other.id, catalogue.service(desk, "scl-chilevalora"))
    _done, way = pathways.begin(desk, other.id, Beginning(kind=PathwayKind.CERTIFICATION, profile="carer"))
    _done, given = booking.book(desk, other.id, booking.Wanted(day=DAY, hour="16:30", minutes=30))
    _done, ticket = queue.take(desk)
    _done, called = queue.take(desk)
    queue.call(desk, called.id)
    parity.approve(desk, [APPROVED], "Marie")
    waiting = min(f.id for f in desk.case(other.id).all(FollowUp).values())
    return World(desk, one.id, other.id, referral.id, way.id, waiting, given.id, ticket.id, called.id)


def step(world: World, heard: Heard) -> None:
    followed = next(f for f in people.read_case(world.office, world.other).referrals if f.referral.id == world.referral)
    pathways.record_step(world.office, world.other, followed, heard, Next(placement=Placement.MADE))


def competent(world: World) -> None:
    told = Next(placement=Placement.MADE, service=catalogue.service(world.office, "scl-omil"))
    pathways.add_milestone(world.office, world.other, world.pathway, News(spot=Result.COMPETENT), told)


APPROVED, WAITING = ("Cita", "Randevou"), ("Gratis", "Gratis nèt")
SETTING = OfficeSetting(id=office_settings.DOCUMENT, contact="55 5555 0100", paper="a4", only_reviewed=True)
SAID = sheet_wording.Said("lock", "Sus datos quedan aquí.", "Enfòmasyon ou yo rete isit la.", "Your data stay here.")


def on_sheet(world: World, verb: Callable[..., object], *told: object) -> None:
    row = next(row for row in sheet_wording.rows(world.office, "referral") if row.id == "rights.private")
    verb(world.office, "referral", row, *told)


def new_on_sheet(world: World) -> None:
    on_sheet(
        world,
        lambda office, name, row: sheet_wording.add_row(
            office, name, sheet_wording.new_row(office, name, row, "text"), SAID
        ),
    )


ABOUT = About(kind=SurveyKind.SATISFACTION, service="scl-chilevalora", area=ServiceArea.EMPLOYABILITY)
ACTS: dict[str, tuple[Op, Callable[[World], object]]] = {
    "refer": (Op.REFER, lambda w: consents.refer(w.office, w.other, catalogue.service(w.office, "scl-omil"))),
    "survey": (Op.SURVEY, lambda w: surveys.satisfy(w.office, w.other, ABOUT, Scale.HIGH, "porque sí")),
    "no answer": (
        Op.SURVEY,
        lambda w: surveys.record_no_answer(w.office, w.other, ABOUT, Answered.NOT_REACHED),
    ),
    "age": (Op.TELL_FACT, lambda w: telling.answer_fact(w.office, w.other, "age", "33")),
    "paper": (Op.TELL_FACT, lambda w: telling.answer_fact(w.office, w.other, "document.passport", "valid")),
    "verdict": (
        Op.CHANGE_VERDICT,
        lambda w: telling.change_verdict(w.office, w.other, "scl-omil", VerdictCode.MISSING, "falta"),
    ),
    "step": (
        Op.STEP_REFERRAL,
        lambda w: step(w, Heard(state=State.COMPLETED, outcome=Outcome.CERTIFIED)),
    ),
    "refused": (
        Op.STEP_REFERRAL,
        lambda w: step(w, Heard(state=State.REJECTED, rejection=Rejection.INFORMATION)),
    ),
    "cancelled": (Op.ATTEMPT, lambda w: attempts.close_unanswered(w.office, w.other, w.follow_up, "nadie")),
    "pathway": (
        Op.BEGIN_PATHWAY,
        lambda w: pathways.begin(
            w.office, w.other, Beginning(kind=PathwayKind.EMPLOYMENT, situation=Situation.LOOKING)
        ),
    ),
    "milestone": (
        Op.ADD_MILESTONE,
        lambda w: pathways.add_milestone(w.office, w.other, w.pathway, News(spot=Stage.ENROLLED)),
    ),
    "competent": (Op.ADD_MILESTONE, competent),
    "close": (Op.CLOSE_PATHWAY, lambda w: pathways.close(w.office, w.other, w.pathway, Ending.GAVE_UP)),
    "move": (Op.EDIT_FOLLOW_UP, lambda w: changing.move(w.office, w.other, w.follow_up, LATER)),
    "add": (Op.EDIT_FOLLOW_UP, lambda w: changing.add(w.office, w.other, Question.OUTCOME, LATER, words="x")),
    "drop": (
        Op.EDIT_FOLLOW_UP,
        lambda w: changing.drop(w.office, w.other, w.follow_up, DropReason.OTHER, "x"),
    ),
    "attempt": (
        Op.ATTEMPT,
        lambda w: attempts.add_attempt(
            w.office,
            w.other,
            w.follow_up,
            Tried(channel=AttemptChannel.IN_PERSON, result=AttemptResult.NO_ANSWER, again=LATER, phone="2"),
        ),
    ),
    "hand over": (Op.HAND_OVER, lambda w: handing_over.hand_over(w.office, "1", "2", "lo que hay que saber")),
    "ticket": (Op.TAKE_TICKET, lambda w: queue.take(w.office, queue.Wish(case=w.other, need=NeedKind.WORK))),
    "call": (Op.MOVE_TICKET, lambda w: queue.call(w.office, w.ticket, "1")),
    "attend": (Op.MOVE_TICKET, lambda w: queue.attend(w.office, w.called, w.other)),
    "book": (
        Op.BOOK,
        lambda w: booking.book(w.office, w.other, booking.Wanted(day=LATER, hour="10:00", minutes=30)),
    ),
    "arrive": (Op.EDIT_APPOINTMENT, lambda w: booking.arrive(w.office, w.other, w.appointment)),
    "settle": (
        Op.EDIT_APPOINTMENT,
        lambda w: booking.settle(w.office, w.other, w.appointment, AppointmentState.CONFIRMED),
    ),
    "settings": (Op.EDIT_OFFICE, lambda w: office_settings.save(w.office, SETTING)),
    "approve": (Op.APPROVE_TEXTS, lambda w: parity.approve(w.office, [APPROVED, WAITING], "Jean")),
    "withdraw": (Op.WITHDRAW_TEXTS, lambda w: parity.withdraw(w.office, [APPROVED])),
    "call off": (
        Op.EDIT_APPOINTMENT,
        lambda w: booking.cancel(w.office, w.other, w.appointment, CancelReason.OTHER),
    ),
    "sheet words": (Op.EDIT_SHEET, lambda w: on_sheet(w, sheet_wording.save_row, SAID)),
    "sheet row": (Op.ADD_SHEET_ROW, new_on_sheet),
    "sheet gap": (Op.REMOVE_SHEET_ROW, lambda w: on_sheet(w, sheet_wording.remove_row)),
    "sheet order": (Op.MOVE_SHEET_ROW, lambda w: on_sheet(w, sheet_wording.move_row, 1)),
}
APART = {Op.NOTE_PRINT, Op.IMPORT_DIRECTORY}
"""Paper is paper, and a package comes in as one batch: neither is undone, and the tests beside them hold that."""
SINCE = {
    *(Op.SURVEY, Op.TELL_FACT, Op.CHANGE_VERDICT, Op.BEGIN_PATHWAY, Op.ADD_MILESTONE, Op.CLOSE_PATHWAY),
    *(Op.NOTE_PRINT, Op.EDIT_FOLLOW_UP, Op.ATTEMPT, Op.HAND_OVER, Op.IMPORT_DIRECTORY),
    *(Op.EDIT_OFFICE, Op.APPROVE_TEXTS, Op.WITHDRAW_TEXTS),
    *(Op.TAKE_TICKET, Op.MOVE_TICKET, Op.BOOK, Op.EDIT_APPOINTMENT),
    *(Op.EDIT_SHEET, Op.ADD_SHEET_ROW, Op.REMOVE_SHEET_ROW, Op.MOVE_SHEET_ROW),
}
each_act = pytest.mark.parametrize("name", ACTS)


def test_every_operation_is_walked() -> None:
    assert {op for op, _act in ACTS.values()} >= SINCE - APART


@each_act
def test_one_undo_takes_all_of_it_back_and_one_redo_brings_all_of_it(world: World, name: str) -> None:
    op, act = ACTS[name]
    before, many = table_rows(world.office.vault), len(world.office.undoable)
    act(world)
    after = table_rows(world.office.vault)
    assert after != before
    assert [done.op for done in world.office.undoable[many:]] == [op], "one act is one operation"
    step_ = history.undo(world.office)
    assert step_ is not None
    assert step_.left == 0
    assert table_rows(world.office.vault) == before
    history.redo(world.office)
    assert table_rows(world.office.vault) == after


@each_act
def test_joined_and_separated_again_it_stands_as_before_and_a_rebuild_finds_it(world: World, name: str) -> None:
    ACTS[name][1](world)
    vault = world.office.vault
    before = table_rows(vault)
    for kept, joined in ((world.one, world.other), (world.other, world.one)):
        join(vault, kept, joined)
        assert ids(world) == ids_of(before), "nothing is hidden while they are joined"
        part(vault, joined)
        assert table_rows(vault) == before
    vault.rebuild(replay=True)
    assert table_rows(vault) == before


@each_act
@pytest.mark.parametrize("kept", ["one", "other"])
def test_done_to_a_joined_file_it_is_undone_whole_and_kept_when_separated(world: World, name: str, kept: str) -> None:
    vault, pair = world.office.vault, {world.one, world.other}
    root = getattr(world, kept)
    (joined,) = pair - {root}
    join(vault, root, joined)
    before = table_rows(vault)
    ACTS[name][1](world)
    after = table_rows(vault)
    assert after != before
    history.undo(world.office)
    assert table_rows(vault) == before
    history.redo(world.office)
    assert table_rows(vault) == after
    part(vault, joined)
    assert ids(world) == ids_of(after), "separating loses nothing"
    apart = table_rows(vault)
    vault.rebuild(replay=True)
    assert table_rows(vault) == apart


def test_what_was_handed_over_in_joined_files_stays_so_when_they_are_separated(world: World) -> None:
    office, vault = world.office, world.office.vault
    consents.refer(office, world.one, catalogue.service(office, "scl-omil"))
    join(vault, world.one, world.other)
    handing_over.hand_over(office, "1", "2", "lo que hay que saber")
    part(vault, world.other)
    assert {owner for (owner,) in vault.read("SELECT owner FROM referral")} == {"2"}
    assert sorted(doc for (doc,) in vault.read("SELECT doc FROM handover")) == sorted([world.one, world.other])


def test_a_placement_goes_with_the_certificate_that_it_came_of(world: World) -> None:
    vault = world.office.vault
    join(vault, world.one, world.other)
    told = Next(placement=Placement.MADE)
    pathways.add_milestone(world.office, world.other, world.pathway, News(spot=Result.COMPETENT), told)
    part(vault, world.other)
    assert vault.read("SELECT doc FROM pathway WHERE kind = 'employment'") == [(world.other,)]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two devices of one office, with its catalogue."""
    keys, images = make_replicas(tmp_path / "office", 2)
    offices = []
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        for n, image in enumerate(images):
            (folder := tmp_path / f"desk{n}").mkdir()
            vault = replica(folder / DATABASE, image, keys)
            about, lock = read_about(tmp_path / "office"), locked(folder)
            opened = Opened(vault=vault, about=about, officer="1", label="", lock=lock, path=folder / DATABASE,
                            data_key=keys.data)  # fmt: skip
            offices.append(Office(opened, folder))
        catalogue.load_city_catalogue(offices[0])
        yield offices[0], offices[1]
        for office in offices:
            office.close()


@each_act
def test_two_desks_that_do_it_offline_come_to_stand_alike_and_each_may_undo_its_own(
    desks: tuple[Office, Office], name: str
) -> None:
    here, there = desks
    world = begun(here)
    exchange(here.vault, there.vault)
    for office in desks:
        ACTS[name][1](replace(world, office=office))
    exchange(here.vault, there.vault)
    alike(desks, world)
    for office in desks:
        history.undo(office)
        exchange(here.vault, there.vault)
        alike(desks, world)


def alike(desks: tuple[Office, Office], world: World) -> None:
    """Both have the same rows, also after a rebuild, and every list can be read."""
    first, second = (table_rows(office.vault) for office in desks)
    assert first == second
    desks[1].vault.rebuild(replay=True)
    assert table_rows(desks[1].vault) == first
    for office in desks:
        people.read_case(office, world.other)
        assert listing.read_list(office, listing.Wanted()).total >= 0
        assert len(queue.today(office).waiting) <= 4
        agenda.day_of(office, DAY)
        reports.sections(office)
        supervision.sections(office)


TABLES = (
    *("referral", "referral_step", "follow_up", "attempt", "handover", "pathway", "milestone", "labour_snapshot"),
    *("survey", "satisfaction", "told_fact", "verdict_change", "appointment", "ticket", "ticket_step", "consent"),
    *("held_document", "answer", "form_record"),
)


def ids(world: World) -> dict[str, list[str]]:
    return {t: sorted(id for (id,) in world.office.vault.read(f"SELECT id FROM {t}")) for t in TABLES}


def ids_of(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {table: sorted(ast.literal_eval(row)[1] for row in rows[table]) for table in TABLES}
