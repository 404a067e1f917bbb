"""What names mean while an expression is compiled: the form's paths, the columns of choice lists, where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from migrant_office.i18n import N_
from migrant_office.models.forms.expressions.grammar import Step
from migrant_office.models.forms.expressions.tokens import ExpressionError
from migrant_office.models.forms.form import Path


@dataclass(frozen=True)
class Names:
    """`questions` gives the list each question chooses from ('' if none); `lists` the columns of each choice list;
    `roots` the names the top of the form may be called by in an absolute path; `repeats` are among the groups.
    """

    questions: Mapping[Path, str]
    groups: frozenset[Path]
    lists: Mapping[str, frozenset[str]]
    roots: frozenset[str] = frozenset({"data"})
    repeats: frozenset[Path] = frozenset()
    _by_name: dict[str, list[Path]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        for path in (*self.questions, *self.groups):
            if path:
                self._by_name.setdefault(path[-1], []).append(path)

    def find(self, name: str, offset: int) -> Path:
        """The one question or group of a name. Raises ExpressionError."""
        found = self._by_name.get(name, [])
        if not found:
            raise ExpressionError(N_("No question is named {name}."), offset, name=name)
        if len(found) > 1:
            raise ExpressionError(N_("Several questions are named {name}: give each its own name."), offset, name=name)
        return found[0]

    def known(self, path: Path, offset: int) -> None:
        if path not in self.questions and path not in self.groups:
            raise ExpressionError(N_("No question is named {name}."), offset, name="/".join(path))

    def read(self, path: Path) -> frozenset[Path]:
        """What is read when the text of a path is: the question itself, or every question of a group."""
        if path in self.questions:
            return frozenset({path})
        return frozenset(one for one in self.questions if one[: len(path)] == path)

    def trail(self, path: Path) -> tuple[Path, ...]:
        """The repeats that a path stands in, from the outermost; a repeat does not stand in itself."""
        return tuple(path[:end] for end in range(1, len(path)) if path[:end] in self.repeats)

    def repeated(self, path: Path) -> frozenset[Path]:
        """The repeats that make several nodes of a path: those it stands in, and itself when it is one."""
        return frozenset((*self.trail(path), path)) & self.repeats


@dataclass(frozen=True)
class Scope:
    """Where one stands: in the form (`path`), in a list's tree (`listed`, `level` 0 top, 1 root, 2 row, 3 cell), at the
    `top` above the form, or nowhere that can be known beforehand.
    """

    path: Path | None = None
    top: bool = False
    columns: frozenset[str] | None = None
    level: int = 2

    def step(self, step: Step, names: Names) -> Scope:
        """Where one step leads. Raises ExpressionError when it leads to nothing."""
        if self.columns is not None:
            return self._in_list(step, self.columns)
        if step.axis == "self" and step.test == "node()":
            return self
        if self.top and step.axis == "child" and step.test != "*":
            if step.test not in names.roots:
                raise ExpressionError(N_("No question is named {name}."), step.offset, name=f"/{step.test}")
            return Scope(path=())
        if self.path is not None and step.axis == "parent" and self.path:
            return Scope(path=self.path[:-1])
        if self.path is not None and step.axis == "child" and step.test not in ("*", "node()"):
            path = (*self.path, step.test)
            names.known(path, step.offset)
            return Scope(path=path)
        return NOWHERE

    def _in_list(self, step: Step, columns: frozenset[str]) -> Scope:
        if step.axis == "self":
            return self
        if step.axis == "parent":
            return Scope(columns=columns, level=max(0, self.level - 1))
        if step.axis != "child" or step.test in ("*", "node()"):
            return NOWHERE
        right = {0: step.test == "root", 1: step.test == "item", 2: step.test in columns}.get(self.level, False)
        if not right and self.level == 2:
            raise ExpressionError(N_("The choice list has no column {name}."), step.offset, name=step.test)
        if not right:
            raise ExpressionError(N_("{found} cannot stand here."), step.offset, found=step.test)
        return Scope(columns=columns, level=self.level + 1)


NOWHERE = Scope()
