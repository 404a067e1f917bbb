"""Find people by whatever was typed of them: any spelling, any order, unfinished; each hit says why it is one.

First what begins as typed, newest first: nearly every key is answered there. Then what a word may have meant, by sound
or by a slip of the hand, from the vocabulary of names and again from the index; people are never compared one by one
(docs/decisions/020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from migrant_office.models.names.folding import PARTICLES, fold, words
from migrant_office.models.names.vocabulary import ALIKENESS, SHORT, How, Meant, Vocabulary
from migrant_office.models.office import Desk
from migrant_office.models.reads import finding as reads
from migrant_office.models.reads.finding import Found
from migrant_office.models.reads.people import MOST
from migrant_office.models.vault.nouns import Searched
from migrant_office.models.vault.search import match_expression

WORDS = 8  # typed words that are looked at
ENOUGH = 10  # hits, with which nobody looks further
LOOKED_AT = 200  # documents a question may bring, to be put in order
TIERS = (0.9, 0.8, 0.0)  # what a word may mean: surely, probably, perhaps
LESS = (0.88,)  # where one word is left out
SURE = 0.95  # mean score of a hit, with which nobody looks further
PORTION = 4_000  # words whose sounds are worked out at once
PATIENCE = 8  # questions to the index
RESPACED = 3
FAR_WORTH = 0.7  # of a word that is none of those stored, but somewhat like one
ELSEWHERE = (Searched.PHONES, Searched.PAPERS, Searched.CODES, Searched.TEXTS)
EXTRA = 0.004  # what a name that was not typed costs: the fuller match first

__all__ = ["Hit", "Searched", "Why", "find"]

Alternatives = list[list[Meant]]  # for each typed word, what it may mean


@dataclass(frozen=True, slots=True)
class Why:
    """One reason of a hit: the kind of word that was met, how, and the word as it is stored."""

    kind: Searched
    how: How
    word: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found. `score` is 1 where every word stands as typed; `missing` are typed words it has not."""

    case: str
    score: float
    why: tuple[Why, ...]
    missing: tuple[str, ...] = ()


def find(desk: Desk, text: str) -> list[Hit]:
    """The cases meant by a text, the likeliest first, then the newest; at most MOST. Restricted ones only for whoever
    has the key of the compartment.
    """
    typed = typed_words(text)
    if not typed:
        return []
    vocabulary = reads.refresh(desk.vault, desk.vocabulary)
    plain = [Meant(fold(word), 0.97, How.BEGINS, start=True) for word in typed]
    exactly = [[Meant(fold(word), 1.0, How.SAME), begun] for word, begun in zip(typed, plain, strict=True)]
    search = Search(desk, typed)
    search.take(match_expression(" ".join(typed) if len(typed) > 1 else text), [Sought(means) for means in exactly])
    if len(search.hits) < ENOUGH and any(is_name(word) for word in typed):
        look_wider(search, vocabulary)
    return search.best()


def warm_up(desk: Desk, begun: int = 0) -> int:
    """Read the names of the office while nobody waits for them, and work out how some of them sound; answers where to
    go on, 0 at the end. Each call takes about a tenth of a second.
    """
    vocabulary = reads.refresh(desk.vault, desk.vocabulary)
    known = list(vocabulary.heard)
    for word in known[begun : begun + PORTION]:
        vocabulary.write_out(word)
    return begun + PORTION if begun + PORTION < len(known) else 0


class Search:
    """The hits of one question so far, by case; a better reason takes the place of a worse one."""

    def __init__(self, desk: Desk, typed: Sequence[str]) -> None:
        self.desk, self.typed = desk, typed
        self.hits: dict[str, tuple[Found, Hit]] = {}
        self.asked: set[str] = set()

    def take(self, expression: str, sought: Sequence[Sought], missing: tuple[str, ...] = ()) -> None:
        """Ask the index, unless it was asked the same before, and weigh what comes."""
        if not expression or expression in self.asked:
            return
        self.asked.add(expression)
        for row in reads.found(self.desk.vault, expression, MOST if len(self.asked) == 1 else LOOKED_AT):
            hit = weighed(row, sought, missing)
            known = self.hits.get(row.case)
            if known is None or known[1].score < hit.score:
                self.hits[row.case] = row, hit

    def best(self) -> list[Hit]:
        ranked = sorted(self.hits.values(), key=lambda told: (-round(told[1].score, 3), -told[0].rid))
        return [with_accents(hit, row) for row, hit in ranked[:MOST]]

    def is_done(self) -> bool:
        """Enough hits, one that can hardly be wrong, or so many questions that somebody is waiting."""
        if len(self.hits) >= ENOUGH or len(self.asked) >= PATIENCE:
            return True
        return any(hit.score >= SURE for _row, hit in self.hits.values())


def look_wider(search: Search, vocabulary: Vocabulary) -> None:
    """What the words may have meant; then words written as one or as two, two wrong letters, and a word too many."""
    ask_in_tiers(search, meanings(vocabulary, search.typed))
    for other in islice(respaced(search.typed, vocabulary), RESPACED):
        if not search.is_done():
            ask_in_tiers(search, meanings(vocabulary, other), TIERS[1:2])
    if not search.is_done():
        ask_in_tiers(search, meanings(vocabulary, search.typed, far=True), TIERS[2:])
    for at, left_out in enumerate(search.typed if len(search.typed) > 1 else ()):
        if not search.is_done():
            fewer = [word for n, word in enumerate(search.typed) if n != at]
            ask_in_tiers(search, meanings(vocabulary, fewer), LESS, (left_out,))


