"""What a person types to find a document: the words of each document by kind, and every spelling of a name in use.

Fed from the same difference as the tables. The index is external-content with `secure-delete`, because only so an
erased name leaves no trace in its pages (docs/decisions/002). `spelling` is small (new people bring few new names) and
carries how each name sounds, so that a reader can meet what was typed wrong without looking at any person
(docs/decisions/020).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from migrant_office.models.names import sounds
from migrant_office.models.names.folding import fold, joined, spelled
from migrant_office.models.vault.cells import Touched
from migrant_office.models.vault.nouns import NOUNS, File, Home, Searched
from migrant_office.models.vault.projection import Execute

KINDS = tuple(kind.value for kind in Searched)
COLUMNS = ", ".join(KINDS)
ROW = f"rid, spelled, keys, {COLUMNS}"
SCHEMA = (
    f"CREATE TABLE findable(rid INTEGER PRIMARY KEY, home TEXT NOT NULL, doc TEXT NOT NULL, "
    f"spelled TEXT NOT NULL, keys BLOB NOT NULL, {', '.join(f'{kind} TEXT NOT NULL' for kind in KINDS)}, "
    "UNIQUE(home, doc)) STRICT",
    f"CREATE VIRTUAL TABLE findable_fts USING fts5({COLUMNS}, content='findable', content_rowid='rid', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4')",
    "INSERT INTO findable_fts(findable_fts, rank) VALUES('secure-delete', 1)",
    # a number is never given twice, so that a reader asks only for what is new
    # documents of perhaps one subject share a key; what a document's keys are stands in `findable` too
    "CREATE TABLE meeting(key INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(key, rid)) STRICT, WITHOUT ROWID",
    "CREATE TABLE spelling(rid INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL UNIQUE, people INTEGER NOT NULL, "
    "sounds TEXT NOT NULL) STRICT",
)
DROP = tuple(f"DROP TABLE IF EXISTS {table}" for table in ("findable_fts", "findable", "spelling", "meeting"))
PORTION = 50_000  # documents whose keys are held in memory at once, some million
SHORTEST = 5  # digits that are a number of somebody


class Words(NamedTuple):
    """The folded words of a document, by kind; in the order of `Searched`."""

    names: str = ""
    phones: str = ""
    papers: str = ""
    codes: str = ""
    texts: str = ""


def told(file: File) -> Iterator[tuple[Searched, str]]:
    """Every text of a document that may be searched, with its kind; a merged case has the texts of all its files."""
    for part in file.parts:
        for n in sorted(NOUNS.values(), key=lambda n: n.name):  # whatever was imported first
            if not n.searched or n.home is not part.ref.home:
                continue
            for _, thing in sorted(part.all(n.cls).items()):
                for name, kind in n.searched.items():
                    value = getattr(thing, name)
                    if value and isinstance(value, str) and not value.startswith("?"):
                        yield kind, value


def words_of(file: File) -> Words:
    """The words of a document, each once."""
    found: dict[Searched, dict[str, None]] = {kind: {} for kind in Searched}
    for kind, text in told(file):
        found[kind] |= dict.fromkeys(word for word in searchable(kind, text).split())
    return Words(*(" ".join(found[kind]) for kind in Searched))


def spellings_of(file: File) -> set[str]:
    """The words of the names in a document as they are spelled, accents kept: they tell how a name sounds."""
    return {word for kind, text in told(file) if kind is Searched.NAMES for word in (*spelled(text), *joined(text))}


def keys_of(file: File) -> frozenset[int]:
    """The keys under which a document meets others of perhaps the same subject; of a merged case those of each file."""
    return frozenset(
        key
        for part in file.parts
        for noun in NOUNS.values()
        if noun.keyed and noun.home is part.ref.home
        for thing in part.all(noun.cls).values()
        for rule in noun.keyed
        for key in getattr(thing, rule)(part)
    )


def searchable(kind: Searched, text: str) -> str:
    """One text as folded words; names of two parts also joined, numbers also without their signs."""
    if kind is Searched.NAMES:
        return " ".join([fold(text), *joined(text)])
    if kind is Searched.TEXTS:
        return " ".join([fold(text), *joined(text), *numbers(text)])
    whole = fold(text).replace(" ", "")
    last = re.sub(r".*?0*(\d+)$", r"\1", whole) if kind is Searched.CODES else ""  # 417 of SC-3F2-00417
    return " ".join([fold(text), whole, last, *numbers(text)])


def numbers(text: str) -> list[str]:
    """The digits of a text as one number; a telephone number with its country's code and without."""
    digits = re.sub(r"\D", "", text)
    return [d for d in dict.fromkeys((digits, digits[-10:], digits[-9:])) if len(d) >= SHORTEST]


def is_concerned(touched: Touched) -> bool:
    """Whether a change may have altered the words of its document: most changes do not, and folding costs."""
    for n in NOUNS.values():
        keys = touched.get(n.name, ()) if n.searched else ()
        if (
            (n.once and keys)
            or (n.keyed and n.name in touched)
            or any(key.partition("/")[2].partition("/")[0] in n.searched for key in keys)
        ):
            return True
    return False


