"""How alike two records are, in words and marks."""

from __future__ import annotations

from migrant_office.i18n import _
from migrant_office.models.judgement import Verdict
from migrant_office.models.likeness.weighing import Likeness
from migrant_office.ui.widgets.marks import MarkSpec


def reasons(likeness: Likeness) -> str:
    """Every reason, those for first: "Same birth date  ·  The surname sounds alike"."""
    return "  ·  ".join(_(reason.label) for reason in likeness.reasons)


def strength_mark(likeness: Likeness) -> MarkSpec:
    if likeness.is_likely:
        return MarkSpec(_("Very likely"), "warn", "users")
    return MarkSpec(_("Possible"), "neutral", "user-question")


def verdict_mark(verdict: object) -> MarkSpec | None:
    """What somebody said of a pair that waits."""
    if verdict is Verdict.SAME:
        return MarkSpec(_("Said to be the same person"), "blue", "user-check")
    if verdict is Verdict.UNSURE:
        return MarkSpec(_("Somebody was not sure"), "hint", "help")
    return None
