"""The independent engines, two in node and one in Python: each is given the same form and states and tells its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import rxeval

from tests.oracles.sources import Source
from tests.oracles.states import MOMENT, Fact, State

HERE = Path(__file__).parent
PATIENCE = 120.0  # seconds for one form with all its states
_X = "{http://www.w3.org/2002/xforms}"
_COUNTED = re.compile(r"\[\d+\]")
_TODAY, _NOW = MOMENT.date().isoformat(), MOMENT.isoformat(timespec="milliseconds")
_BOOLEAN = frozenset({"relevant", "required", "constraint"})


@dataclass(frozen=True)
class Missing:
    """Why an engine says nothing of a fact."""

    why: str


Told = bool | str | tuple[str, ...] | Missing


@dataclass
class Verdict:
    """What an engine says of one form: for each state, one answer for each fact; or why it refused the form."""

    answers: list[list[Told]] = field(default_factory=list)
    refused: str = ""


class Written:
    """The expressions of an XForm by the path of their question, as pyxform wrote them."""

    def __init__(self, xform: str) -> None:
        root = ET.fromstring(xform)
        self._binds = {bind.get("nodeset", ""): bind.attrib for bind in root.iter(f"{_X}bind")}
        self._lists: dict[str, str] = {}
        for control in root.iter():
            for itemset in control.findall(f"{_X}itemset"):
                self._lists[control.get("ref", "")] = itemset.get("nodeset", "")

    def expression(self, fact: Fact) -> str:
        path = "/data" + _COUNTED.sub("", fact.addr)
        if fact.what == "choices":
            return self._lists.get(path, "")
        return self._binds.get(path, {}).get(fact.what, "")


class Node:
    """An engine in a process of node, started again when a form takes too long."""

    def __init__(self, name: str, script: str, folder: Path) -> None:
        self.name = name
        self._script, self._folder = script, folder
        self._process: subprocess.Popen[str] | None = None

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            node = shutil.which("node")
            assert node is not None
            self._process = subprocess.Popen(
                [node, self._script],
                cwd=self._folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=os.environ | {"TZ": "UTC", "ORACLE_MOMENT": MOMENT.isoformat()},
            )
        return self._process

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        return dict(json.loads(line)) if line else {"refused": "no answer in time"}

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


# Functions of the Community Health Toolkit: without their calculation the answer stays as we made it.
_UNKNOWN = re.compile(r' calculate="[^"]*(?:difference-in-|add-date)[^"]*"')


class WebForms(Node):
    """ODK Web Forms: settles the whole form by itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__("ODK Web Forms", "webforms.mjs", folder)

    def judge(self, source: Source, states: Sequence[State]) -> Verdict:
        xform = _UNKNOWN.sub("", source.xform)
        found = self.ask({"xform": xform, "states": [{"instance": state.instance} for state in states]})
        if "refused" in found:
            return Verdict(refused=found["refused"])
        pairs = zip(states, found["states"], strict=True)
        return Verdict([[self._told(fact, nodes) for fact in state.facts] for state, nodes in pairs])

    @staticmethod
    def _told(fact: Fact, nodes: Mapping[str, Any]) -> Told:
        node = nodes.get("/data" + fact.addr)
        if node is None or fact.what not in node:
            return Missing("no such place")
        if fact.alone:
            return Missing("not asked now")
        value = node[fact.what]
        return tuple(value) if isinstance(value, list) else value


