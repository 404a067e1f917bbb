"""How facts of an office read on screen: states, dates since, second lines. One place, so that all pages agree."""

from __future__ import annotations

from datetime import date, time

from migrant_office import clock
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.city import City
from migrant_office.models.coded import label_of
from migrant_office.models.consent import Consent, ConsentState
from migrant_office.models.directory.hours import Hours, Opening
from migrant_office.models.follow_up import Question
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState
from migrant_office.models.person import ContactRule, Language, Person
from migrant_office.models.referral import Outcome, State
from migrant_office.models.service import Service
from migrant_office.models.slip import grouped
from migrant_office.models.survey import SurveyKind, Topic
from migrant_office.services import consents, freshness
from migrant_office.services.papers import LATER, SOON
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.marks import MarkSpec

STATE_LOOK: dict[State, tuple[Tone, str]] = {
    State.DRAFT: ("neutral", "file-pencil"),
    State.REQUESTED: ("blue", "send"),
    State.ACCEPTED: ("ok", "check"),
    State.REJECTED: ("bad", "circle-x"),
    State.IN_PROGRESS: ("blue", "progress"),
    State.ON_HOLD: ("warn", "hourglass"),
    State.FAILED: ("warn", "user-x"),
    State.COMPLETED: ("ok", "circle-check"),
    State.CANCELLED: ("neutral", "ban"),
    State.MISTAKE: ("neutral", "ban"),
}

OUTCOME_LOOK: dict[Outcome | None, tuple[Tone, str]] = {
    Outcome.NOT_YET_COMPETENT: ("warn", "alert-circle"),
    Outcome.RESULT_PENDING: ("warn", "hourglass"),
    Outcome.DROPPED_OUT: ("warn", "user-x"),
    Outcome.NOT_SERVED: ("warn", "circle-x"),
}

PAPER_LOOK: dict[str, tuple[Tone, str]] = {
    DocumentState.IN_PROCESS: ("blue", "progress"),
    DocumentState.EXPIRED: ("bad", "alert-triangle"),
    DocumentState.LOST: ("warn", "file-alert"),
    DocumentState.LACKS: ("neutral", "file-x"),
}


CONSENT_LOOK: dict[str, tuple[Tone, str]] = {
    ConsentState.GIVEN: ("ok", "circle-check"),
    ConsentState.REFUSED: ("warn", "circle-x"),
    ConsentState.WITHDRAWN: ("warn", "arrow-back-up"),
}


def capital(text: str) -> str:
    """A text of the translator at the start of a line."""
    return text[:1].upper() + text[1:]


def word(city: City, message: str) -> str:
    """A word that cities say differently (derivación, canalización), in the interface's language."""
    own = city.words.get(translator().lang, {})
    return own.get(message) or _(message)


def coded(value: object) -> str:
    """A code, a missing answer or a text, in words."""
    label = label_of(value)
    return _(label) if label else ""


def state_look(state: State, outcome: Outcome | None = None) -> tuple[Tone, str]:
    """Tone and icon: a referral that ended without what it was for is not shown as something that went well."""
    if state is State.COMPLETED and outcome in OUTCOME_LOOK:
        return OUTCOME_LOOK[outcome]
    return STATE_LOOK.get(state, ("neutral", "help"))  # a newer program may know more states


def state_mark(state: State, outcome: Outcome | None = None) -> MarkSpec:
    tone, icon = state_look(state, outcome)
    text = coded(outcome) if outcome and state is State.COMPLETED else coded(state)
    return MarkSpec(text, tone, icon, plate=True)


def due_mark(due: date, today: date) -> MarkSpec:
    """Overdue in red with the days, today in blue, later in grey."""
    days = (today - due).days
    if days > 0:
        text = ngettext("Overdue by {count} day", "Overdue by {count} days", days)
        return MarkSpec(text.format(count=days), "bad", "alert-triangle", strong=True)
    if days == 0:
        return MarkSpec(_("Today"), "blue", "calendar-event", strong=True)
    return MarkSpec(capital(translator().ago(due, today)), "hint", "calendar-event")


