"""What a person types to find a document: one line of folded words a document, in a prefix index.

Fed from the same difference as the tables. The index is external-content with `secure-delete`, because only so an
erased name leaves no trace in its pages (docs/decisions/002).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from migrant_office.models.vault.cells import Touched
from migrant_office.models.vault.nouns import NOUNS, File, Home
from migrant_office.models.vault.projection import Execute

SCHEMA = (
    "CREATE TABLE findable(rid INTEGER PRIMARY KEY, home TEXT NOT NULL, doc TEXT NOT NULL, words TEXT NOT NULL, "
    "UNIQUE(home, doc)) STRICT",
    "CREATE VIRTUAL TABLE findable_fts USING fts5(words, content='findable', content_rowid='rid', "
    "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3 4')",
    "INSERT INTO findable_fts(findable_fts, rank) VALUES('secure-delete', 1)",
)
JOINTS = re.compile("[-‐‑'’ʼ`´]")  # in Jean-Baptiste, D'Ángelo
DROP = ("DROP TABLE IF EXISTS findable_fts", "DROP TABLE IF EXISTS findable")


def fold(text: str) -> str:
    """Lower case without accents, hyphens and signs, so that spelling habits do not hide anybody."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def words_of(file: File) -> str:
    """The words of a document; names of two parts also joined, as people write them ("jeanbaptiste")."""
    found: list[str] = []
    for n in NOUNS.values():
        if not n.searched or n.home is not file.ref.home:
            continue
        for _, thing in sorted(file.all(n.cls).items()):
            found += [part for name in n.searched if (part := searchable(getattr(thing, name)))]
    return " ".join(found)


def searchable(value: Any) -> str:
    if not value or not isinstance(value, str) or value.startswith("?"):
        return ""
    joined = [fold(JOINTS.sub("", word)) for word in value.split() if JOINTS.search(word.strip("-'"))]
    digits = re.sub(r"\D", "", value)
    spoken = dict.fromkeys((digits, digits[-10:], digits[-9:]))  # a phone number with its country's code and without
    return " ".join([fold(value), *joined, *(d for d in spoken if len(d) >= 5 and d != value)])


def is_concerned(touched: Touched) -> bool:
    """Whether a change may have altered the words of its document: most changes do not, and folding costs."""
    for n in NOUNS.values():
        keys = touched.get(n.name, ()) if n.searched else ()
        if (n.once and keys) or any(key.partition("/")[2].partition("/")[0] in n.searched for key in keys):
            return True
    return False


def find_again(execute: Execute, before: File, after: File) -> None:
    """Bring the index from one state of a document to the next."""
    if after.ref.home is Home.RESTRICTED:
        return
    new = words_of(after)
    if words_of(before) == new:
        return
    home, doc = after.ref
    row = execute("SELECT rid, words FROM findable WHERE home = ? AND doc = ?", (home, doc)).fetchone()
    if row is None:
        rid = execute("INSERT INTO findable(home, doc, words) VALUES (?, ?, ?)", (home, doc, new)).lastrowid
    else:
        rid = row[0]
        forget_words(execute, rid, row[1])  # the index forgets only exactly what it was told
        if not new:
            execute("DELETE FROM findable WHERE rid = ?", (rid,))
            return
        execute("UPDATE findable SET words = ? WHERE rid = ?", (new, rid))
    execute("INSERT INTO findable_fts(rowid, words) VALUES (?, ?)", (rid, new))


def forget_words(execute: Execute, rid: int, words: str) -> None:
    execute("INSERT INTO findable_fts(findable_fts, rowid, words) VALUES('delete', ?, ?)", (rid, words))


def forget_document(execute: Execute, doc: str) -> None:
    """Take every line of an erased subject out of the index."""
    for rid, words in execute("SELECT rid, words FROM findable WHERE doc = ?", (doc,)).fetchall():
        forget_words(execute, rid, words)
        execute("DELETE FROM findable WHERE rid = ?", (rid,))


def match_expression(text: str) -> str:
    """The FTS5 query for what was typed: every word, each perhaps unfinished. Empty when nothing was typed."""
    return " AND ".join(f'"{word}"*' for word in fold(text).split()[:8])
