"""Make an office of invented people, the same for the same arguments."""

from __future__ import annotations

import os
from datetime import date, datetime
from datetime import time as wall_time
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random

from migrant_office import clock, ids
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.office import Office, unlock
from migrant_office.models.vault import releases
from migrant_office.models.vault.attachments import FOLDER
from migrant_office.models.vault.folder import unmake
from migrant_office.models.vault.slots import STRONG, Cost
from migrant_office.progress import Progress
from migrant_office.services import month, offices
from migrant_office.services.demo.days import LAST_DAYS, Agenda, WorkingTime, arrivals, parties, working_days
from migrant_office.services.demo.drafts import leave_drafts
from migrant_office.services.demo.following import OWN
from migrant_office.services.demo.front_desk import FrontDesk
from migrant_office.services.demo.ids import SeededIds
from migrant_office.services.demo.living import Living
from migrant_office.services.demo.profile import load_profile

MOST_MONTHS, FIRST_YEAR, LAST_YEAR = 120, 2000, 2100
EVENING = wall_time(16, 20)  # of the day before the last: drafts lie on the desk since then
WEEK = 5  # working days: a commit a day would cost a tenth of the time


def make_demo(
    folder: Path,
    *,
    city: str,
    people: int,
    months: int,
    until: date,
    seed: int,
    passphrase: str,
    language: str = "",
    progress: Progress | None = None,
    cost: Cost = STRONG,
    light: bool = False,
) -> str:
    """Make an office of so many invented people, who came in the last `months` months until a day; returns the
    recovery code.

    Equal arguments give equal content, ids and folios included, on every machine; only the names of kept files are
    drawn by the store. `light` leaves out the forms and what comes after the first visit. Raises `UserError` for
    numbers below one and for a city without a demo, `Cancelled`, and as `create_office`; nothing is left behind then.
    """
    if people < 1 or months < 1:
        raise UserError(N_("A demo needs at least one person and one month."))
    if months > MOST_MONTHS or not FIRST_YEAR <= until.year <= LAST_YEAR:
        raise UserError(
            N_("A demo lives at most {most} months, between the years {first} and {last}."),
            most=MOST_MONTHS,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    profile, rng, days = load_profile(city), Random(f"life {city} {seed}"), working_days(months, until)  # noqa: S311
    made, kept, time = not os.path.exists(folder), not (folder / FOLDER).exists(), WorkingTime(days[0])
    with clock.at(time), ids.source(SeededIds(f"{city} {seed}")):
        code = offices.create_office(
            folder, city=city, passphrase=passphrase, language=language, demo=True, cost=cost, device=ids.new_id()[::-1]
        )  # its first three letters stand in every folio
        try:
            office = unlock(folder, passphrase)
            try:
                releases.set_secret(office.vault, month.SECRET, sha256(f"counts {city} {seed}".encode()).digest())
                agenda = Agenda(days)
                desk = FrontDesk(office, Random(f"desk {city} {seed}"), agenda, light=light)  # noqa: S311
                living = Living(office, profile, rng, agenda, desk, light=light)
                with office.batch():
                    living.plan_confirmations(days)
                coming = parties(rng, people, profile.arriving.family, profile.arriving.sizes)
                arriving = by_day(coming, arrivals(rng, days, len(coming), profile.life.office["growth"]))
                live(office, living, days, arriving, time, progress or Progress())
                office.officer = OWN
                with clock.at(clock.on_the_wall(datetime.combine(days[-LAST_DAYS:][0], EVENING))):
                    leave_drafts(office, profile.people, rng, int(profile.life.office["drafts"]), living.visits)
                with office.batch():
                    desk.last_day(days[-LAST_DAYS:][0], days[-1])
            finally:
                office.close()
        except BaseException:
            unmake(folder, whole=made, kept=kept)
            raise
    return code


def by_day(coming: list[int], numbers: list[int]) -> list[list[int]]:
    """The parties of each day."""
    left = iter(coming)
    return [list(islice(left, number)) for number in numbers]


def live(
    office: Office, living: Living, days: list[date], arriving: list[list[int]], time: WorkingTime, progress: Progress
) -> None:
    """All days in order, a week written at once. Reports after every week. Raises `Cancelled`."""
    come, total = 0, sum(map(sum, arriving))
    for first in range(0, len(days), WEEK):
        with office.batch():
            for day, newcomers in zip(days[first : first + WEEK], arriving[first : first + WEEK], strict=True):
                things = living.agenda.take(day) + [partial(living.arrive, size) for size in newcomers]
                living.rng.shuffle(things)
                things += living.trails.agenda.take(day)  # after the draw, so that it draws as it would without
                time.begin(day, len(things))
                for thing in things:
                    time.pass_on()
                    thing()
                living.surveying.live()
                come += sum(newcomers)
        progress.report(come, total)
