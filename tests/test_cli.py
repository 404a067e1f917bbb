from __future__ import annotations

import argparse
import io
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office import __version__, cli, i18n, log
from migrant_office.commands import arguments as words
from migrant_office.errors import UserError
from migrant_office.i18n import Translator
from migrant_office.progress import Cancelled

COMMANDS = [
    "open",
    "tour",
    "init",
    "demo",
    "rebuild",
    "check",
    "recovery",
    "import people",
    "counts show",
    "counts close",
]
ENGLISH = (
    "usage",
    "options",
    "positional",
    "arguments",
    "show",
    "argument",
    "required",
    "invalid",
    "choose from",
    "month",
    "folder",
    "file",
    "the ",
)
NEEDED = {
    "counts show": ["--month", "2026-03"],
    "counts close": ["--month", "2026-03", "--out", "x"],
    "import people": ["f.csv", "--map", "m.toml"],
    "init": ["--city", "santiago"],
    "tour": ["--out", "x"],
}


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    mask = os.umask(0o022)
    monkeypatch.setattr(resource, "setrlimit", lambda *_told: None)
    yield
    os.umask(mask)
    i18n.set_language("es")
    log.stop()


def helped(capsys: pytest.CaptureFixture[str], *told: str) -> str:
    with pytest.raises(SystemExit) as end:
        cli.run([*told, "--help"])
    assert end.value.code in (0, None)
    out, err = capsys.readouterr()
    assert err == ""
    return out


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_help_names_every_command(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    out = helped(capsys, "--language", lang)
    for command in {name.split()[0] for name in COMMANDS}:
        assert f"\n    {command} " in out
    for name in ("import people", "counts show", "counts close"):
        room, _, kind = name.partition(" ")
        assert f"\n    {kind} " in helped(capsys, "--language", lang, room)


@pytest.mark.parametrize("command", ["", "import", "counts", *COMMANDS])
def test_help_in_spanish_is_in_spanish(capsys: pytest.CaptureFixture[str], command: str) -> None:
    out = helped(capsys, *command.split(), "--language", "es")
    bare = re.sub(r"--[a-z-]+|migrant-office [a-z ]+|^ +(show|counts|import) ", "", out, flags=re.MULTILINE)
    assert out.startswith("uso:")
    assert [word for word in ENGLISH if word in bare.lower()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_the_same_three_options_before_and_after(command: str) -> None:
    parser = cli.parser()
    told = ["--data", "d", "--passphrase-file", "p", "--language", "ht"]
    name, rest = command.split(), NEEDED.get(command, [])
    for line in (
        [*told, *name, *rest],
        [*name, *rest, *told],
        [*told[:2], name[0], *told[2:4], *name[1:], *rest, *told[4:]],
    ):
        given = parser.parse_args(line)
        assert (given.data, given.passphrase_file, given.language) == (Path("d"), Path("p"), "ht"), line
    given = parser.parse_args([*name, *rest])
    assert (given.passphrase_file, given.language) == (None, None)
    assert given.data.name == "migrant-office"


def test_what_is_said_last_counts() -> None:
    assert cli.parser().parse_args(["--data", "a", "rebuild", "--data", "b"]).data == Path("b")


def test_without_a_command_the_window_opens() -> None:
    assert cli.parser().parse_args([]).run is cli.parser().parse_args(["open"]).run
    assert cli.parser().parse_args(["--language", "ht"]).run is cli.parser().parse_args(["open"]).run


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ([], "es"),
        (["--language", "ht"], "ht"),
        (["counts", "show", "--language=en"], "en"),
        (["--language", "xx"], "es"),
        (["--language"], "es"),
        (["--language", "xx", "--language", "ht"], "ht"),
    ],
)
def test_the_language_is_known_before_the_line_is_understood(told: list[str], language: str) -> None:
    assert cli.language_of(told) == language


