"""How consents read on screen: the state of one purpose, who said it, to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrant_office.i18n import _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.consent import Consent, Manner, SaidBy
from migrant_office.models.notice import Basis, Notice, Purpose
from migrant_office.models.person import Language
from migrant_office.services import consents
from migrant_office.ui import words
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.row import RowSpec

Services = Mapping[str, tuple[str, str]]  # id → (name, owner)
NOTICE_LANGUAGES = (Language.ES, Language.HT, Language.EN)  # those the notice is written in


@dataclass(frozen=True, slots=True)
class Held:
    """One purpose, for everybody or for one body, with what was said last; None when nobody asked."""

    purpose: Purpose
    recipient: str
    consent: Consent | None

    @property
    def given(self) -> bool:
        return consents.is_given(self.consent)


def held_in(case: CaseFile, notice: Notice) -> list[Held]:
    """Every purpose of the notice in its order, and under it the single bodies that were asked about."""
    found, standing = [], consents.standing(case)
    for purpose in notice.asked:
        found.append(Held(purpose, "", standing.get((purpose.code, ""))))
        found += [
            Held(purpose, recipient, consent)
            for (code, recipient), consent in standing.items()
            if code == purpose.code and recipient
        ]
    return found


def title_of(held: Held, services: Services) -> str:
    """The purpose, or the one body that was asked about under it."""
    name, owner = services.get(held.recipient, ("", ""))
    return (owner or name or held.recipient) if held.recipient else held.purpose.title.text(translator().lang)


def hint_of(held: Held, notice: Notice) -> str:
    """Who said it, when and in which language; that it was to an earlier notice; for none, what that means."""
    consent = held.consent
    if consent is None:
        return _("Asked again for each referral") if held.purpose.each else ""
    who = words.coded(consent.by)
    if consent.by == SaidBy.GUARDIAN and consent.guardian:
        who = f"{who}: {consent.guardian}"
    told = [who, translator().day_month(consent.made), language_name(consent.language)]
    version = consent.version.partition("-")[0]
    earlier = consent.version != notice.edition
    told.append((_("earlier notice {version}") if earlier else _("notice {version}")).format(version=version))
    return "  ·  ".join(told)


def language_name(code: str) -> str:
    return words.coded(Language(code)).lower() if code in set(Language) else code


def lacks_signature(held: Held) -> bool:
    """Whether the law wants in writing what was only spoken; it warns and blocks nothing."""
    return held.purpose.written and held.given and held.consent is not None and held.consent.manner != Manner.SIGNED


def basis_of(purpose: Purpose) -> str:
    """What allows this use, and whether somebody has verified it."""
    words_ = _("Basis: consent") if purpose.basis is Basis.CONSENT else _("Basis: the office's own function")
    sure = all(law.verified_on for law in purpose.laws)
    return words_ if sure else _("{basis} (to be confirmed by a lawyer)").format(basis=words_)


def row_of(held: Held, notice: Notice, services: Services) -> RowSpec:
    marks = [words.consent_mark(held.consent)]
    if lacks_signature(held):
        marks.insert(0, MarkSpec(_("Signature missing"), "warn", "pencil"))
    return RowSpec(
        (held.purpose.code, held.recipient),
        title_of(held, services),
        hint_of(held, notice),
        anchor_icon="send" if held.recipient else held.purpose.icon,
        marks=tuple(marks),
    )
