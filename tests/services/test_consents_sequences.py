"""Any sequence of answers, withdrawals and undone acts: the last word holds, and no entry is ever changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office import clock
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.notice import ASKED
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.person import Person
from migrant_office.services import consents, history, people
from migrant_office.services.consents import standing
from tests.factories import DAY, PASSPHRASE

GIVEN, REFUSED, WITHDRAWN = ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN
PRIVATE = "scl-udp"


def opened_case(desk: Office) -> str:
    person = Person(id=new_id(), given="Rose")
    people.open_case(desk, person)
    return person.id


def held(desk: Office, case: str) -> dict[tuple[str, str], ConsentState]:
    return {key: c.state for key, c in standing(people.read_case(desk, case)).items()}


@dataclass(frozen=True)
class Act:
    kind: str
    purpose: str
    recipient: str
    state: ConsentState


ACTS = st.builds(
    Act,
    st.sampled_from(["record", "record", "withdraw", "undo"]),
    st.sampled_from(sorted(ASKED)),
    st.sampled_from(["", PRIVATE]),
    st.sampled_from([GIVEN, REFUSED]),
)


@pytest.fixture(scope="module")
def module_desk(ready_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = Path(shutil.copytree(ready_office, tmp_path_factory.mktemp("consents") / "desk"))
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        office = unlock(folder, PASSPHRASE)
        yield office
        office.close()


Model = dict[tuple[str, str], ConsentState]


def after(model: Model, act: Act) -> Model:
    if act.kind == "record":
        return model | {(act.purpose, act.recipient): act.state}
    touched = {k for k, s in model.items() if k[0] == act.purpose and act.recipient in {"", k[1]} and s is GIVEN}
    return model | dict.fromkeys(touched, WITHDRAWN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(acts=st.lists(ACTS, max_size=12))
def test_the_last_word_holds_and_no_word_is_ever_changed(module_desk: Office, acts: list[Act]):
    desk, case = module_desk, opened_case(module_desk)
    desk.undoable.clear()
    models: list[Model] = [{}]
    seen: dict[str, Consent] = {}
    for act in acts:
        if act.kind == "undo":
            if desk.undoable:
                history.undo(desk)
                models.pop()
                seen = {c.id: c for c in people.read_case(desk, case).consents}
        else:
            done = (
                consents.record(desk, case, {act.purpose: act.state}, recipient=act.recipient)
                if act.kind == "record"
                else consents.withdraw(desk, case, act.purpose, act.recipient)
            )
            if done.envelopes:
                models.append(after(models[-1], act))
            else:
                assert after(models[-1], act) == models[-1]
        found = {c.id: c for c in people.read_case(desk, case).consents}
        assert {id: found[id] for id in seen} == seen
        seen = found
        assert held(desk, case) == models[-1]
