"""The sheets there are: what each can know of its case, and the rows that its code asks for by name.

A third city writes other words in the same files; a new kind of sheet is a line here, a file of words, and the service
that fills it.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.models.sheet_print import SheetKind

OFFICE_FLAGS = frozenset({"office_contact"})
OFFICE_WORDS = frozenset("office contact date".split())
SERVICE_FLAGS = OFFICE_FLAGS | frozenset(
    "appointment time due date institution place officer desk assured stale documents no_documents steps free cost "
    "phone contact more_documents cut_documents cut_steps room notes person two_languages".split()
)
SERVICE_WORDS = OFFICE_WORDS | frozenset("Date time part checked institution place cost phone officer desk".split())
FRAME = frozenset(
    "kind column for slip sample unreviewed printed version reviewed page unknown in_spanish before morning afternoon "
    "evening hour qr qr_due qr_title qr_due_title go_before".split()
)
"""The rows of section "frame" that every sheet has: its own `kind`, the others from `common/sheets/frame.csv`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a file of words may use. `flags`: what a condition may ask; `words`: what stands in braces, `page` and
    `pages` beside; `required`: rows, as "section.key", that the code asks for; `phrases`: the catalogue's Spanish is
    translated on it; `framed`: it has header and footer of its own.
    """

    kind: SheetKind
    flags: frozenset[str] = OFFICE_FLAGS
    words: frozenset[str] = OFFICE_WORDS
    required: frozenset[str] = frozenset()
    phrases: bool = False
    framed: bool = True


def _of(section: str, keys: str) -> frozenset[str]:
    return frozenset(f"{section}.{key}" for key in keys.split())


TITLED = frozenset({"title.title"})
STUB = _of("hers", "head give back call") | _of("theirs", "cut title ask service made answer answer_why who return")
ROUTE = _of(
    "route", "kind stations done now later services meets missing confirm not_met papers more note free call back"
)

OWN_DATA = frozenset(
    "number given surname chosen others birth country nationality sex language interpreter phone email rule channel "
    "trusted address commune gender people seeing hearing walking remembering self_care communicating visits".split()
)
OWN_LISTS = frozenset("papers needs referrals received appointments consents".split())
OWN_FRAME = _of("frame", "until ended ends copy told since sent more") | _of("rights", "items")
APPOINTMENT = _of("frame", "cut name ask_hour morning afternoon evening qr qr_title") | _of(
    "when", "head picture items day"
)

MONTH_WORDS = frozenset("month first last place threshold base office_persons release fingerprint".split())
MONTH_FRAME = _of("frame", "revision persons events total read_from shaded legend")

WORDINGS: dict[str, Wording] = {
    "referral": Wording(SheetKind.REFERRAL, SERVICE_FLAGS, SERVICE_WORDS, phrases=True),
    "stub": Wording(SheetKind.REFERRAL, words=OFFICE_WORDS | {"slip", "service", "made"}, required=STUB, framed=False),
    "information": Wording(SheetKind.INFORMATION, SERVICE_FLAGS, SERVICE_WORDS, phrases=True),
    "route": Wording(SheetKind.ROUTE, required=ROUTE, framed=False),
    "labour_rights": Wording(SheetKind.LABOUR_RIGHTS, required=TITLED),
    "employers": Wording(SheetKind.EMPLOYERS, required=TITLED),
    "health_letter": Wording(
        SheetKind.HEALTH_LETTER, OFFICE_FLAGS | {"person"}, OFFICE_WORDS | {"person"}, required=TITLED
    ),
    "regularisation": Wording(SheetKind.REGULARISATION, required=TITLED),
    "own_data": Wording(
        SheetKind.OWN_DATA,
        OWN_DATA | OWN_LISTS | {"no_contact", "reach", "sensitive"},
        OWN_DATA | {"what", "last", "version", "since"},
        required=TITLED | OWN_FRAME,
    ),
    "ticket": Wording(SheetKind.TICKET, frozenset({"need"}), frozenset({"need"}), required=_of("frame", "number cut")),
    "appointment": Wording(
        SheetKind.APPOINTMENT,
        OFFICE_FLAGS | frozenset("time place interpreter".split()),
        OFFICE_WORDS | frozenset("Date time part place".split()),
        required=APPOINTMENT,
    ),
    "month": Wording(
        SheetKind.MONTH,
        frozenset({"demo", "total_only", "impossible"}),
        MONTH_WORDS | {"office"},
        TITLED | MONTH_FRAME | _of("read", "head") | _of("meaning", "head items"),
    ),
}
"""By the name of the file."""
PLAIN = ("labour_rights", "employers", "health_letter", "regularisation")
"""Sheets that say the same to everybody."""
