"""The short code of a slip: what a partner types, reads over the phone or scans to say what came of a referral.

Ten symbols, written 3-3-4: two say which office (a letter and a digit), seven are drawn from the referral's id, one
is a check symbol. They tell nothing about the person. There are 23 symbols: no vowel, so no word comes out; none that
is mistaken for another on paper (O and 0, I and 1, S and 5, Z and 2, B and 8). ISO 7064's pure system over a prime
number of symbols finds every single wrong symbol and every swap of two neighbours (docs/decisions/025).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from enum import StrEnum

from stdnum.iso7064 import mod_37_2  # takes any alphabet; python-stdnum is kept since 2010 and already here

DIGITS, LETTERS = "0123456789", "CDFHJKMNPRTXY"
SYMBOLS = DIGITS + LETTERS
LENGTH, OWN = 10, 7
OLD_LENGTH, OLD_SYMBOLS = 8, frozenset("ACDEFHJKMNPQRTUVWXY34679")
CONFUSED = str.maketrans("OQILSZB", "0011528")
GROUPS = (3, 6)  # where a hyphen goes


class Reading(StrEnum):
    """What was typed, before anybody looks whether there is such a referral."""

    SLIP = "slip"
    OLD = "old"  # of the first months: eight symbols, no check
    WRONG = "wrong"  # a symbol is wrong, or two are swapped
    OTHER = "other"  # of another office
    NONE = "none"  # no code of a slip


def office_tag(office: str) -> str:
    """Letter and digit that say which office, from its random id. A folio begins with two letters, a phone with a
    digit: neither is taken for a slip.
    """
    number = int.from_bytes(hashlib.sha256(f"slip of {office}".encode()).digest()[:4], "big")
    return LETTERS[number // len(DIGITS) % len(LETTERS)] + DIGITS[number % len(DIGITS)]


def new_code(office: str, referral: str, attempt: int = 0) -> str:
    """The code for a referral of an office; another one for each `attempt`, should it be taken."""
    told = f"slip {referral} {attempt}".encode()
    number = int.from_bytes(hashlib.sha256(told).digest()[:8], "big")
    own = "".join(SYMBOLS[number // len(SYMBOLS) ** place % len(SYMBOLS)] for place in range(OWN))
    return checked(office_tag(office) + own)


def checked(body: str) -> str:
    return body + mod_37_2.calc_check_digit(body, alphabet=SYMBOLS)


def is_valid(code: str) -> bool:
    """Whether ten symbols agree with their check symbol."""
    return len(code) == LENGTH and mod_37_2.is_valid(code, alphabet=SYMBOLS)


def plain(text: str) -> str:
    """Capital letters and digits of what was typed or scanned; a scanner on a Spanish keyboard writes ' for -."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[^A-Z0-9]", "", folded)


def cleaned(text: str) -> str:
    """What was typed with the symbols that are taken for another put right: a letter O is a zero."""
    return plain(text).translate(CONFUSED)


def read(text: str, office: str) -> tuple[Reading, str]:
    """What was typed, and the code that it means ("" where there is none)."""
    typed, code = plain(text), cleaned(text)
    if len(typed) == OLD_LENGTH and OLD_SYMBOLS.issuperset(typed):
        return Reading.OLD, typed
    if len(code) != LENGTH or not set(SYMBOLS).issuperset(code):
        return Reading.NONE, ""
    if not is_valid(code):
        return Reading.WRONG, code
    return (Reading.SLIP if code.startswith(office_tag(office)) else Reading.OTHER), code


def may_be_slip(text: str) -> bool:
    """Whether a text of the search has the shape of a whole code: a letter and a digit first, as only slips have."""
    typed, code = plain(text), cleaned(text)
    if len(typed) == OLD_LENGTH:
        return OLD_SYMBOLS.issuperset(typed)
    begun = bool(code) and code[0] in LETTERS and code[1:2].isdecimal()
    return len(code) == LENGTH and begun and set(SYMBOLS).issuperset(code)


def grouped(code: str) -> str:
    """A code as it is printed and shown: K7X-3F9-D2M4; an old one in two halves."""
    if len(code) == LENGTH:
        return "-".join((code[: GROUPS[0]], code[GROUPS[0] : GROUPS[1]], code[GROUPS[1] :]))
    return "-".join((code[:4], code[4:])) if len(code) == OLD_LENGTH else code
