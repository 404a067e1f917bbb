"""Who issues documents: the three letters of ICAO Doc 9303 part 3, section 5, as ISO 3166-1 alpha-2 if there is one."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from migrant_office import i18n
from migrant_office.i18n import N_, Translator
from migrant_office.models.identity.layouts import FILLER

STATELESS, REFUGEE, OTHER_REFUGEE, NOT_STATED = "XXA", "XXB", "XXC", "XXX"
_WORDS = {
    STATELESS: N_("Stateless"),
    REFUGEE: N_("Refugee"),
    OTHER_REFUGEE: N_("Refugee"),
    NOT_STATED: N_("Nationality not stated"),
}
_OWN = {"D": "DE", "RKS": "XK", **dict.fromkeys(("GBD", "GBN", "GBO", "GBP", "GBS"), "GB")}
_ORGANISATIONS = frozenset(
    {"EUE", "UNO", "UNA", "UNK", "XBA", "XCC", "XCE", "XCO", "XDC", "XEC", "XES", "XIM", "XMP", "XOM", "XPO"}
)


@cache
def _three_letters() -> dict[str, str]:
    """ISO alpha-3 to alpha-2, from the territory aliases of CLDR; states that came apart are left out."""
    known = i18n.countries()
    aliases = get_global("territory_aliases")
    return {old: new[0] for old, new in aliases.items() if len(old) == 3 and len(new) == 1 and new[0] in known}


def state_of(icao: str) -> str:
    """The alpha-2 code of a state; the letters themselves for the stateless, organisations and what nobody knows."""
    code = icao.strip(FILLER)
    if code in _WORDS or code in _ORGANISATIONS:
        return code
    return _OWN.get(code) or _three_letters().get(code, code)


def is_known(code: str) -> bool:
    """Whether `state_of` answered something that exists."""
    return code in _WORDS or code in _ORGANISATIONS or code in i18n.countries() or code == _OWN["RKS"]


def state_words(code: str, translator: Translator) -> str:
    """The name of a state in the reader's language, in words also where it is none; '' for ''."""
    if code in _ORGANISATIONS:
        return translator.gettext(N_("International organisation"))
    return translator.gettext(_WORDS[code]) if code in _WORDS else translator.country(code)
