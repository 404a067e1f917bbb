"""Rows of sheets in words: which part, when they are printed, who approved them, and what the office did with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrant_office.creole import slips
from migrant_office.i18n import N_, _, ngettext, translator
from migrant_office.models.sheet import SheetText
from migrant_office.services.sheet_wording import SheetLine
from migrant_office.services.sheets.laying import FRAMED, HEAD, TITLE, WordingRow
from migrant_office.ui import words
from migrant_office.ui.widgets.marks import MarkSpec

FLAGS = {
    "office_contact": N_("telephone of the office"),
    "appointment": N_("appointment"),
    "time": N_("time of the appointment"),
    "due": N_("day to have gone by"),
    "date": N_("appointment or day to have gone by"),
    "institution": N_("name of the institution"),
    "place": N_("address"),
    "officer": N_("name of the officer"),
    "desk": N_("number of the counter"),
    "assured": N_("facts confirmed with the institution"),
    "stale": N_("facts confirmed long ago"),
    "documents": N_("documents to bring"),
    "no_documents": N_("service that asks for no documents"),
    "steps": N_("steps of the service"),
    "free": N_("service free of charge"),
    "cost": N_("cost of the service"),
    "phone": N_("telephone"),
    "contact": N_("other ways to make contact"),
    "more_documents": N_("more documents than page one holds"),
    "cut_documents": N_("documents that have no place"),
    "cut_steps": N_("steps that have no place"),
    "room": N_("room on the page"),
    "notes": N_("room for notes"),
    "person": N_("name of the person"),
    "need": N_("what the person comes for"),
    "interpreter": N_("wish for an interpreter"),
    "number": N_("number of the case file"),
    "given": N_("given names"),
    "surname": N_("surnames"),
    "chosen": N_("chosen name"),
    "others": N_("other names"),
    "birth": N_("date of birth"),
    "country": N_("country of birth"),
    "nationality": N_("nationality"),
    "sex": N_("sex"),
    "language": N_("language"),
    "email": N_("e-mail"),
    "rule": N_("rule for making contact"),
    "channel": N_("preferred way of contact"),
    "trusted": N_("trusted person"),
    "address": N_("address of the person"),
    "commune": N_("place where the person lives"),
    "gender": N_("gender"),
    "people": N_("indigenous people"),
    "seeing": N_("answer on seeing"),
    "hearing": N_("answer on hearing"),
    "walking": N_("answer on walking"),
    "remembering": N_("answer on remembering"),
    "self_care": N_("answer on self-care"),
    "communicating": N_("answer on communicating"),
    "visits": N_("visits to the office"),
    "papers": N_("noted documents"),
    "needs": N_("needs"),
    "referrals": N_("referrals"),
    "received": N_("institutions that received data"),
    "appointments": N_("appointments"),
    "consents": N_("decisions on data"),
    "no_contact": N_("wish not to be contacted"),
    "reach": N_("way to reach the person"),
    "sensitive": N_("delicate answers"),
    "demo": N_("invented people"),
    "total_only": N_("totals alone"),
    "impossible": N_("figures that cannot be"),
    "two_languages": N_("two languages on the sheet"),
}
"""What a condition can ask for, after “only with”."""
KINDS = {
    "text": N_("Text"),
    "tick": N_("Text with a box to tick"),
    "step": N_("Numbered step"),
    "call": N_("Telephone in large print"),
    "lines": N_("Lines to write on"),
}
FILLED = {
    "items": N_("Here the program lists what the catalogue says."),
    "picture": N_("Here the program draws the appointment."),
    "lines": N_("Empty lines to write on."),
    "sign": N_("Place to sign."),
}
TITLES = {"stub": N_("Slip that comes back"), "route": N_("My route")}


def sheet_title(line: SheetLine) -> str:
    """What a sheet is called in the list."""
    return _(TITLES[line.name]) if line.name in TITLES else words.coded(line.kind)


def flag(name: str) -> str:
    return _(FLAGS[name]) if name in FLAGS else name


def when(condition: str) -> str:
    """When a row is printed: "Only with: appointment, time. Only without: address."; "" for always."""
    wanted, unwanted = asked(condition)
    parts = [_("Only with: {what}.").format(what=", ".join(map(flag, wanted)))] if wanted else []
    parts += [_("Only without: {what}.").format(what=", ".join(map(flag, unwanted)))] if unwanted else []
    return " ".join(parts)


def asked(condition: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The flags that a condition wants, and those it does not."""
    terms = [term.strip() for term in condition.split(" and ") if term.strip()]
    return (
        tuple(term for term in terms if not term.startswith("not ")),
        tuple(term.removeprefix("not ") for term in terms if term.startswith("not ")),
    )