def ask_in_tiers(
    search: Search, alternatives: Alternatives, tiers: Sequence[float] = TIERS, missing: tuple[str, ...] = ()
) -> None:
    """From the surest meanings to the others, until there is enough."""
    sought = [Sought(means) for means in alternatives]
    for tier in tiers:
        chosen = [[m for m in means if m.score >= tier] for means in alternatives]
        if all(chosen):
            search.take(expression_of(chosen), sought, missing)
        if search.is_done():
            return


def meanings(vocabulary: Vocabulary, typed: Sequence[str], *, far: bool = False) -> Alternatives:
    """For each typed word what it may mean; a number means only what begins with it."""
    return [
        vocabulary.meant(word, far=far) if is_name(word) else [Meant(fold(word), 0.97, How.BEGINS, start=True)]
        for word in typed
    ]


def typed_words(text: str) -> list[str]:
    """The words of a text in lower case, accents kept; particles only where there is nothing else."""
    found = words(text)[:WORDS]
    return [word for word in found if word not in PARTICLES] or found


def is_name(word: str) -> bool:
    return word.isalpha()


def respaced(typed: Sequence[str], vocabulary: Vocabulary) -> Iterator[list[str]]:
    """The same with two words written as one (Jean Baptiste), or one as two, where the names are known."""
    for at, (one, next_one) in enumerate(pairwise(typed)):
        if is_name(one + next_one) and vocabulary.knows(one + next_one):
            yield [*typed[:at], one + next_one, *typed[at + 2 :]]
    for at, word in enumerate(typed):
        if not is_name(word) or fold(word) in vocabulary.heard:
            continue
        for parts in cut_in_two(word, vocabulary):
            yield [*typed[:at], *parts, *typed[at + 1 :]]


def cut_in_two(word: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """A word as two names: first where one of them is written so, then where both only sound like one and are long
    enough to mean something, for nearly any two letters sound like somebody.
    """
    cuts = [(word[:cut], word[cut:]) for cut in range(SHORT - 1, len(word) - SHORT + 1)]
    known = [parts for parts in cuts if all(vocabulary.knows(part) for part in parts)]
    written = [parts for parts in known if any(fold(part) in vocabulary.heard for part in parts)]
    return written + [parts for parts in known if parts not in written and min(map(len, parts)) > SHORT]


def expression_of(alternatives: Alternatives) -> str:
    """The FTS5 expression: of every typed word one meaning, a name or anything that begins as typed."""
    groups = []
    for means in alternatives:
        terms = " OR ".join(f'"{m.word}"*' if m.start else f'"{m.word}"' for m in widest(means))
        groups.append(f"(names : ({terms}))" if means[0].word.isalpha() else f"({terms})")
    return " AND ".join(groups)


def widest(means: Sequence[Meant]) -> list[Meant]:
    """The same without what another of them meets too: the index looks for each term, and "jose"* meets joseph."""
    starts = [m.word for m in means if m.start]
    return [m for m in means if not any(m.word.startswith(s) and (m.word != s or not m.start) for s in starts)]


class Sought:
    """What one typed word may mean, set out so that some hundred documents are quickly looked through."""

    def __init__(self, means: Sequence[Meant]) -> None:
        self.means = means
        self.rank = {m.word: at for at, m in reversed([*enumerate(means)])}
        self.starts = [(at, m.word) for at, m in enumerate(means) if m.start]
        self.plain = [m for m in means if m.how in (How.SAME, How.BEGINS)]

    def met(self, row: Found, names: Sequence[str]) -> tuple[Why, float] | None:
        """The surest meaning that a document holds and how much it counts; what was typed counts wherever it stands."""
        at, word = self.named(names)
        if at and (other := self.elsewhere(row, self.plain[:1] if word else self.plain)):
            return other
        if not word:
            return None
        meant = self.means[at]
        how = How.SAME if meant.how is How.BEGINS and meant.word == word else meant.how
        return Why(Searched.NAMES, how, word), meant.score

    def named(self, names: Sequence[str]) -> tuple[int, str]:
        """The rank of the surest meaning that is one of the names, or begins one; and that name, "" where none is."""
        at, word = min(((self.rank[name], name) for name in names if name in self.rank), default=(len(self.means), ""))
        for rank, start in self.starts:
            if rank >= at:
                break
            for name in names:
                if name.startswith(start):
                    return rank, name
        return at, word

    def elsewhere(self, row: Found, plain: Sequence[Meant]) -> tuple[Why, float] | None:
        """Where else a document holds what was typed, or begins so: no number is met by its sound."""
        others = (row.phones, row.papers, row.codes, row.texts)
        for meant in plain:
            for kind, text in zip(ELSEWHERE, others, strict=True):
                for word in text.split() if meant.word in text else ():
                    if word == meant.word or (meant.start and word.startswith(meant.word)):
                        return Why(kind, meant.how, word), meant.score
        return None


def weighed(row: Found, sought: Sequence[Sought], missing: tuple[str, ...]) -> Hit:
    """A document with its reasons: for each typed word the surest of its meanings that the document holds."""
    names, total, why = row.names.split(), 0.0, []
    for each in sought:
        met = each.met(row, names)
        if met is not None:
            why.append(met[0])
            total += met[1]
    for word in missing:
        total += FAR_WORTH * max((ALIKENESS(fold(word), name) for name in names), default=0.0)
    typed = len(sought) + len(missing)
    extra = EXTRA * max(0, len(names) - typed)
    return Hit(row.case, max(total / max(typed, 1) - extra, 0.0), tuple(why), missing)


def with_accents(hit: Hit, row: Found) -> Hit:
    """The same with the names as they are stored."""
    if row.spelled.isascii():
        return hit
    spelled = {fold(word): word for word in row.spelled.split() if not word.isascii()}
    return replace(hit, why=tuple(Why(why.kind, why.how, spelled.get(why.word, why.word)) for why in hit.why))
