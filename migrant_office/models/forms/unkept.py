"""What this desk does not keep as codes: violence, torture, offences. Such a person is referred, in confidence.

A laptop in a municipal office is no place for them, and no service here needs them coded. The codes are those of the
UNHCR list of specific needs: LP-AP, LP-CR, LP-ST, and everything under TR and SV.
"""

from __future__ import annotations

import re

from migrant_office.i18n import N_

SENTENCE = N_("This desk keeps no codes for violence, torture or offences: refer in confidence instead.")
_CODES = re.compile(r"(?:lp[-_](?:ap|cr|st)|tr[-_][a-z]{2}|sv[-_][a-z]{2})\Z", re.IGNORECASE)
_TONGUES = frozenset({"tr_tr", "tr_cy", "sv_se", "sv_fi"})  # Turkish and Swedish, as lists of languages write them


def unkept(code: str) -> bool:
    """Whether the name of a question or choice is one of those codes."""
    return bool(_CODES.match(code)) and code.lower().replace("-", "_") not in _TONGUES
