"""What the intake says of itself: title, steps, how much is left, and what its end does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from migrant_office import clock
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.forms.answers import Cell
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Group, Question
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import identity, surveys
from migrant_office.services.intake import COMPLETION, FAMILY, INTAKE, QUICK
from migrant_office.ui import words
from migrant_office.ui.widgets.steps import StepSpec

TITLES = {  # form: (with a name, without)
    INTAKE: (N_("Intake of {name}"), N_("Intake of a new person")),
    QUICK: (N_("Quick registration of {name}"), N_("Quick registration")),
    FAMILY: (N_("Family of {name}"), N_("Registration of a family")),
    COMPLETION: (N_("Complete the intake of {name}"), N_("Complete the intake")),
}
ENDINGS = {INTAKE: N_("Open the case file"), FAMILY: N_("Open the case files"), COMPLETION: N_("Save in the case file")}
DONE = {
    INTAKE: N_("Case file opened. Ctrl Z takes it back."),
    FAMILY: N_("Case files of the family opened. Ctrl Z takes them back."),
    COMPLETION: N_("Intake completed. Ctrl Z takes it back."),
}


def title(draft: Draft | None, filling: FormFilling | None) -> str:
    if draft and surveys.takes(draft):
        return words.survey_title(draft.form, draft.title)
    form = draft.form if draft else INTAKE
    named, unnamed = TITLES.get(form, TITLES[INTAKE])
    name = name_in(filling) if filling else ""
    return _(named).format(name=name) if name else _(unnamed)


def name_in(filling: FormFilling) -> str:
    """The given name as far as it was told; in a family that of the first member."""
    for told in (filling.mapped(), *filling.records("household.member")[:1]):
        given = told.get("person.given", "")
        if isinstance(given, str) and given and not given.startswith("?"):
            return given
    return ""


def ending(draft: Draft | None) -> str:
    if draft and surveys.takes(draft):
        return _("Keep the answers")
    return _(ENDINGS.get(draft.form if draft else "", ENDINGS[INTAKE]))


def done(draft: Draft | None) -> str:
    if draft and surveys.takes(draft):
        return _("Answers kept. Ctrl Z takes them back.")
    return _(DONE.get(draft.form if draft else "", DONE[INTAKE]))


def saved(draft: Draft) -> str:
    """When it was saved; nothing for one that was not yet, or on another day, which Hoy told."""
    if not draft.saved_at:
        return ""
    moment = clock.local(datetime.fromisoformat(draft.saved_at))
    today = moment.date() == clock.today()
    return _("Saved {time}").format(time=translator().time(moment.time())) if today else ""


def step_of(pages: Sequence[Group], page: int, lang: str) -> str:
    if len(pages) < 2:  # the title says it all
        return ""
    step = _("Step {number} of {count}").format(number=page + 1, count=len(pages))
    return "  ·  ".join(part for part in (step, pages[page].label.get(lang)) if part)


def left(filling: FormFilling) -> str:
    answered, asked = filling.progress()
    if asked <= answered:
        return _("Everything is answered")
    text = ngettext(
        "{count} answer is missing; it can be completed another day",
        "{count} answers are missing; they can be completed another day",
        asked - answered,
    )
    return text.format(count=asked - answered)


def step(filling: FormFilling, number: int, page: Group, current: int, lang: str) -> StepSpec:
    """One step of the column: how much is answered, and what to look at once more."""
    asked = answers_in(filling, page)
    answered = sum(1 for cell in asked if cell.value or cell.missing)
    whole = bool(asked) and answered == len(asked)
    hint = _("{answered} of {count} answers").format(answered=answered, count=len(asked)) if asked else ""
    state = "done" if whole else "attention" if number < current and answered else "todo"
    return StepSpec(str(number), page.label.get(lang), _("Complete") if whole else hint, state)  # type: ignore[arg-type]  # a literal


def is_asked(filling: FormFilling, page: Group) -> bool:
    """Whether a page is to be shown now; one of loose questions has no address, so its questions say it."""
    if page.path:
        return filling.relevant(page.addr)
    return any(map(filling.relevant, filling.questions(page)))


def rests_at(filling: FormFilling) -> int:
    """The furthest step with an answer: where a draft goes on."""
    told = (
        i for i, page in enumerate(filling.form.pages) if any(c.value or c.missing for c in answers_in(filling, page))
    )
    return max(told, default=0)


def answers_in(filling: FormFilling, group: Group | str) -> list[Cell]:
    """The answers to what is asked now in a page or an instance (its address)."""
    asked = (addr for addr in filling.questions(group) if _takes_answer(filling, addr))
    return [cell for addr in asked if (cell := filling.cell(addr)).relevant]


def _takes_answer(filling: FormFilling, addr: str) -> bool:
    item = filling.form.at(addr)
    return isinstance(item, Question) and item.takes_answer


def kind_beside(filling: FormFilling, addr: str) -> str:
    """The kind of document that stands beside a number, in the same instance of a repeated group."""
    inside = addr.rpartition("/")[0]
    for other in filling.questions(inside) if "[" in inside else ():
        item = filling.form.at(other)
        if isinstance(item, Question) and item.maps_to == "held_document.kind":
            return filling.cell(other).value
    return ""


def doubt(filling: FormFilling, addr: str, value: str, country: str) -> str:
    """What a number check says of a phone, a RUN or a CURP; "" when nothing."""
    item = filling.form.at(addr)
    if not isinstance(item, Question) or not item.maps_to:
        return ""
    sentence = identity.doubt(item.maps_to, value, country, kind=kind_beside(filling, addr))
    return _(sentence) if sentence else ""


def goes_on(draft: Draft) -> str:
    """Said when the form became that of a case that is open already."""
    return _("What was typed goes on in the case file of {name}. Look it over.").format(name=draft.title)
