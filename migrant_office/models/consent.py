"""What somebody was told about her data, and what she agreed to, purpose by purpose.

The sections follow ISO/IEC TS 27560: which notice, which purpose, who said it, when, and the state. An entry is never
changed: a later one for the same purpose and recipient says what holds now.
"""

from __future__ import annotations

from datetime import date

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded
from migrant_office.models.vault.nouns import Home, noun, scalar


class ConsentState(Coded):
    GIVEN = "given", N_("Agreed")
    REFUSED = "refused", N_("Did not agree")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class SaidBy(Coded):
    """Who spoke: a child's guardian, never the child alone."""

    SELF = "self", N_("The person")
    GUARDIAN = "guardian", N_("Guardian")


class Manner(Coded):
    """How it was said; the paper with a signature is a manner, not a condition."""

    SPOKEN = "spoken", N_("Spoken")
    SIGNED = "signed", N_("Signed on paper")
    INTERPRETED = "interpreted", N_("Spoken through an interpreter")


@noun("consent", Home.CASE, once=True)
class Consent:
    """One answer to one purpose of one version of a notice. `recipient` is the id of the private body's service when
    the purpose is asked referral by referral, else ""; `referral` the referral it was asked for; `language` the one the
    notice was shown in; `guardian` who spoke for a minor, in words; `ends` the yes that is taken back with this
    one: it goes with that when joined files are separated.
    """

    id: str
    notice: str = scalar()
    version: str = scalar()
    purpose: str = scalar(index=True)
    state: ConsentState = scalar()
    made: date = scalar()
    recorded: date = scalar(index=True)
    officer: str = scalar(default="")
    language: str = scalar(default="es")
    by: SaidBy = scalar(default=SaidBy.SELF)
    manner: Manner = scalar(default=Manner.SPOKEN)
    guardian: str = scalar(default="", column=False)
    recipient: str = scalar(default="", index=True)
    referral: str = scalar(default="", follows=True)
    ends: str = scalar(default="", column=False, follows=True)