class Enketo(Node):
    """Enketo's evaluator: each expression by itself, on our state."""

    def __init__(self, folder: Path) -> None:
        super().__init__("Enketo", "enketo.mjs", folder)

    def judge(self, source: Source, states: Sequence[State]) -> Verdict:
        written = Written(source.xform)
        asks = [[self._ask(fact, written) for fact in state.facts] for state in states]
        pairs = zip(states, asks, strict=True)
        found = self.ask(
            {
                "xform": source.xform,
                "states": [{"instance": s.instance, "asks": [one for one in ask if one]} for s, ask in pairs],
            }
        )
        if "refused" in found:
            return Verdict(refused=found["refused"])
        told = [[_answer(one) for one in state] for state in found["states"]]
        return Verdict([list(_spread(ask, iter(answers))) for ask, answers in zip(asks, told, strict=True)])

    @staticmethod
    def _ask(fact: Fact, written: Written) -> dict[str, str] | None:
        expression = written.expression(fact)
        if not expression or _OUTSIDE.search(expression):
            return None
        return {"node": "/data" + fact.addr, "what": fact.what, "expression": expression}


# What Enketo answers outside of its evaluator, from its screen or from files.
_OUTSIDE = re.compile(r"jr:choice-name|jr:itext|indexed-repeat|pulldata|difference-in-|add-date|once\(")


def _answer(one: Mapping[str, Any]) -> Told:
    if "error" in one:
        return Missing(one["error"])
    return tuple(one["value"]) if isinstance(one["value"], list) else one["value"]


def _spread(asks: Sequence[Mapping[str, str] | None], answers: Iterator[Told]) -> Iterator[Told]:
    for ask in asks:
        yield Missing("not asked of this engine") if ask is None else next(answers)


class RxEval:
    """rxeval, in this process: each expression by itself on our state, and the choices of its own filled form.

    It takes no place to stand on, so `.`, `..` and `current()` are written out as the paths they mean.
    """

    name = "rxeval"

    def judge(self, source: Source, states: Sequence[State]) -> Verdict:
        written = Written(source.xform)
        return Verdict([list(self._state(source, state, written)) for state in states])

    def _state(self, source: Source, state: State, written: Written) -> Iterator[Told]:
        session = None
        for fact in state.facts:
            if fact.what == "choices":
                session = session or rxeval.Session(source.xform, state.instance, _TODAY, _NOW)
                yield self._choices(session, fact)
            else:
                yield self._evaluated(state, fact, written.expression(fact))

    @staticmethod
    def _choices(session: rxeval.Session, fact: Fact) -> Told:
        try:
            found = session.choices("/data" + fact.addr)
        except Exception as error:  # what it cannot do it raises, in several kinds
            return Missing(str(error)[:80])
        return Missing("no list") if found is None else tuple(choice["value"] for choice in found)

    @staticmethod
    def _evaluated(state: State, fact: Fact, expression: str) -> Told:
        if not expression or _PLACELESS.search(expression):
            return Missing("no such place")
        asked = rooted(expression, "/data" + fact.addr)
        try:
            if fact.what in _BOOLEAN:
                return bool(rxeval.eval_expression(f"boolean({asked})", state.instance, _TODAY, _NOW) == "true")
            return str(rxeval.eval_expression(asked, state.instance, _TODAY, _NOW))
        except Exception as error:  # as above
            return Missing(re.sub(r"[^\w() -].*", "", str(error))[:80])

    def close(self) -> None:
        pass


_PLACELESS = re.compile(r"\bonce\(|\bposition\(\)")  # needs a place to stand on
_LITERAL = re.compile(r"""("[^"]*"|'[^']*')""")
_DOTS = re.compile(r"(?<![\w.\])*/])(\.\.?(?:/\.\.)*)(?![\w.])")


def rooted(expression: str, place: str) -> str:
    """The expression with `.`, `..` and `current()` as paths from the top; inside brackets a dot means another node."""
    depth, parts = 0, []
    for number, part in enumerate(_LITERAL.split(expression)):
        if number % 2:
            parts.append(part)
            continue
        for piece in re.split(r"([\[\]])", part.replace("current()", place)):
            depth += {"[": 1, "]": -1}.get(piece, 0)
            parts.append(piece if depth else _DOTS.sub(lambda dots: _climbed(place, dots.group(1)), piece))
    return "".join(parts)


def _climbed(place: str, dots: str) -> str:
    return place.rsplit("/", dots.count(".."))[0] if ".." in dots else place