def expiry_mark(expires: object, today: date) -> MarkSpec | None:
    """When a paper ends: past in red, soon in amber, later in grey; nothing when nobody knows."""
    if not isinstance(expires, date):
        return None
    days = (expires - today).days
    if days < 0:
        when = translator().ago(expires, today)
        return MarkSpec(_("Expired {when}").format(when=when), "bad", "alert-triangle", strong=True)
    if days <= LATER:
        when = translator().ago(expires, today)
        return MarkSpec(_("Expires {when}").format(when=when), "warn", "clock-exclamation", strong=days <= SOON)
    return MarkSpec(_("Until {day}").format(day=translator().date(expires)), "hint", "calendar")


def paper_mark(state: object) -> MarkSpec | None:
    """How a paper stands; none for one that the person has."""
    tone, icon = PAPER_LOOK.get(str(state), ("neutral", "help"))
    if state in (DocumentState.HAS, Missing.NOT_ASKED):
        return None
    return MarkSpec(coded(state), tone, icon)


def confirmed_mark(confirmed: date | None, today: date) -> MarkSpec:
    """How old a service's information is: under 90 days, to 180, older, or never confirmed."""
    if confirmed is None:
        return MarkSpec(_("To be confirmed"), "ask", "phone-call")
    days = (today - confirmed).days
    tone: Tone = "ok" if days < 90 else "neutral" if days <= 180 else "warn"
    icon = {"ok": "circle-check", "neutral": "clock"}.get(tone, "clock-exclamation")
    return MarkSpec(capital(translator().ago(confirmed, today)), tone, icon)


def stale_warning(service: Service, city: City) -> str:
    """What must be read before somebody is sent there; "" while what the institution said still counts."""
    stale = freshness.is_stale(city, service, clock.today())
    return _("This may have changed. Call before you send somebody.") if stale else ""


def person_hint(age: int | None, nationality: str, last_contact: date | None, today: date) -> str:
    """The second line under a name: age, country, last attention."""
    parts = [translator().age(age) if age is not None else "", translator().country(nationality) if nationality else ""]
    if last_contact:
        parts.append(_("last attention {when}").format(when=translator().ago(last_contact, today)))
    return "  ·  ".join(p for p in parts if p) or _("Nothing else noted yet")


def person_marks(person: Person) -> list[MarkSpec]:
    """What must be seen before anything else: safe contact first, then language and interpreter, then what was told."""
    rule = contact_rule_mark(person)
    marks = [rule] if rule else []
    if isinstance(person.language, Language) and person.language is not Language.ES:
        name = _(person.language.label)
        text = _("{language}, needs an interpreter").format(language=name) if person.interpreter else name
        marks.append(MarkSpec(text, "blue", "language", plate=True))
    elif person.interpreter:
        marks.append(MarkSpec(_("Needs an interpreter"), "blue", "language", plate=True))
    if person.told_once:
        marks.append(MarkSpec(_("Already told: do not ask again"), "ask", "ear-off", plate=True))
    return marks


def restricted_mark() -> MarkSpec:
    """Of a case that only those with the compartment's key see."""
    return MarkSpec(_("Restricted"), "ask", "lock")


def contact_rule_mark(person: Person) -> MarkSpec | None:
    """The rule of a person who may not simply be called, with what she said of it."""
    told = contact_text(person.contact_rule, person.contact_words)
    return MarkSpec(_("Safe contact: {rule}").format(rule=told), "warn", "shield-check", plate=True) if told else None


def contact_text(rule: ContactRule | Missing | None, said: str = "") -> str:
    """A rule and the person's own words; "" when she may simply be called or nobody asked. A rule of a newer program
    is shown as it stands.
    """
    known = "" if rule is None or isinstance(rule, Missing) or rule == ContactRule.ANY else coded(rule)
    own = said.strip().removesuffix(".")
    return (". " if own[:1].isupper() else ", ").join(part for part in (known, own) if part)  # no capital after a comma


def consent_mark(consent: Consent | None) -> MarkSpec:
    """What was said last about one purpose; a state of a newer program is shown as it stands."""
    if consent is None:
        return MarkSpec(_("Not asked"), "hint", "circle-dashed")
    tone, icon = CONSENT_LOOK.get(str(consent.state), ("neutral", "help"))
    return MarkSpec(coded(consent.state), tone, icon)


