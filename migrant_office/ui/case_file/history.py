"""What happened in a case, as events of the timeline, newest first. Notes stay closed: the person may be reading."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.encounter import Channel, Encounter
from migrant_office.models.follow_up import Attempt, AttemptResult, Handover
from migrant_office.models.need import Need
from migrant_office.models.referral import Referral, ReferralStep
from migrant_office.models.slip import grouped
from migrant_office.ui import words
from migrant_office.ui.widgets.timeline import EventSpec

ICONS = {
    Channel.IN_PERSON: "message-circle",
    Channel.PHONE: "phone",
    Channel.WHATSAPP: "brand-whatsapp",
    Channel.FIELD: "walk",
}


def events(case: CaseFile, services: dict[str, str], own: str = "") -> list[EventSpec]:
    """Attentions, needs, referrals and what was heard about them; `services` are names by id, `own` is the code of
    whoever reads.
    """
    found: list[tuple[date, str, EventSpec]] = []
    for encounter in case.encounters:
        found.append((encounter.made, encounter.id, encounter_event(encounter)))
    for need in case.needs:
        found.append((need.made, need.id, need_event(need)))
    for followed in case.referrals:
        referral, name = followed.referral, services.get(followed.referral.service, "")
        found.append((referral.made, referral.id, referral_event(referral, name, own)))
        found += [(s.made, s.id, step_event(s, name, own, out=s.id in followed.out)) for s in followed.steps]
    found += [(a.made, a.id, attempt_event(a)) for a in case.attempts]
    found += [(h.made, h.id, handover_event(h, own)) for h in case.handovers]
    return [spec for _day, _id, spec in sorted(found, key=lambda e: (e[0], e[1]), reverse=True)]


def short(day: date) -> str:
    return f"{day.day} {translator().month_name(day.month, short=True)}"


def encounter_event(encounter: Encounter) -> EventSpec:
    icon = ICONS.get(encounter.channel, "message-circle")
    hint = words.coded(encounter.channel) + ("  ·  " + _("with a note") if encounter.note else "")
    return EventSpec(encounter.id, short(encounter.made), icon, _("Attention"), hint)


def need_event(need: Need) -> EventSpec:
    return EventSpec(
        need.id,
        short(need.made),
        "user-question",
        _("Told a need: {need}").format(need=words.coded(need.kind).lower()),
        words.coded(need.unmet),
    )


def referral_event(referral: Referral, service: str, own: str = "") -> EventSpec:
    told = [
        _("Slip no. {code}").format(code=grouped(referral.slip)) if referral.slip else "",
        by(referral.officer, own),
    ]
    hint = "  ·  ".join(part for part in told if part)
    return EventSpec(referral.id, short(referral.made), "send", _("Referred: {service}").format(service=service), hint)


def step_event(step: ReferralStep, service: str, own: str = "", *, out: bool = False) -> EventSpec:
    """What was heard, why, when the person is expected, who said it and who wrote it down. `out`: it came from another
    device and could not follow what had happened here.
    """
    icon = words.state_look(step.state, step.outcome)[1]
    what = words.coded(step.outcome) or words.coded(step.state)
    told = (
        _("came late from another computer, changes nothing") if out else "",
        words.coded(step.drop_out or step.rejection or step.cancellation),
        words.expected(step.appointment, step.hour),
        _("said by {who}").format(who=step.answered_by) if step.answered_by else "",
        by(step.officer, own),
    )
    hint = "  ·  ".join(part for part in told if part)
    return EventSpec(
        step.id, short(step.made), "clock-exclamation" if out else icon, f"{service}: {what.lower()}", hint
    )


def by(officer: str, own: str = "") -> str:
    """Who of the office wrote it down; "" where nobody is noted."""
    return words.officer(officer, own) if officer else ""


def attempt_event(attempt: Attempt) -> EventSpec:
    icon = "phone-call" if attempt.result is AttemptResult.REACHED else "phone-off"
    what = f"{words.coded(attempt.channel)}: {words.coded(attempt.result).lower()}"
    hint = "  ·  ".join(filter(None, (attempt.at, _("with a note") if attempt.note else "")))
    return EventSpec(attempt.id, short(attempt.made), icon, what, hint)


def handover_event(handover: Handover, own: str = "") -> EventSpec:
    """Who goes on with the work; the note stays closed."""
    source, target = words.officer(handover.source, own), words.officer(handover.target, own)
    told = _("Work handed over: {source} to {target}").format(source=source, target=target)
    return EventSpec(handover.id, short(handover.made), "users", told, _("with a note"))


def note_of(case: CaseFile, id: object) -> tuple[str, str] | None:
    """The title and the note behind an event that is read in a dialog; None for one that has no note of its own."""
    for encounter in case.encounters:
        if encounter.id == id:
            day = words.capital(translator().long_date(encounter.made))
            return f"{day}  ·  {words.coded(encounter.channel)}", encounter.note
    for attempt in case.attempts:
        if attempt.id == id:
            return attempt_event(attempt).title, attempt.note
    return next(((handover_event(h).title, h.note) for h in case.handovers if h.id == id), None)
