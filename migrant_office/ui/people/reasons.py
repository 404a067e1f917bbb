"""Why somebody was found, in words: what was met of what was typed, and how."""

from __future__ import annotations

from migrant_office.i18n import N_, _
from migrant_office.models.names.folding import fold
from migrant_office.models.names.vocabulary import How
from migrant_office.services.finding import Hit, Searched, Why
from migrant_office.services.people import PersonLine

NAMES = {
    How.SAME: N_("The name {word}"),
    How.BEGINS: N_("{word} begins as it was typed"),
    How.VARIANT: N_("{word} is another form of the name"),
    How.SOUNDS: N_("{word} sounds alike"),
    How.ONE_LETTER: N_("{word} differs by one letter"),
    How.TWO_LETTERS: N_("{word} differs by two letters"),
}
OTHERS = {
    Searched.PHONES: N_("The phone"),
    Searched.PAPERS: N_("A document number"),
    Searched.CODES: N_("The number of the case file or of a slip"),
    Searched.TEXTS: N_("Something written in the case file: {word}"),
}
PLAIN = (How.SAME, How.BEGINS)


def told(line: PersonLine) -> list[str]:
    """Every reason, one for each word that was typed."""
    return [sentence(line, why) for why in line.hit.why] + lacking(line.hit) if line.hit else []


def worth_saying(line: PersonLine) -> list[str]:
    """The reasons that the highlighted name does not show by itself."""
    if line.hit is None:
        return []
    shown = set(fold(line.name).split())
    return [
        sentence(line, why)
        for why in line.hit.why
        if why.kind is not Searched.NAMES or why.how not in PLAIN or fold(why.word) not in shown
    ] + lacking(line.hit)


def sentence(line: PersonLine, why: Why) -> str:
    if why.kind is not Searched.NAMES:
        return _(OTHERS[why.kind]).format(word=why.word)
    word = in_name(line, why.word)
    if not word:
        return _("Another name of this person: {word}").format(word=why.word.capitalize())
    return _(NAMES[why.how]).format(word=word)


def in_name(line: PersonLine, word: str) -> str:
    """A word as it stands in the name that is shown; '' when it stands elsewhere."""
    plain = fold(word)
    for part in line.name.split():
        if plain in (fold(part), fold(part).replace(" ", "")) or plain in fold(part).split():
            return part
    return line.name if plain in fold(line.name).replace(" ", "") else ""


def lacking(hit: Hit) -> list[str]:
    return [_("Not found: {word}").format(word=word) for word in hit.missing]


def otherwise(hit: Hit) -> str:
    """The words of the name that were met though they were typed otherwise, to be highlighted too."""
    return " ".join(why.word for why in hit.why if why.kind is Searched.NAMES and why.how not in PLAIN)
