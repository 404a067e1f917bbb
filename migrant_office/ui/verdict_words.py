"""How a verdict reads on screen: chip, reason under the name, where it comes from. The Ruta and a referral agree."""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import _, translator
from migrant_office.models.eligibility.book import Paper, Rule
from migrant_office.models.eligibility.told import VerdictChange, VerdictCode
from migrant_office.services.route import RouteService
from migrant_office.ui import words
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.marks import MarkSpec

LOOK: dict[VerdictCode, tuple[Tone, str]] = {
    VerdictCode.MEETS: ("ok", "circle-check"),
    VerdictCode.MISSING: ("warn", "file-alert"),
    VerdictCode.CONFIRM: ("ask", "phone-call"),
    VerdictCode.NOT_MET: ("bad", "circle-x"),
}


def verdict_mark(code: VerdictCode, count: int | None = None) -> MarkSpec:
    """The chip of a verdict, perhaps with how many there are."""
    tone, icon = LOOK[code]
    text = words.coded(code)
    return MarkSpec(text if count is None else f"{translator().number(count)} {text}", tone, icon, plate=True)


def reason(service: RouteService) -> str:
    """Why, in one line: the officer's own words where there are some, else the rule's."""
    if service.change is not None:
        return _("Changed: {reason}").format(reason=service.change.reason)
    verdict, lang = service.verdict, translator().lang
    said = verdict.rule.words.text(lang) if verdict.rule else ""
    if verdict.code is VerdictCode.MISSING:
        return _("Missing: {papers}").format(papers=paper_words(verdict.missing))
    if verdict.code is VerdictCode.NOT_MET:
        return _("Reason: {reason}").format(reason=said)
    if verdict.code is VerdictCode.MEETS or not said:
        return said or _("No source says who can have it: ask the institution")
    if verdict.clash:
        return _("Two rules disagree: ask the institution")
    if verdict.unknown and verdict.rule not in verdict.open:
        return _("Not known yet: {papers}").format(papers=paper_words(verdict.unknown))
    return said


def paper_words(papers: tuple[Paper, ...]) -> str:
    """The papers in one sentence, the first as it stands."""
    lang = translator().lang
    return "; ".join(paper.words.text(lang) for paper in papers)


def reason_mark(service: RouteService) -> MarkSpec:
    """The reason in the colour of its verdict."""
    return MarkSpec(reason(service), LOOK[service.code][0])


def source_words(rule: Rule, collected: date | None = None) -> str:
    """Who says so, when, and how much that weighs."""
    dated = rule.dated or _("no date")
    if not rule.dated and collected:
        dated = _("no date, read {day}").format(day=translator().date(collected))
    parts = [rule.source, dated, words.coded(rule.strength)]
    if rule.confirmed:
        parts.append(_("confirmed {day}").format(day=translator().date(rule.confirmed)))
    return "  ·  ".join(parts)


def rules_words(rules: tuple[Rule, ...]) -> str:
    """The rules of one service as the supervisor reads them: what follows for whom, and where it comes from."""
    lang = translator().lang
    told = (f"{words.coded(rule.then)}: {rule.words.text(lang)}\n{source_words(rule)}" for rule in rules)
    return "\n\n".join(told) or _("No source says who can have it: ask the institution")


def changed_by(change: VerdictChange, own: str = "") -> str:
    """Who gave another verdict, and when."""
    day = translator().long_date(change.made) if isinstance(change.made, date) else ""
    who = words.officer(change.officer, own) if change.officer else _("Officer")
    return "  ·  ".join(part for part in (who, day) if part)