def contact_refused_mark(case: CaseFile) -> MarkSpec | None:
    """What must be seen wherever somebody could be called: the person does not agree to be contacted."""
    if consents.may_contact(case) is not False:
        return None
    return MarkSpec(_("No consent to contact"), "warn", "phone-off", plate=True)


def person_summary(person: Person, today: date) -> str:
    """Sex, age and country in one line; what is not known is left out."""
    age = person.age_on(today)
    told = "" if isinstance(person.sex, Missing) else coded(person.sex)
    years = translator().age(age) if age is not None else ""
    if years and person.birth_estimated:
        years = _("about {age}").format(age=years)
    country = person.nationality
    place = "" if isinstance(country, Missing) else person.nationality_words or translator().country(country)
    return "  ·  ".join(p for p in (told, years, place) if p)


def referral_hint(followed: FollowedReferral, owner: str) -> str:
    """The code of its slip, since when the referral stands as it does, and the institution."""
    taken = [step for step in followed.steps if step.id not in followed.out]
    last = taken[-1].made if taken else followed.referral.made
    since = _("since {day}").format(day=translator().day_month(last)) if isinstance(last, date) else ""
    return "  ·  ".join(p for p in (grouped(followed.referral.slip), since, owner) if p)


def referral_marks(followed: FollowedReferral, today: date) -> tuple[MarkSpec, ...]:
    """How it stands, when somebody asks again, and what allows it: nothing handed over, or a yes that holds no more."""
    marks = [waiting_mark(followed)]
    if followed.due:
        marks.append(due_mark(followed.due, today))
    if followed.unfounded:
        marks.append(MarkSpec(_("No consent holds"), "warn", "arrow-back-up"))
    if followed.referral.orientation:
        marks.append(MarkSpec(_("Orientation only"), "hint", "walk"))
    return tuple(marks)


def waiting_mark(followed: FollowedReferral) -> MarkSpec:
    """How a referral stands; of one that was asked about in vain, that nobody answered."""
    asked = any(step.state is State.REQUESTED for step in followed.steps if step.id not in followed.out)
    if followed.state is State.REQUESTED and asked:
        return MarkSpec(_("No answer"), "warn", "phone-off", plate=True)
    return state_mark(followed.state, followed.outcome)


def expected(day: object, hour: str) -> str:
    """When an institution expects the person, in words."""
    if not isinstance(day, date):
        return ""
    written = translator().day_month(day)
    return (
        _("expected on {day} at {hour}").format(day=written, hour=hour)
        if hour
        else _("expected on {day}").format(day=written)
    )


def asked(question: Question | str, service: str = "") -> str:
    """A question with the service it is about, as a row shows it."""
    return "  ·  ".join(part for part in (coded(question), service) if part)


def officer(code: str, own: str = "") -> str:
    """Whose work it is. Officers have no names in an office yet: a number, or what somebody wrote."""
    if not code:
        return _("Nobody")
    if code == own:
        return _("You")
    return _("No. {number} of the team").format(number=code) if code.isdigit() else code


def survey_title(form: str, name: str) -> str:
    """A survey that is being answered, by the name of its form, and whose it is when that may be said."""
    of, _line, what = form.partition("_")
    title = coded(Topic(what)) if of == "check" else coded(SurveyKind(what))
    return _("{survey} of {name}").format(survey=title, name=name) if name else title


def span(opens: time | None, closes: time | None) -> str:
    tr = translator()
    if opens is None:
        return ""
    if closes is None:
        return _("from {opens}").format(opens=tr.time(opens))
    return _("{opens} to {closes}").format(opens=tr.time(opens), closes=tr.time(closes))


def today_words(hours: Hours) -> str:
    """What is known of today in one sentence; "" where no schedule says anything."""
    if not hours.known:
        return ""
    if hours.closed:
        return _("Not open today")
    return _("Open today: {hours}").format(hours=translator().join([opening_words(one) for one in hours.openings]))


def opening_words(opening: Opening) -> str:
    return span(opening.opens, opening.closes)
