"""An office with much to follow: 20,000 people, a referral each, 60,000 follow-ups; kept in the temporary folder.

Everything is written by the operations of the desk, five hundred cases at once, on the days on which it would have
been: about half of the first questions are overdue.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import date, datetime, timedelta
from datetime import time as wall_time
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.office import CHEAP, PASSPHRASE, opens
from benchmarks.people import Someone, people
from benchmarks.registry import person_of
from migrant_office import clock
from migrant_office.models.encounter import Channel
from migrant_office.models.form_record import FormRecord
from migrant_office.models.office import Office, new_id, unlock
from migrant_office.models.operations import Op
from migrant_office.models.person import ContactRule
from migrant_office.models.service import Service
from migrant_office.models.vault.nouns import changed
from migrant_office.services import catalogue, follow_ups, offices, referrals
from migrant_office.services.people import new_encounter, put_case

PEOPLE = int(os.environ.get("BENCH_FOLLOWED", "20000"))
TODAY = date(2026, 11, 18)
DAYS = 150  # over which the referrals were made
OFFICERS = [str(number) for number in range(1, 13)]
AREAS = ("certification", "entrepreneurship", "employment")  # three questions each
AT_ONCE, SEED = 500, 19
ELEVEN = wall_time(11)


def followed() -> Path:
    """The folder of the office, made once."""
    folder = Path(tempfile.gettempdir()) / f"migrant-office-bench-followed-{PEOPLE}"
    done = folder / "made"
    if done.exists() and opens(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    offices.create_office(folder, city="santiago", passphrase=PASSPHRASE, demo=True, cost=CHEAP)
    office, start = unlock(folder, PASSPHRASE), time.perf_counter()
    lines = [line for line in catalogue.lines(office, offered_only=True) if line.area in AREAS]
    services = [catalogue.service(office, line.id) for line in lines]
    coming, rng, number = people(PEOPLE, SEED), Random(SEED), 0
    while some := list(islice(coming, AT_ONCE)):
        with office.batch():
            for someone in some:
                day = TODAY - timedelta(days=DAYS - DAYS * number // PEOPLE)
                with clock.at(clock.on_the_wall(datetime.combine(day, ELEVEN))):
                    open_and_refer(office, someone, rng.choice(services), rng)
                number += 1
    office.close()
    done.touch()
    print(f"  made an office of {PEOPLE:,} people in {time.perf_counter() - start:.0f} s")
    return folder


def open_and_refer(office: Office, someone: Someone, service: Service, rng: Random) -> None:
    """One visit: a case, an attention, a referral with what will be asked; a fifth told only the most needed."""
    office.officer = rng.choice(OFFICERS)
    rule = ContactRule.WHATSAPP_ONLY if rng.random() < 0.2 else ContactRule.ANY
    person = changed(person_of(someone), contact_rule=rule, opened=clock.today())
    with office.operation(Op.OPEN_CASE, person.id) as op:
        put_case(office, op, person)
        op.put(new_encounter(office, Channel.IN_PERSON), on=person.id)
        use = "quick" if rng.random() < 0.2 else "intake"
        day = clock.today()
        op.put(FormRecord(id=new_id(), form=use, use=use, version="1", digest="", made=day, recorded=day), on=person.id)
        referral = op.put(referrals.new_referral(office, service), on=person.id)
        follow_ups.put_planned(office, op, referral)
