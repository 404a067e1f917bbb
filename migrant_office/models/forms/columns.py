"""The headings of the sheets: which column is meant, and in which language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from migrant_office.i18n import N_
from migrant_office.models.forms.form import Issue, Src, Text
from migrant_office.models.forms.sheets import Row, Sheet

TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_SURVEY = {
    **{name: name for name in ("type", "name", "relevant", "required", "constraint", "calculation", "choice_filter")},
    **{name: name for name in ("default", "read_only", "appearance", "maps_to", "sensitive", "trigger", "parameters")},
    **{name: name for name in ("repeat_count", "image", "audio", "video", "big-image", *TRANSLATED)},
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "requiredmsg": "required_message",
    "constraining_message": "constraint_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "media::image": "image",
    "media::audio": "audio",
    "media::video": "video",
    "media::big-image": "big-image",
}
_CHOICES = {
    "list_name": "list_name",
    "list name": "list_name",
    "name": "name",
    "value": "name",
    "label": "label",
    "caption": "label",
    "retired": "retired",
    "image": "image",
    "audio": "audio",
    "video": "video",
    "media::image": "image",
}
_SETTINGS = {
    **{name: name for name in ("form_title", "form_id", "version", "default_language", "name", "missing_answers")},
    "allow_choice_duplicates": "allow_choice_duplicates",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}
_KNOWN = {"survey": _SURVEY, "choices": _CHOICES, "settings": _SETTINGS}
_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:[-_]\w+)*)\)\s*\Z")
UNNAMED = ""  # the language of a column without one


@dataclass(frozen=True)
class Column:
    heading: str
    meaning: str
    lang: str = UNNAMED


def language(words: str) -> str:
    """The code of a language as a form names it: `Español (es)` is es; without a code, its name in small letters."""
    found = _CODE.search(words)
    return found.group(1).lower() if found else words.strip().lower()


@dataclass
class Tally:
    """How many texts of a language are missing, of `all` that have words in any language."""

    words: str
    missing: int = 0
    all: int = 0


class Columns:
    """The columns of one sheet by what they mean; unknown ones are kept by their own heading."""

    def __init__(self, sheet: Sheet, like: str = "") -> None:
        self._sheet = sheet.name
        self._known = _KNOWN.get(like or sheet.name, {})
        self._by_meaning: dict[str, list[Column]] = {}
        self.unknown: list[str] = []
        self.tally: dict[str, Tally] = {}  # by language, what `untranslated` has seen
        for heading in sheet.headings:
            column = self._column(heading)
            if column is None:
                self.unknown.append(heading)
            else:
                self._by_meaning.setdefault(column.meaning, []).append(column)

    def _column(self, heading: str) -> Column | None:
        plain = re.sub(r"\s*::\s*", "::", heading.strip())
        key = plain.lower()
        if meaning := self._known.get(key) or self._known.get(key.replace(" ", "_")):
            return Column(heading, meaning)
        head, separator, tail = plain.partition("::")
        if head.lower() in ("bind", "media") and "::" in tail:
            inner, separator, tail = tail.partition("::")
            head = f"{head}::{inner}"
        if not separator:
            head, separator, tail = plain.partition(":")
        meaning = self._known.get(head.lower().replace(" ", "_"), "")
        media = meaning in ("image", "audio", "video", "big-image")
        return Column(heading, meaning, language(tail)) if tail and (meaning in TRANSLATED or media) else None

    def heading(self, meaning: str) -> str:
        """The heading as the form writes it, for messages."""
        return self._by_meaning[meaning][0].heading if meaning in self._by_meaning else meaning

    def cell(self, row: Row, meaning: str) -> str:
        return next(
            (row.cells[one.heading] for one in self._by_meaning.get(meaning, ()) if one.heading in row.cells), ""
        )

    def text(self, row: Row, meaning: str, default: str) -> Text:
        found = {one.lang or default: row.cells[one.heading] for one in self._of(meaning) if one.heading in row.cells}
        return Text(found, default)

    def _of(self, meaning: str) -> list[Column]:
        return self._by_meaning.get(meaning, [])

    def languages(self) -> list[str]:
        """The languages of the labels in the order of the columns, UNNAMED for a column without one."""
        return list(dict.fromkeys(column.lang for column in self._of("label")))

    def untranslated(self, row: Row) -> list[Issue]:
        """A warning for each empty cell beside one that is filled in another language; keeps the tally."""
        found: list[Issue] = []
        for meaning in sorted(TRANSLATED & self._by_meaning.keys()):
            columns = self._of(meaning)
            filled = [column for column in columns if column.heading in row.cells]
            for column in columns if filled else ():
                tally = self.tally.setdefault(column.lang, Tally(column.heading.rpartition(":")[2].strip()))
                tally.all += 1
                tally.missing += column not in filled
            if filled and len(filled) < len(columns):
                found += [
                    Issue(
                        "warning",
                        Src(self._sheet, row.number, column.heading),
                        N_("The words in this language are missing."),
                    )
                    for column in columns
                    if column not in filled
                ]
        return found


def untranslated(sheets: Iterable[Columns]) -> list[Issue]:
    """One warning for each language that lacks texts, over all sheets."""
    found: dict[str, Tally] = {}
    for columns in sheets:
        for lang, tally in columns.tally.items():
            whole = found.setdefault(lang, Tally(tally.words))
            whole.missing += tally.missing
            whole.all += tally.all
    sentence = N_("{language}: {missing} of {all} texts are missing.")
    return [
        Issue("warning", Src(""), sentence, {"language": one.words, "missing": one.missing, "all": one.all})
        for one in found.values()
        if one.missing
    ]
