"""Reading the command line: argparse, with its own words in our languages and every refusal one sentence of ours."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, NoReturn

from migrant_office import i18n, paths
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _

WORDS = {  # what argparse says: what we say; {named} places are filled by argparse, in its order
    "usage: ": N_("usage:"),
    "positional arguments": N_("commands and files"),
    "options": N_("options"),
    "show this help message and exit": N_("show this help"),
    "argument %(argument_name)s: %(message)s": N_("{argument}: {message}"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("“{value}” is not one of: {choices}"),
    "expected one argument": N_("its value is missing"),
    "expected at least one argument": N_("its value is missing"),
    "the following arguments are required: %s": N_("still missing: {names}"),
    "one of the arguments %s is required": N_("one of these is missing: {names}"),
    "not allowed with argument %s": N_("does not go together with {name}"),
    "unrecognized arguments: %s": N_("unknown here: {names}"),
    "ignored explicit argument %r": N_("takes no value, but there is “{value}”"),
}
PLACE = re.compile(r"%(\(\w+\))?[sr]")


class Usage(UserError):
    """The command line cannot be understood."""


def in_our_words(text: str) -> str:
    """A text of argparse in the language of the interface, with argparse's own places in it, without quotes."""
    if text not in WORDS:
        return text
    places = iter([f"%{found[1] or ''}s" for found in PLACE.finditer(text)])
    ours = re.sub(r"\{\w+\}", lambda _found: next(places), _(WORDS[text]))
    return ours + " " * (len(text) - len(text.rstrip()))


vars(argparse)["_"] = in_our_words  # the name by which argparse itself translates


class Parser(argparse.ArgumentParser):
    """argparse, but what is wrong becomes one sentence of ours, and no option may be shortened."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **told})

    def error(self, message: str) -> NoReturn:
        raise Usage(
            N_("The command cannot be understood ({detail}). See: {program} --help"), detail=message, program=self.prog
        )


def common(*, defaults: bool) -> argparse.ArgumentParser:
    """The options that every command takes, before or after its name. Only the top has defaults: a command's would
    undo what was said before its name.
    """
    shared = argparse.ArgumentParser(add_help=False)

    def default(value: object) -> object:
        return value if defaults else argparse.SUPPRESS

    shared.add_argument(
        "--data",
        type=Path,
        default=default(paths.default_data()),
        metavar=_("DIR"),
        help=_("folder of the office (default: {folder})").format(folder="~/.local/share/migrant-office"),
    )
    shared.add_argument(
        "--passphrase-file",
        type=Path,
        default=default(None),
        metavar=_("FILE"),
        help=_("file whose first line is the passphrase"),
    )
    shared.add_argument(
        "--language", choices=i18n.LANGUAGES, default=default(None), help=_("language of the messages and windows")
    )
    return shared
