"""The command line: one sentence for whatever goes wrong, in the chosen language, and never a traceback."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Sequence

from migrant_office import __version__, i18n, log
from migrant_office.commands import counts, creole, directory, forms, imports, offices, rules, windows
from migrant_office.commands.arguments import Parser, common
from migrant_office.commands.common import LANGUAGE, said
from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.progress import Cancelled

UNEXPECTED = N_("Something unexpected happened. The office is as it was after the last saved change.")
REFUSED, CRASHED, STOPPED = 1, 70, 130


def parser() -> Parser:
    """Every command with its options; `--help` names them all."""
    top = Parser(
        prog="migrant-office",
        description=_("Case files, referrals and protected counts of an office."),
        parents=[common(defaults=True)],
    )
    top.add_argument("--version", action="version", version=__version__, help=_("show the version"))
    commands = top.add_subparsers(metavar=_("COMMAND"), parser_class=Parser)
    again = common(defaults=False)
    for room in (windows, offices, imports, directory, forms, rules, creole, counts):
        room.add_to(commands, again)
    top.set_defaults(run=windows.run_open)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code: 0, 1 for a refusal with its sentence, 70 for what should not happen."""
    os.umask(0o077)  # every file of the program is private from the first second
    forbid_core_dumps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without our letters shows others, and no traceback
            stream.reconfigure(errors="replace")
    i18n.set_language(language_of(arguments))
    return guarded(lambda: dispatch(arguments))


def dispatch(arguments: Sequence[str]) -> int:
    given = parser().parse_args(list(arguments))
    code: int = given.run(given)
    return code


def guarded(work: Callable[[], int]) -> int:
    """Turn everything that can go wrong into one sentence on the error output and an exit code."""
    try:
        return work()
    except UserError as error:
        said(error.text(i18n.translator()), error=True)
        return REFUSED
    except (KeyboardInterrupt, Cancelled, EOFError):  # the last: the passphrase was asked for, and nobody answers
        said(_("Stopped. Nothing was half-done."), error=True)
        return STOPPED
    except BrokenPipeError:  # whoever read our lines has had enough; nor may the last flush complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        said(refused_by_system(error).text(i18n.translator()), error=True)
        return REFUSED
    except Exception as error:
        log.crash(error)
        said(_(UNEXPECTED), error=True)
        if os.environ.get("MIGRANT_OFFICE_DEBUG"):
            raise
        return CRASHED
    finally:
        log.stop()


def refused_by_system(error: OSError) -> UserError:
    """What the system refused outside the office, whose own files have their sentences already."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(N_("The disk is full. Nothing was half-saved. Free some space and try again."))
    return UserError(
        N_("“{file}” cannot be read or written. Check its name and who may use it."),
        file=os.path.basename(str(error.filename or "-")),
    )


def language_of(arguments: Sequence[str]) -> str:
    """The language asked for on the command line, before it is parsed, so that even its mistakes are told in it."""
    for i, text in enumerate(arguments):
        value = text.removeprefix("--language=") if text.startswith("--language=") else ""
        if text == "--language" and i + 1 < len(arguments):
            value = arguments[i + 1]
        if value in i18n.LANGUAGES:
            return value
    return LANGUAGE


def forbid_core_dumps() -> None:
    """A crash must not leave keys in a core file. Windows writes none."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
