"""What is handed to a printer, and what may be in its way: one sentence each, and nothing half-done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.progress import Progress


@dataclass(frozen=True, slots=True)
class Printer:
    """`name` is how the system calls it, `title` how people do; `usual`: it is the one taken unless another is said."""

    name: str
    title: str
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """`title` is the kind of sheet and never a name: whoever looks at the queue of a printer reads it."""

    pdf: bytes
    title: str
    copies: int = 1
    both_sides: bool = False


class Spooler(Protocol):
    """The way to the printers of this computer. Neither call is for the window's thread: a printer may be far away."""

    def printers(self) -> list[Printer]:
        """The printers there are, the usual one first. Raises `PrintFailed` when the system does not answer."""

    def send(self, job: Job, printer: str, progress: Progress) -> None:
        """Hand over all copies or none. Raises `PrintFailed`; `Cancelled` when the person stopped it."""


class PrintFailed(UserError):
    """Nothing was printed, and why."""


class NoPrinter(PrintFailed):
    def __init__(self) -> None:
        super().__init__(
            N_("This computer has no printer. Save the sheet as PDF, or ask whoever looks after the computer.")
        )


class NoPrintProgram(PrintFailed):
    """Without `lp` only Qt could print, and Qt would lay the sheet open on the disk first."""

    def __init__(self) -> None:
        super().__init__(
            N_("This computer lacks the program “lp” of CUPS. Save the sheet as PDF, or have it installed.")
        )


class NotTaken(PrintFailed):
    """The printer is gone, or refuses."""

    def __init__(self) -> None:
        super().__init__(
            N_("The printer did not take the sheet: nothing was printed. Look whether it is on, or choose another one.")
        )


class Stopped(PrintFailed):
    """The queue holds what it gets: paper is out, or somebody stopped it."""

    def __init__(self) -> None:
        super().__init__(
            N_("The printer is stopped: nothing was sent to it. Look at its paper and lights, or choose another one.")
        )


class NoAnswer(PrintFailed):
    """The printing system hangs."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            N_("The printer did not answer within {n} seconds, and printing was stopped. Look whether it is on."),
            n=round(seconds),
        )
