"""What commands share: saying things, finding the passphrase, opening the office."""

from __future__ import annotations

import argparse
import getpass
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Self

from migrant_office import i18n, log
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.models.city import load_city
from migrant_office.models.office import Office, read_about
from migrant_office.progress import Progress
from migrant_office.services.offices import open_office

LANGUAGE = "es"  # of the program, when nobody chooses


def said(text: str, *, error: bool = False) -> None:
    """One line for the person at the terminal."""
    print(text, file=sys.stderr if error else sys.stdout, flush=True)


def spoken(language: str, city: str) -> tuple[str, dict[str, str]]:
    """A language with a city's country and words: what `set_language` takes. English has no country of ours."""
    if not city:
        return language, {}
    profile = load_city(city)
    region = language if language == "en" else f"{language}_{profile.country}"
    return region, profile.words.get(language, {})


def passphrase(given: argparse.Namespace) -> str:
    """The first line of `--passphrase-file`, else asked at the terminal. Raises `UserError` when there is neither."""
    if given.passphrase_file is not None:
        try:
            text: str = given.passphrase_file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(N_("The passphrase file cannot be read. Check its name and who may read it.")) from error
        if not (line := text.partition("\n")[0].rstrip("\r")):
            raise UserError(N_("The passphrase file is empty. Write the passphrase in its first line."))
        return line
    if not sys.stdin.isatty():
        raise UserError(N_("Give the passphrase with --passphrase-file FILE."))
    return getpass.getpass(_("Passphrase: "))


@contextmanager
def opened(given: argparse.Namespace) -> Iterator[Office]:
    """The office of `--data`, unlocked, in its own language unless another was asked for; closed at the end.

    The log stays open for whoever called: what stopped the command is to be written there.
    """
    about = read_about(given.data)
    language = given.language or about.language
    if language in i18n.LANGUAGES:
        i18n.set_language(*spoken(language, about.city))
    office = open_office(given.data, passphrase(given))
    try:
        log.start(given.data)
        yield office
    finally:
        office.close()


class Told(Progress):
    """Progress that tells itself on a terminal, and stays silent in a pipe.

    Inside its block Ctrl C stops the work at its next report, where nothing is half-done; a second one stops at once.
    """

    def __enter__(self) -> Self:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored
            signal.signal(signal.SIGINT, self.interrupt)
        return self

    def __exit__(self, *_error: object) -> None:
        if signal.getsignal(signal.SIGINT) == self.interrupt:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        if self.cancelled:
            signal.default_int_handler(number, frame)
        self.cancel()

    def report(self, done: int, total: int) -> None:
        super().report(done, total)
        if sys.stderr.isatty() and total:
            print(f"\r{100 * done // total:3d} %", end="\n" if done >= total else "", file=sys.stderr, flush=True)
