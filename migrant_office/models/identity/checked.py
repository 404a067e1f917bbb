"""Numbers that can be checked: RUN of Chile, CURP of Mexico, telephones. A doubt is told and blocks nothing.

Their libraries are imported where they serve: together they cost the start more than the whole lock screen may
(docs/decisions/011).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from migrant_office.i18n import N_

WRONG_DIGIT = N_("The last digit does not match. You can save it all the same.")
_RUN_FORM = N_("A RUN has up to nine figures and a last one that may be K. You can save it all the same.")
_CURP_FORM = N_("A CURP has 18 letters and figures. You can save it all the same.")
_CURP_DATE = N_("The CURP holds no date of birth that exists. You can save it all the same.")
_CURP_STATE = N_("No state has these letters in the CURP. You can save it all the same.")
_PHONE = N_("This does not look like a whole phone number. You can save it all the same.")

_RUN = re.compile(r"(\d{6,9})([\dK])\Z", re.ASCII)  # nine: the provisional numbers of people without a RUN of their own
_CURP = re.compile(r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d\Z", re.ASCII)
_ONLY_A_PHONE = re.compile(r"[\d\s+()./-]+\Z")
_OLD_MEXICAN = re.compile(r"(?:(?:\+|00)\s*52[\s-]*1|\b04[45])(?=(?:[\s().-]*\d){10}\s*\Z)")
_CURP_SEX = {"H": "M", "M": "F", "X": "X"}
BORN_ABROAD = "NE"
STATES = {
    "AS": "Aguascalientes",
    "BC": "Baja California",
    "BS": "Baja California Sur",
    "CC": "Campeche",
    "CL": "Coahuila",
    "CM": "Colima",
    "CS": "Chiapas",
    "CH": "Chihuahua",
    "DF": "Ciudad de México",
    "DG": "Durango",
    "GT": "Guanajuato",
    "GR": "Guerrero",
    "HG": "Hidalgo",
    "JC": "Jalisco",
    "MC": "Estado de México",
    "MN": "Michoacán",
    "MS": "Morelos",
    "NT": "Nayarit",
    "NL": "Nuevo León",
    "OC": "Oaxaca",
    "PL": "Puebla",
    "QT": "Querétaro",
    "QR": "Quintana Roo",
    "SP": "San Luis Potosí",
    "SL": "Sinaloa",
    "SR": "Sonora",
    "TC": "Tabasco",
    "TS": "Tamaulipas",
    "TL": "Tlaxcala",
    "VZ": "Veracruz",
    "YN": "Yucatán",
    "ZS": "Zacatecas",
    BORN_ABROAD: "",
}
"""The letters of the states in a CURP and their names, as the National Population Registry lists them; '' abroad."""


@dataclass(frozen=True)
class CheckedNumber:
    """`text` as it is kept: in its usual form when all is well, else as it was typed; `sentence` a message id."""

    text: str
    ok: bool
    sentence: str = ""


@dataclass(frozen=True)
class CheckedCurp(CheckedNumber):
    """`birth`, `sex` (F, M, X) and `state` (two letters, NE for born abroad) as far as the CURP can be read."""

    birth: date | None = None
    sex: str = ""
    state: str = ""


def checked_run(text: str) -> CheckedNumber:
    """A RUN or RUT, kept as 12.345.678-5. '' is well: nothing was said."""
    from stdnum.cl import rut

    if not text.strip():
        return CheckedNumber("", ok=True)
    compact = rut.compact(re.sub(r"^\W*RU[NT]\W*", "", _plain(text)))
    if not (found := _RUN.match(compact)):
        return CheckedNumber(text, ok=False, sentence=_RUN_FORM)
    figures, last = found.groups()
    if rut.calc_check_digit(figures) != last:
        return CheckedNumber(text, ok=False, sentence=WRONG_DIGIT)
    return CheckedNumber(f"{int(figures):,}".replace(",", ".") + f"-{last}", ok=True)


def checked_curp(text: str) -> CheckedCurp:
    """A CURP, kept in capitals without blanks, and what it says. '' is well: nothing was said.

    Not `stdnum.mx.curp.validate`: it refuses the X that the registry writes for people who are neither.
    """
    from stdnum.mx import curp

    if not text.strip():
        return CheckedCurp("", ok=True)
    compact = curp.compact(re.sub(r"^\W*CURP\W+", "", _plain(text)))
    if not _CURP.match(compact):
        return CheckedCurp(text, ok=False, sentence=_CURP_FORM)
    birth, sex, state = _birth(compact), _CURP_SEX[compact[10]], compact[11:13]
    known = state if state in STATES else ""
    wrong = (
        (birth is None, _CURP_DATE),
        (not known, _CURP_STATE),
        (curp.calc_check_digit(compact) != compact[-1], WRONG_DIGIT),
    )
    sentence = next((said for is_wrong, said in wrong if is_wrong), "")
    return CheckedCurp(text if sentence else compact, not sentence, sentence, birth, sex, known)


def _birth(compact: str) -> date | None:
    from stdnum.exceptions import ValidationError
    from stdnum.mx import curp

    try:
        return curp.get_birth_date(compact)
    except ValidationError:
        return None


def checked_phone(text: str, country: str) -> CheckedNumber:
    """A telephone of `country` (ISO alpha-2) unless it begins with +, kept in international form.

    The 1, 044 and 045 of Mexican mobiles are left out: nobody dials them since August 2019, many still say them.
    With words around it ("9 8765 4321, ask for her sister") it is kept as typed. '' is well: nothing was said.
    """
    import phonenumbers
    from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberMatcher

    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return CheckedNumber("", ok=True)
    if not _ONLY_A_PHONE.match(plain):
        found = any(True for _match in PhoneNumberMatcher(plain[:250], country))
        return CheckedNumber(text, found, "" if found else _PHONE)
    try:
        number = phonenumbers.parse(_OLD_MEXICAN.sub("+52 ", plain), country)
    except NumberParseException:
        return CheckedNumber(text, ok=False, sentence=_PHONE)
    if not phonenumbers.is_valid_number(number):
        return CheckedNumber(text, ok=False, sentence=_PHONE)
    return CheckedNumber(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL), ok=True)


def _plain(text: str) -> str:
    """Capitals, and figures of any keyboard as ours."""
    return unicodedata.normalize("NFKC", text).upper().strip()
