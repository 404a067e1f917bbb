"""What the month's charts say: titles that are findings, and figures taken from the overview."""

from __future__ import annotations

from migrant_office.i18n import _, ngettext, pgettext, translator
from migrant_office.models.counts.month import Month
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.models.referral import Outcome, State
from migrant_office.services.counts.exact import ExactTable
from migrant_office.services.month import Overview
from migrant_office.ui import words
from migrant_office.ui.widgets.bar_chart import Bar
from migrant_office.ui.widgets.line_chart import Point
from migrant_office.ui.widgets.protected_table import Protected
from migrant_office.ui.widgets.pyramid import Band

TOTAL = "_T"
AT_A_GLANCE = frozenset({"persons_attended", "attentions", "persons_referred", "referrals"})  # the others: as tables


def table(overview: Overview, code: str, indicator: str) -> ExactTable | None:
    return next((t for t in overview.tables if t.code == code and t.indicator == indicator), None)


def attended(overview: Overview) -> int:
    found = table(overview, "total", "persons_attended")
    return found.cells[0].persons if found and found.cells else 0


def line(overview: Overview) -> tuple[str, str, list[Point]]:
    """Persons attended, the last twelve months."""
    tr, count = translator(), attended(overview)
    points = []
    for text, persons in overview.persons_by_month:
        month = Month.parse(text)
        points.append(Point(tr.month_name(month.month)[0].upper(), persons, tr.month(month.year, month.month)))
    highest = len(points) > 1 and count == max(p.value for p in points) and count > 0
    title = ngettext("{count} person attended", "{count} people attended", count).format(count=tr.number(count))
    if highest:
        title = _("{finding}, the highest month").format(finding=title)
    measure = f"{points[0].name} – {points[-1].name}" if points else ""
    return title, words.capital(measure), points


def pyramid(overview: Overview) -> tuple[str, str, str, list[Band]]:
    """Women at the left, men at the right, by age; the title says the share of women in words."""
    found = table(overview, "sex_age", "persons_attended")
    if found is None:
        return "", "", "", []
    bands = [
        Band(c.label.get(translator().lang), found.cell(c.code, "F").persons, found.cell(c.code, "M").persons)
        for c in found.dimensions[0].categories
        if not c.code.startswith("_")
    ]
    women, men = found.cell(TOTAL, "F").persons, found.cell(TOTAL, "M").persons
    return share_of_women(women, women + men), _("Women"), _("Men"), list(reversed(bands))


def share_of_women(women: int, both: int) -> str:
    if not both:
        return _("By sex and age")
    share = women / both
    for limit, told in (
        (0.9, _("Nine of ten are women")),
        (0.72, _("Three of four are women")),
        (0.62, _("Two of three are women")),
        (0.55, _("More women than men")),
        (0.45, _("As many women as men")),
    ):
        if share >= limit:
            return told
    return _("More men than women")


def outcomes(overview: Overview) -> tuple[str, list[Bar]]:
    """How far the month's referrals have come."""
    sent = sum(n for _s, _o, n in overview.outcomes)
    answered = sum(n for s, _o, n in overview.outcomes if s not in {State.REQUESTED, State.DRAFT})
    known = sum(n for s, o, n in overview.outcomes if s == State.COMPLETED and o and o != Outcome.RESULT_PENDING)
    tr = translator()
    title = _("{known} of {sent} referrals have an outcome").format(known=tr.number(known), sent=tr.number(sent))

    def note(n: int) -> str:
        return tr.percent(n / sent) if sent else ""

    return title, [
        Bar(pgettext("referrals, plural", "Sent"), sent),
        Bar(_("With an answer"), answered, note(answered)),
        Bar(_("With an outcome"), known, note(known), decisive=True),
    ]


def unmet(overview: Overview) -> tuple[str, list[Bar]]:
    """Needs that nothing could serve; the commonest gives the title."""
    if not overview.unmet:
        return _("No need stayed without an answer"), []
    total = sum(n for _k, _r, n in overview.unmet)
    most = words.coded(NeedKind(overview.unmet[0][0]))
    title = ngettext(
        "{need} is what is missing most ({count} need)", "{need} is what is missing most ({count} needs)", total
    ).format(need=most, count=total)
    bars = [
        Bar(f"{words.coded(NeedKind(k))}: {words.coded(UnmetReason(r)).lower()}", n) for k, r, n in overview.unmet[:5]
    ]
    return title, bars


def leaving(overview: Overview) -> list[Protected]:
    """The totals: what is published beside what stays."""
    lang, rows = translator().lang, []
    for exact in overview.tables:
        if exact.code == "total" and exact.indicator in AT_A_GLANCE:
            rows.append(
                Protected(
                    exact.indicator_label.get(lang),
                    released(overview, "total", exact.indicator, ()),
                    exact.cells[0].value(exact.unit),
                )
            )
    return rows


def both(overview: Overview, exact: ExactTable) -> list[Protected]:
    """Every line of one table: published beside exact."""
    lang, rows = translator().lang, []
    labels = [{c.code: c.label.get(lang) for c in d.categories} | {TOTAL: _("Total")} for d in exact.dimensions]
    for cell in exact.cells:
        if not cell.value(exact.unit):
            continue
        name = "  ·  ".join(labels[i].get(code, code) for i, code in enumerate(cell.codes)) or _("Total")
        rows.append(
            Protected(name, released(overview, exact.code, exact.indicator, cell.codes), cell.value(exact.unit))
        )
    return rows


def released(overview: Overview, code: str, indicator: str, codes: tuple[str, ...]) -> int | None:
    """The published figure, or None where it is protected or the table does not leave."""
    for one in overview.release.tables:
        if one.code == code and one.indicator == indicator:
            return next((c.value for c in one.cells if c.codes == codes), None)
    return None