MISTAKES = [
    ["nonsense"],
    ["counts"],
    ["counts", "show"],
    ["counts", "show", "--month"],
    ["rebuild", "--nonsense"],
    ["demo", "--city", "atlantis"],
    ["demo", "--people", "0"],
    ["demo", "--people", "-3"],
    ["demo", "--people", "many"],
    ["demo", "--months", "1.5"],
    ["demo", "--seed", "x"],
    ["demo", "--until", "2026-13-01"],
    ["demo", "--until", "tomorrow"],
    ["demo", "extra"],
    ["counts", "show", "--month", "2026-13"],
    ["counts", "close", "--month", "2026-03"],
    ["counts", "show", "--month", "2026-03", "--year", "2026"],
    ["import", "people", "f.csv"],
    ["init"],
    ["--language", "xx"],
    ["rebuild", "--from-log=yes"],
    ["--dat", "x"],
    ["counts", "show", "--month", "\udcff"],
    ["--nonsense", "rebuild"],
    [""],
    ["--help=now"],
]


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("told", MISTAKES, ids=" ".join)
def test_a_mistake_is_one_sentence_in_the_chosen_language(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, told: list[str], lang: str
) -> None:
    data = ["--data", str(tmp_path / "none")]
    assert cli.run([*data, *told, "--language", lang]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "Traceback" not in err
    if lang != "en":
        ours = err.replace("--help", "").replace("import people", "").replace("counts show", "")
        assert [word for word in ("argument", "expected", "required", "choose from", "invalid") if word in ours] == []
    assert list(tmp_path.iterdir()) == []


def test_every_word_of_argparse_that_can_be_met_is_known() -> None:
    """Of the library as installed: a new Python may say something new."""
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    for text in words.WORDS:
        assert f"'{text}'" in source or f'"{text}"' in source, text
        for lang in ("es", "ht"):
            assert Translator(lang).gettext(words.WORDS[text]) != ""


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_words_of_ours_keep_the_places_of_argparse(lang: str) -> None:
    i18n.set_language(lang)
    values = {"argument_name": "A", "message": "M", "value": "V", "choices": "C"}
    for text in words.WORDS:
        ours = words.in_our_words(text)
        assert len(words.PLACE.findall(ours)) == len(words.PLACE.findall(text))
        assert ours % (values if "%(" in text else ("X",) * text.count("%"))
    assert words.in_our_words("something new: %s") == "something new: %s"


# whatever happens


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserError("The disk is full. Nothing was half-saved. Free some space and try again."), 1),
        (KeyboardInterrupt(), 130),
        (Cancelled(), 130),
        (EOFError(), 130),
        (OSError(28, "x"), 1),
        (PermissionError(13, "x"), 1),
        (OSError(5, "x"), 1),
        (KeyError("Rose Désir"), 70),
        (RecursionError(), 70),
        (MemoryError(), 70),
        (AssertionError("Rose Désir"), 70),
    ],
)
def test_whatever_happens_is_one_sentence(capsys: pytest.CaptureFixture[str], error: BaseException, code: int) -> None:
    def fails() -> int:
        raise error

    assert cli.guarded(fails) == code
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert "Rose" not in err


def test_the_unexpected_is_kept_in_the_open_log_without_names(tmp_path: Path) -> None:
    def fails() -> int:
        log.start(tmp_path)
        raise KeyError("Rose Désir")

    assert cli.guarded(fails) == cli.CRASHED
    written = (tmp_path / "logs" / "program.log").read_text()
    assert "KeyError at test_cli" in written
    assert "Rose" not in written
    assert log.LOGGER.handlers[0].__class__.__name__ == "NullHandler"  # closed again


def test_a_developer_sees_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> int:
        raise KeyError("x")

    monkeypatch.setenv("MIGRANT_OFFICE_DEBUG", "1")
    with pytest.raises(KeyError):
        cli.guarded(fails)


def test_a_terminal_without_our_letters_shows_others(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", plain)
    with pytest.raises(SystemExit):
        cli.run(["--help"])
    plain.seek(0)
    assert "?" in plain.read()


# a process of its own


def program(*told: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "migrant_office", *told],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=env,
    )


def test_as_a_program() -> None:
    done = program("nonsense", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "nonsense" in done.stderr
    assert program("--version").stdout.strip() == __version__


def test_no_screen_is_told_before_qt_aborts() -> None:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = program("--language", "en", env={k: v for k, v in os.environ.items() if k not in named})
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no screen" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files")
def test_a_crash_leaves_no_core_file() -> None:
    # as much as this process may still give: a test before may have run the program in it, which takes all away
    code = (
        "import resource; most = resource.getrlimit(resource.RLIMIT_CORE)[1]; "
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most)); from migrant_office import cli; "
        "cli.run(['nonsense']); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


def test_whoever_reads_may_stop_reading(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "migrant_office",
            "demo",
            "--people",
            "1",
            "--months",
            "1",
            "--data",
            str(tmp_path / "d"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 1


def test_qt_is_not_loaded_for_a_command() -> None:
    code = (
        "import sys; from migrant_office import cli; cli.run(['rebuild', '--data', 'nowhere']); "
        "print([m for m in sys.modules if m.startswith('PySide6')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
