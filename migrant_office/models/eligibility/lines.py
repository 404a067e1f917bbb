"""One line of a rule, as a supervisor writes it: `age at_least 18`, `status in @regular`, `has document run_card`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from migrant_office.i18n import N_
from migrant_office.models.eligibility.conditions import All, AnyOf, Between, Condition, OneOf
from migrant_office.models.eligibility.fields import DOCUMENT, Field, Kind, document
from migrant_office.models.mobility import DocumentState

HAS = frozenset({DocumentState.HAS.value})
OPERATORS = ("is", "is not", "in", "not in", "at_least", "under", "has document", "lacks document")


class Wrong(Exception):
    """What is wrong with a line: a message id and what fills it."""

    def __init__(self, message: str, **data: object) -> None:
        super().__init__(message)
        self.message, self.data = message, data


class Reader:
    """Reads conditions. `fields` answers a field by its name, `documents` and `listed` what the city's intake form
    knows (None: not looked at), `groups` the named lists of the file.
    """

    def __init__(
        self,
        fields: Callable[[str], Field | None],
        documents: frozenset[str] | None,
        listed: Mapping[str, frozenset[str]],
        groups: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.fields, self.documents, self.listed, self.groups = fields, documents, listed, groups

    def condition(self, told: Any) -> Condition:
        """A list holds whole; `{ any = [...] }` and `{ all = [...] }` make groups. Raises `Wrong`."""
        if isinstance(told, str):
            return self.line(told)
        if isinstance(told, list):
            return All(tuple(self.condition(part) for part in told))
        if isinstance(told, dict) and len(told) == 1 and next(iter(told)) in {"any", "all"}:
            kind, parts = next(iter(told.items()))
            if not isinstance(parts, list) or not parts:
                raise Wrong(N_("the group “{kind}” has no lines"), kind=kind)
            made = tuple(self.condition(part) for part in parts)
            return AnyOf(made) if kind == "any" else All(made)
        raise Wrong(N_("“{line}” is neither a line nor a group ({kinds})"), line=told, kinds="any, all")

    def line(self, line: str) -> Condition:
        words = line.split()
        if words == ["always"]:
            return All()
        if words[:2] in (["has", "document"], ["lacks", "document"]):
            return self._held(line, " ".join(words[2:]), wanted=words[0] == "has")
        if words[:1] == ["document"] and len(words) > 1:
            return self._compared(line, document(self._document(words[1], line)), words[2:])
        if not words:
            raise Wrong(N_("a line is empty"))
        field = self.fields(words[0])
        if field is None:
            raise Wrong(N_("no field is called “{field}” (line “{line}”)"), field=words[0], line=line)
        return self._compared(line, field, words[1:])

    def _held(self, line: str, kinds: str, *, wanted: bool) -> Condition:
        """One of several papers, or none of them."""
        names = [DOCUMENT + self._document(kind, line) for kind in listed(kinds)]
        if not names:
            raise Wrong(N_("no document is named (line “{line}”)"), line=line)
        tests = tuple(OneOf(name, HAS, wanted, line) for name in names)
        if len(tests) == 1:
            return tests[0]
        return AnyOf(tests) if wanted else All(tests)

    def _document(self, kind: str, line: str) -> str:
        if self.documents is not None and kind not in self.documents:
            raise Wrong(N_("no document is called “{document}” (line “{line}”)"), document=kind, line=line)
        return kind

    def _compared(self, line: str, field: Field, words: list[str]) -> Condition:
        operator, rest = split_operator(words)
        if not operator or not rest:
            raise Wrong(
                N_("“{line}” cannot be read. Write: field, one of {operators}, value"),
                line=line,
                operators=", ".join(OPERATORS),
            )
        if operator in {"at_least", "under"}:
            return self._limit(line, field, operator, rest)
        values = self._values(line, field, rest)
        if operator in {"is", "is not"} and len(values) > 1:
            message = N_("“{one}” takes one value; write “{several}” for several (line “{line}”)")
            raise Wrong(message, one="is", several="in", line=line)
        if field.kind is Kind.NUMBER:
            message = N_("“{field}” is a number: write {operators} (line “{line}”)")
            raise Wrong(message, field=field.name, operators="at_least, under", line=line)
        return OneOf(field.name, values, operator in {"is", "in"}, line)

    def _limit(self, line: str, field: Field, operator: str, value: str) -> Condition:
        if field.kind is Kind.NUMBER:
            if not value.isdecimal():
                raise Wrong(N_("“{value}” is no whole number (line “{line}”)"), value=value, line=line)
            limit = int(value)
            if operator == "at_least":
                return Between(field.name, least=limit, line=line)
            return Between(field.name, under=limit, line=line)
        if not field.ordered:
            message = N_("“{field}” has no order: write {operators} (line “{line}”)")
            raise Wrong(message, field=field.name, operators="is, in", line=line)
        values = self._values(line, field, value)
        if len(values) > 1:
            message = N_("“{one}” takes one value; write “{several}” for several (line “{line}”)")
            raise Wrong(message, one=operator, several="in", line=line)
        at = field.codes.index(min(values))
        chosen = field.codes[at:] if operator == "at_least" else field.codes[:at]
        if not chosen:
            raise Wrong(N_("nothing is under “{value}” (line “{line}”)"), value=value, line=line)
        return OneOf(field.name, frozenset(chosen), line=line)

    def _values(self, line: str, field: Field, text: str) -> frozenset[str]:
        found: list[str] = []
        for part in listed(text):
            if part.startswith("@"):
                if part[1:] not in self.groups:
                    raise Wrong(N_("no list is called “{name}” (line “{line}”)"), name=part, line=line)
                found += self.groups[part[1:]]
            else:
                found.append(part)
        known = frozenset(field.codes) or self.listed.get(field.listed or field.name)
        for value in found:
            if known and value not in known:
                raise Wrong(
                    N_("“{field}” is never “{value}” (line “{line}”)"), field=field.name, value=value, line=line
                )
        if not found:
            raise Wrong(N_("a value is missing (line “{line}”)"), line=line)
        return frozenset(found)


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def split_operator(words: list[str]) -> tuple[str, str]:
    """The operator at the beginning, and what follows."""
    for operator in sorted(OPERATORS[:6], key=len, reverse=True):
        parts = operator.split()
        if words[: len(parts)] == parts:
            return operator, " ".join(words[len(parts) :])
    return "", ""
