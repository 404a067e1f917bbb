"""Our side: forms filled at random, and what our engine says of every expression in that state."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Expr, Form, Group, Kind, Question
from migrant_office.models.forms.spots import Container, Instance, Spot

MOMENT = datetime(2026, 7, 15, 10, 30, tzinfo=UTC)
_PASSES = 3  # an answer opens other questions
_BLANK = 0.25  # of the answers
_CHANCE = re.compile(r"\b(random|uuid|now)\(")
_TEXTS = (
    "a",
    "Ana",
    "María José",
    "12",
    "3.5",
    "0712345678",
    "+56 9 1234 5678",
    "ana@example.org",
    "yes",
    "no",
    "1",
    "0",
)
_NUMBERS = ("0", "1", "2", "3", "5", "10", "17", "18", "59", "60", "120", "-1", "2026")
_DAYS = (0, 1, -1, -27, -60, -364, -366, -1826, -6575, -20000, 40)


@dataclass(frozen=True)
class Fact:
    """What we say of one expression: `value` true/false, a text, or the codes of choices; `alone` tells that it is
    compared only with engines that run single expressions, because its place is not asked now.
    """

    addr: str
    what: str
    source: str
    value: bool | str | tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class State:
    number: int
    instance: str
    facts: tuple[Fact, ...]


def states(form: Form, xform: str, name: str, count: int) -> Iterator[State]:
    """Some states of a form, the same for the same name."""
    for number in range(count):
        chance = random.Random(zlib.crc32(f"{name} {number}".encode()))
        filling = FormFilling(form, moment=MOMENT, lang=form.default_language)
        _fill(filling, _words(form), chance)
        yield State(number, _instance(filling, xform), tuple(_facts(filling)))


# -- filling


def _words(form: Form) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(texts, numbers) that the form's own expressions name, with their neighbours: where answers begin to matter."""
    sources = " ".join(expr.source for item in form.root.walk() for _what, expr in _expressions(item))
    texts = [text for text in re.findall(r"'([^'\n]{1,30})'", sources) if not re.search(r"[\\^$%]", text)]
    numbers = [int(text) for text in re.findall(r"(?<![\w.])\d{1,6}(?![\w.])", sources)]
    near = [str(number + step) for number in numbers for step in (-1, 0, 1)]
    return (*_TEXTS, *dict.fromkeys(texts)), (*_NUMBERS, *dict.fromkeys(near))


def _fill(filling: FormFilling, words: tuple[tuple[str, ...], tuple[str, ...]], chance: random.Random) -> None:
    done: set[str] = set()
    for _again in range(_PASSES):
        for container in list(_containers(filling)):
            if container.addr not in done and container.shown and container.repeat.count is None:
                done.add(container.addr)
                for _one in range(chance.choice((0, 1, 2, 3))):
                    filling.add(container.addr)
        for addr in list(filling.visible()):
            item = filling.form.at(addr)
            if addr not in done and isinstance(item, Question) and item.takes_answer and item.calculate is None:
                done.add(addr)
                filling.set(addr, _answer(filling, addr, words, chance))
    for addr in list(filling.visible()):  # the other engines drop a choice that is not offered any more
        cell = filling.cell(addr)
        if cell.problem is not None and cell.problem.code in ("choice", "type") and not cell.calculated:
            filling.set(addr, None)


def _answer(
    filling: FormFilling, addr: str, words: tuple[tuple[str, ...], tuple[str, ...]], chance: random.Random
) -> str | None:
    question = filling.form.at(addr)
    if chance.random() < _BLANK or not isinstance(question, Question):
        return None
    texts, numbers = words
    if question.list_name:
        codes = list(dict.fromkeys(choice.value for choice in filling.choices(addr)))
        if not codes:
            return None
        most = 1 if question.kind is Kind.SELECT_ONE else chance.randint(1, min(4, len(codes)))
        return " ".join(code for code in chance.sample(codes, most))
    if question.kind is Kind.DATE:
        return (MOMENT + timedelta(days=chance.choice(_DAYS))).date().isoformat()
    if question.kind is Kind.INTEGER:
        return chance.choice(numbers)
    if question.kind is Kind.DECIMAL:
        return chance.choice((*numbers, "0.5", "36.6", "38.25"))
    return chance.choice((*texts, *numbers))


# -- asking ours


def _spots(filling: FormFilling) -> Iterator[Spot]:
    return filling._garden.walk(filling.form.root, filling._garden.home)


def _containers(filling: FormFilling) -> Iterator[Container]:
    return (spot for spot in _spots(filling) if isinstance(spot, Container))


def _expressions(item: Question | Group) -> Iterator[tuple[str, Expr]]:
    names: tuple[str, ...] = ("relevant", "required", "constraint", "calculate", "choice_filter")
    if isinstance(item, Group):
        names = names[:1]
    for what in names:
        expr = getattr(item, what)
        if expr is not None and not _CHANCE.search(expr.source):
            yield what, expr


def _facts(filling: FormFilling) -> Iterator[Fact]:
    for spot in _spots(filling):
        if isinstance(spot, Instance):  # its container asks for all of them
            continue
        for what, expr in _expressions(spot.item):
            if what == "choice_filter":
                assert isinstance(spot.item, Question)
                codes = tuple(choice.value for choice in filling._filtered(spot, spot.item))
                yield Fact(spot.addr, "choices", expr.source, codes, not spot.shown)
            elif what == "calculate":
                yield Fact(spot.addr, what, expr.source, _calculated(filling, expr, spot), not spot.shown)
            elif what != "constraint" or spot.text:
                value = filling._true(expr, spot, unanswered=what != "required")
                above = spot.above is None or spot.above.shown
                yield Fact(spot.addr, what, expr.source, value, not (above if what == "relevant" else spot.shown))


def _calculated(filling: FormFilling, expr: Expr, spot: Spot) -> str:
    return spot.text if spot.shown else filling._text(expr, spot)


# -- the state as the other engines read it


def _instance(filling: FormFilling, xform: str) -> str:
    """The filled form as an instance of its XForm, what is not relevant blank, what only the XForm has blank too."""
    model = ET.fromstring(xform).find(f".//{_X}instance/*")
    assert model is not None
    root = ET.Element(
        _plain(model.tag), {key: value for key, value in model.attrib.items() if key in ("id", "version")}
    )
    _write(filling, filling._garden.root, root)
    for extra in model:
        if _plain(extra.tag) not in {child.tag for child in root} and not _repeated(filling, _plain(extra.tag)):
            root.append(_bare(extra))
    return ET.tostring(root, encoding="unicode")


_X = "{http://www.w3.org/2002/xforms}"


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _bare(element: ET.Element) -> ET.Element:
    copy = ET.Element(_plain(element.tag))
    copy.extend(_bare(child) for child in element)
    if copy.tag == "instanceID":
        copy.text = "uuid:00000000-0000-4000-8000-000000000000"
    return copy


def _repeated(filling: FormFilling, name: str) -> bool:
    return any(container.name == name for container in _containers(filling))


def _write(filling: FormFilling, spot: Spot, element: ET.Element) -> None:
    for child in spot.children:
        assert isinstance(child, Spot)
        inner = ET.SubElement(element, child.name)
        if isinstance(child.item, Group):
            _write(filling, child, inner)
        else:
            inner.text = child.text