def find_again(execute: Execute, file: File, *, meets: bool = True) -> None:
    """Bring the index to this state of a document; it knows itself what it was told before. Without `meets` its keys
    are noted only, and `meet_all` must follow.
    """
    if file.ref.home is Home.RESTRICTED:
        return
    words, spellings, keys = words_of(file), spellings_of(file), keys_of(file)
    row = execute(f"SELECT {ROW} FROM findable WHERE home = ? AND doc = ?", file.ref).fetchone()  # noqa: S608 - ours
    if row is None and any(words):
        marks = ", ".join("?" * (4 + len(KINDS)))
        values = (*file.ref, " ".join(sorted(spellings)), packed(keys), *words)
        rid = execute(f"INSERT INTO findable(home, doc, spelled, keys, {COLUMNS}) VALUES ({marks})", values).lastrowid  # noqa: S608 - our columns
        count_spellings(execute, spellings, set())
        if meets:
            move_keys(execute, rid, keys, frozenset())
        remember_words(execute, rid, words)
    elif row is not None:
        rid, spelled_before, keys_before, *before = row
        if [*words] == before and packed(keys) == keys_before and " ".join(sorted(spellings)) == spelled_before:
            return
        count_spellings(execute, spellings, set(spelled_before.split()))
        move_keys(execute, rid, keys, unpacked(keys_before))
        forget_words(execute, rid, before)  # the index forgets only exactly what it was told
        if any(words):
            marks = ", ".join(f"{column} = ?" for column in ("spelled", "keys", *KINDS))
            changed = (" ".join(sorted(spellings)), packed(keys), *words, rid)
            execute(f"UPDATE findable SET {marks} WHERE rid = ?", changed)  # noqa: S608 - our columns
            remember_words(execute, rid, words)
        else:
            execute("DELETE FROM findable WHERE rid = ?", (rid,))


def forget_document(execute: Execute, doc: str) -> None:
    """Take every line of an erased subject out of the index, and the spellings that were hers alone."""
    told = execute(f"SELECT {ROW} FROM findable WHERE doc = ?", (doc,)).fetchall()  # noqa: S608 - our columns
    for rid, spelled_before, keys_before, *before in told:
        count_spellings(execute, set(), set(spelled_before.split()))
        move_keys(execute, rid, frozenset(), unpacked(keys_before))
        forget_words(execute, rid, before)
        execute("DELETE FROM findable WHERE rid = ?", (rid,))


def count_spellings(execute: Execute, now: set[str], before: set[str]) -> None:
    """One document more for each new spelling, one less for each old; the spelling of nobody goes."""
    for word in sorted(before - now):
        execute("UPDATE spelling SET people = people - 1 WHERE word = ?", (word,))
        execute("DELETE FROM spelling WHERE word = ? AND people < 1", (word,))
    for word in sorted(now - before):
        execute(
            "INSERT INTO spelling(word, people, sounds) VALUES (?, 1, ?) "
            "ON CONFLICT(word) DO UPDATE SET people = people + 1",
            (word, " ".join(sorted(sounds.keys(word)))),
        )


def move_keys(execute: Execute, rid: int, now: frozenset[int], before: frozenset[int]) -> None:
    for key in sorted(before - now):
        execute("DELETE FROM meeting WHERE key = ? AND rid = ?", (key, rid))
    for key in sorted(now - before):
        execute("INSERT OR IGNORE INTO meeting VALUES (?, ?)", (key, rid))


def meet_all(execute: Execute) -> None:
    """Fill the table of keys from what every document notes, in the order of the keys: by documents, each would land on
    another page, and an office of many thousands would write every page a thousand times.
    """
    (people,) = execute("SELECT count(*) FROM findable").fetchone()
    width = 2**64 // (people // PORTION + 1) + 1
    for first in range(-(2**63), 2**63, width):
        rows = [
            (key, rid)
            for rid, keys in execute("SELECT rid, keys FROM findable")
            for key in array("q", keys)
            if first <= key < first + width
        ]
        for row in sorted(rows):
            execute("INSERT OR IGNORE INTO meeting VALUES (?, ?)", row)


def packed(keys: frozenset[int]) -> bytes:
    return array("q", sorted(keys)).tobytes()


def unpacked(data: bytes) -> frozenset[int]:
    return frozenset(array("q", data))


def remember_words(execute: Execute, rid: int, words: Sequence[str]) -> None:
    marks = ", ".join("?" * (1 + len(KINDS)))
    execute(f"INSERT INTO findable_fts(rowid, {COLUMNS}) VALUES ({marks})", (rid, *words))  # noqa: S608 - our columns


def forget_words(execute: Execute, rid: int, words: Sequence[str]) -> None:
    marks = ", ".join("?" * (1 + len(KINDS)))
    execute(f"INSERT INTO findable_fts(findable_fts, rowid, {COLUMNS}) VALUES('delete', {marks})", (rid, *words))


def match_expression(text: str) -> str:
    """The FTS5 query for what was typed: every word, each perhaps unfinished. Empty when nothing was typed."""
    words = [f'"{word}"*' for word in fold(text).split()[:8]]
    number = re.sub(r"[\s+()./-]", "", text)
    if len(words) > 1 and len(number) >= SHORTEST and number.isdecimal():  # a phone number in groups
        return f'({" AND ".join(words)}) OR "{number}"*'
    return " AND ".join(words)
