"""What becomes of answers when a form gets a new version: nothing is dropped, and everything that changed is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from migrant_office.i18n import N_, Translator
from migrant_office.models.forms.form import Form, Path, Question, address

_COUNT = re.compile(r"\[\d+\]")


class What(StrEnum):
    """What happened to one question between two versions of its form."""

    SAME = "same"
    NEW = "new"
    RENAMED = "renamed"  # another name or place, known by the field it fills
    GONE = "gone"
    TYPE_CHANGED = "type"
    CHOICE_RETIRED = "retired"
    CHOICE_GONE = "choice_gone"


_SENTENCES = {
    What.SAME: N_("{name}: unchanged."),
    What.NEW: N_("{name}: new."),
    What.RENAMED: N_("{name} is now {to}: its answers go with it."),
    What.GONE: N_("{name} is asked no more: answers given before are kept."),
    What.TYPE_CHANGED: N_("{name} is asked in another way: answers given before may want another look."),
    What.CHOICE_RETIRED: N_("{name}: not offered any more: {words}. Answers given before stay as they are."),
    What.CHOICE_GONE: N_("{name}: taken out of the list: {words}. Answers given before keep these words."),
}


@dataclass(frozen=True)
class Change:
    """One finding about the question at `addr` of the older form ('' for a new one), `to` in the newer ('' when gone).

    `codes` are the choices meant, `words` their labels in the older form's own language.
    """

    what: What
    addr: str
    to: str
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def text(self, translator: Translator) -> str:
        """One sentence in the reader's language."""
        name = (self.addr or self.to).rpartition("/")[2]
        told = {"name": name, "to": self.to.rpartition("/")[2], "words": ", ".join(self.words)}
        return translator.gettext(_SENTENCES[self.what]).format(**told)


def migrate(old: Form, new: Form) -> tuple[Change, ...]:
    """What became of every question of the older form, in its order; then what is new.

    A question is the same by its address, else by the field it fills, when no other question has either.
    """
    found: list[Change] = []
    pairs = _pairs(old, new)
    for question in old.root.questions():
        other = pairs.get(question.path)
        if other is None:
            found.append(Change(What.GONE, question.addr, ""))
            continue
        what = What.SAME if question.addr == other.addr else What.RENAMED
        changed = tuple(_changes(old, new, question, other))
        if what is What.RENAMED or not changed:
            found.append(Change(what, question.addr, other.addr))
        found += changed
    taken = {question.path for question in pairs.values()}
    found += (Change(What.NEW, "", one.addr) for one in new.root.questions() if one.path not in taken)
    return tuple(found)


def _pairs(old: Form, new: Form) -> dict[Path, Question]:
    """Each question of the older form with what it has become."""
    found = {
        one.path: other for one in old.root.questions() if isinstance(other := new.by_path.get(one.path), Question)
    }
    left = {
        (new.trails[one.path], one.maps_to): one
        for one in new.root.questions()
        if one.maps_to and one.path not in found
    }
    for one in old.root.questions():
        key = (old.trails[one.path], one.maps_to)
        if one.path not in found and key in left:
            found[one.path] = left.pop(key)
    return found


def _changes(old: Form, new: Form, question: Question, other: Question) -> Iterator[Change]:
    if question.kind is not other.kind or old.trails[question.path] != new.trails[other.path]:
        yield Change(What.TYPE_CHANGED, question.addr, other.addr)
    if not question.list_name:
        return
    before = old.lists[question.list_name]
    after = new.lists[other.list_name].by_value if other.list_name else {}
    gone = [choice for choice in before.choices if choice.value not in after]
    retired = [c for c in before.choices if c.value in after and after[c.value].retired and not c.retired]
    for what, choices in ((What.CHOICE_RETIRED, retired), (What.CHOICE_GONE, gone)):
        if choices:
            codes = tuple(choice.value for choice in choices)
            words = tuple(choice.label.get(old.default_language) for choice in choices)
            yield Change(what, question.addr, other.addr, codes, words)


def carried(snapshot: Mapping[str, Any], old: Form, new: Form) -> dict[str, Any]:
    """A draft of the older form with the answers of renamed questions at their new addresses.

    Give it to `FormFilling.restore` of the newer form. Answers to questions that are gone stay in it.
    """
    moves = {change.addr: _steps(new, change.to) for change in migrate(old, new) if change.what is What.RENAMED}
    found = dict(snapshot)
    for part in ("answers", "missing", "shown"):
        found[part] = {_moved(addr, moves): value for addr, value in snapshot.get(part, {}).items()}
    return found


def _steps(form: Form, addr: str) -> list[tuple[str, bool]]:
    """The names of an address, each with whether it is a repeat."""
    path = form.by_addr[addr].path
    repeats = form.trails[path]
    return [(name, path[:end] in repeats) for end, name in enumerate(path, 1)]


def _moved(addr: str, moves: Mapping[str, list[tuple[str, bool]]]) -> str:
    """An address of an answer where its question stands now; the repeats around it are the same, so are the counts."""
    steps = moves.get(_COUNT.sub("", addr))
    if steps is None:
        return addr
    counts = iter(_COUNT.findall(addr))
    return address(tuple(name + next(counts, "") if repeat else name for name, repeat in steps))