def condition_of(wanted: Iterable[str], unwanted: Iterable[str]) -> str:
    return " and ".join([*wanted, *(f"not {name}" for name in unwanted)])


def section(name: str, rows: Iterable[WordingRow]) -> str:
    """What a part of a sheet is called: its heading, in the language of the window."""
    if name == FRAMED:
        return _("Frame")
    if name == TITLE:
        return _("Title")
    heads = [row.text for row in rows if row.text.section == name and row.text.key == HEAD and not row.removed]
    first = heads or [row.text for row in rows if row.text.section == name and row.worded]
    return plain(first[0].text(translator().lang)) if first else name


def plain(text: str) -> str:
    """A text without the asterisks of its bold letters."""
    return text.replace("**", "")


def texts(row: WordingRow) -> tuple[str, str, str]:
    """Spanish, Creole and English as the list shows them; of a row without words what the program puts there."""
    said = row.said
    if not any((said.es, said.ht, said.en)):
        told = _(FILLED[said.key]) if said.key in FILLED else ""
        return told, "", ""
    return plain(said.es), plain(said.ht), plain(said.en)


def review(text: SheetText) -> MarkSpec:
    """Who approved the Creole of a row."""
    if text.review is not None:
        told = _("Approved: {name}, {day}").format(name=text.review.reviewer, day=translator().date(text.review.on))
        return MarkSpec(told, "ok", "circle-check")
    return MarkSpec(_("Not reviewed"), "warn", "alert-triangle")


def marks(row: WordingRow, *, unsaved: bool = False) -> Iterator[MarkSpec]:
    """What stands under a row: what the office did with it, and who approved its Creole."""
    if unsaved:
        yield MarkSpec(_("Not saved yet"), "blue", "pencil", strong=True)
    if row.fault is not None:
        yield MarkSpec(_("Cannot be printed"), "bad", "alert-circle", strong=True)
    elif row.outdated:
        yield MarkSpec(_("The program's text changed"), "warn", "refresh", strong=True)
    if row.removed:
        yield MarkSpec(_("Taken out"), "hint", "trash")
        return
    if unsaved:
        pass  # what the office did before matters less
    elif row.own:
        yield MarkSpec(_("Of the office"), "blue", "building-community")
    elif row.changed:
        yield MarkSpec(_("Changed by the office"), "blue", "pencil")
    elif row.moved:
        yield MarkSpec(_("Moved by the office"), "blue", "selector")
    if row.worded and row.said.es != row.said.ht:
        yield review(row.said)


def counts(line: SheetLine) -> str:
    """One line under the name of a sheet."""
    drafts = ngettext("{count} row not reviewed", "{count} rows not reviewed", line.drafts).format(count=line.drafts)
    parts = [drafts if line.drafts else _("All reviewed")]
    if line.waiting:
        told = ngettext("{count} row to look at", "{count} rows to look at", line.waiting)
        parts.append(told.format(count=line.waiting))
    return "  ·  ".join(parts)


def creole_slips(text: str) -> list[str]:
    """What looks wrong in a Creole text, a line each, in the language of the window; the same one once."""
    found = []
    for slip in slips(text):
        reason = _(slip.reason).format(instead=slip.instead)
        found.append(f"{slip.word}: {reason}" if slip.word else reason)
    return list(dict.fromkeys(found))
