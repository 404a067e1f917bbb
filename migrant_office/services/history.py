"""Undo and redo of named operations: each is one more operation, so that every screen refreshes by the same path."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.vault.operation import Done


@dataclass(frozen=True, slots=True)
class Step:
    """What was undone or done again. `left` counts cells that somebody has changed since, which stay as they are."""

    op: Op
    done: Done
    left: int


def next_undo(office: Office) -> Op | None:
    """What "Undo" in the menu would undo; it names the operation."""
    return Op(office.undoable[-1].op) if office.undoable else None


def next_redo(office: Office) -> Op | None:
    return Op(office.redoable[-1].op) if office.redoable else None


def undo(office: Office) -> Step | None:
    """Put back what the last operation of this session wrote; nothing when there is none."""
    return turn(office, office.undoable, office.redoable)


def redo(office: Office) -> Step | None:
    """Do again what was undone last."""
    return turn(office, office.redoable, office.undoable)


def turn(office: Office, source: list[Done], target: list[Done]) -> Step | None:
    if not source:
        return None
    done = source[-1]
    inverse, left = office.vault.undo(done)
    source.pop()
    if inverse.envelopes:  # else all was changed since and nothing was put back, so there is nothing to turn again
        target.append(Done(done.op, inverse.envelopes, inverse.changed))
    return Step(Op(done.op), inverse, len(left))


def next_labels(office: Office) -> tuple[str, str]:
    """Message ids of what undo and redo would turn, empty where there is nothing."""
    undo, redo = next_undo(office), next_redo(office)
    return undo.label if undo else "", redo.label if redo else ""
