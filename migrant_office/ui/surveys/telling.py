"""What screens say of surveys: which, about what, how many times tried, and what came of them."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.survey import Answered, Manner, Satisfaction, Survey, SurveyKind, Topic
from migrant_office.services.surveys import About
from migrant_office.ui import words
from migrant_office.ui.widgets.marks import MarkSpec

PARTS = {
    "90": N_("after 90 days"),
    "180": N_("after 180 days"),
    "before": N_("before the session"),
    "after": N_("after the session"),
}
ANSWERED_MARKS = {
    Answered.ANSWERED: ("ok", "check"),
    Answered.REFUSED: ("neutral", "hand-stop"),
    Answered.NOT_REACHED: ("neutral", "phone-off"),
}


def title_of(kind: object, topic: object = None, part: str = "") -> str:
    """Which survey it is: "Follow-up of the job, after 90 days"."""
    name = words.coded(topic) if isinstance(topic, Topic) and kind is SurveyKind.CHECK else words.coded(kind)
    when = PARTS.get(part)
    return _("{survey}, {when}").format(survey=name, when=_(when)) if when else name


def title(about: About) -> str:
    return title_of(about.kind, about.topic, about.part)


def due_mark(about: About, today: date) -> MarkSpec:
    """How long somebody has been waiting to be asked."""
    days = (today - about.since).days if about.since else 0
    if days <= 0:
        return MarkSpec(_("To ask today"), "blue", "clipboard-list")
    text = ngettext("To ask since {count} day", "To ask since {count} days", days).format(count=days)
    return MarkSpec(text, "blue", "clipboard-list")


def tried(about: About) -> str:
    """How often nobody was there; "" for never."""
    if not about.tries:
        return ""
    return ngettext("Not reached {count} time", "Not reached {count} times", about.tries).format(count=about.tries)


def answered_mark(survey: Survey, satisfaction: Satisfaction | None) -> MarkSpec:
    """What came of asking: the degree for satisfaction, else whether it was answered."""
    tone, icon = ANSWERED_MARKS.get(survey.answered, ("neutral", "help"))
    if satisfaction is not None and survey.answered is Answered.ANSWERED:
        return MarkSpec(words.coded(satisfaction.scale), tone, "mood-smile")  # type: ignore[arg-type]  # tones of ours
    return MarkSpec(words.coded(survey.answered), tone, icon)  # type: ignore[arg-type]  # tones of ours


def when(survey: Survey) -> str:
    """The day and the way it was asked in."""
    manner = words.coded(survey.manner) if isinstance(survey.manner, Manner) else ""
    day = translator().day_month(survey.made) if isinstance(survey.made, date) else ""
    return "  ·  ".join(part for part in (day, manner) if part)
