"""The gate on copies of the real catalogues: each kind of fault, planted, is found with its language and message."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from migrant_office.models.parity import read_registry, registered, write_registry
from migrant_office.services.creole.inventory import chosen, creole_texts
from tests.factories import DAY

Edit = Callable[[str], str]


@pytest.fixture(scope="module")
def gate(script, tmp_path_factory):
    """The tool over the real source and forms, with the catalogues in a place where a test may break them."""
    tool = script("catalogues")
    monkeypatch = pytest.MonkeyPatch()
    wanted = tool.extracted()
    monkeypatch.setattr(tool, "extracted", lambda: wanted)
    copy = tmp_path_factory.mktemp("gate") / "i18n"
    shutil.copytree(tool.I18N, copy, ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(tool, "I18N", copy)
    monkeypatch.setattr(tool, "POT", copy / tool.POT.name)
    tool.update()  # so that what waits for its translators is no news
    yield tool
    monkeypatch.undo()


@pytest.fixture(scope="module")
def before(gate: ModuleType) -> set[str]:
    return set(gate.check())


@pytest.fixture
def planted(gate: ModuleType, before: set[str]):
    """Change a file of the copy and answer what the gate says that it did not say before; put it back at the end."""
    kept: dict[Path, bytes] = {}

    def plant(name: str, edit: Edit) -> set[str]:
        path = gate.I18N / name if "." in name else gate._po(name)
        kept.setdefault(path, path.read_bytes())
        old = path.read_text(encoding="utf-8")
        new = edit(old)
        assert new != old, "nothing was planted"
        path.write_text(new, encoding="utf-8")
        return set(gate.check()) - before

    yield plant
    for path, content in kept.items():
        path.write_bytes(content)


def swap(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def message(text: str, msgid: str, context: str = "") -> tuple[int, int]:
    """Where the entry of a message begins and ends."""
    head = f'msgctxt "{context}"\n' if context else ""
    start = text.index(f'\n{head}msgid "{msgid}"\n') + 1
    return start, text.index("\n\n", start) + 1


def says(msgid: str, *forms: str) -> Edit:
    """The message with other translations, one for each form."""

    def edit(text: str) -> str:
        start, end = message(text, msgid)
        entry = text[start:end]
        names = ["msgstr"] if len(forms) == 1 else [f"msgstr[{n}]" for n in range(len(forms))]
        told = "".join(f'{name} "{form}"\n' for name, form in zip(names, forms, strict=True))
        return text[:start] + entry[: entry.index("msgstr")] + told + text[end:]

    return edit


def taken_out(msgid: str) -> Edit:
    def edit(text: str) -> str:
        start, end = message(text, msgid)
        return text[:start] + text[end + 1 :]

    return edit


def fuzzy(msgid: str) -> Edit:
    def edit(text: str) -> str:
        start, _end = message(text, msgid)
        return f"{text[:start]}#, fuzzy\n{text[start:]}"

    return edit


def without_context(context: str, msgid: str) -> Edit:
    def edit(text: str) -> str:
        start, _end = message(text, msgid, context)
        return text[:start] + text[start:].replace(f'msgctxt "{context}"\n', "", 1)

    return edit


def one_form_less(text: str) -> str:
    start, end = message(text, "{n} day ago")
    return text[:start] + re.sub(r'msgstr\[1\] ".*"\n', "", text[start:end]) + text[end:]


STAY = '"Plural-Forms: nplurals=2; plural=(n != 1);'
FAULTS: dict[str, tuple[str, Edit, str]] = {
    "stale: a text of the source is missing": ("es", taken_out("tomorrow"), "es: lacks 'tomorrow'"),
    "stale: a text that no source has": ("ht", swap('msgid "tomorrow"', 'msgid "to morrow"'), "still has 'to morrow'"),
    "stale template": ("migrant_office.pot", taken_out("tomorrow"), "migrant_office.pot: lacks 'tomorrow'"),
    "stale: the plural of the source changed": (
        "es",
        swap('msgid_plural "{n} days ago"', 'msgid_plural "{n} dayz ago"'),
        "{n} day ago | {n} dayz ago",
    ),
    "fuzzy": ("es", fuzzy("tomorrow"), "es: 'tomorrow': fuzzy"),
    "missing": ("ht", says("tomorrow", ""), "ht: 'tomorrow': not translated"),
    "missing plural form": ("es", one_form_less, "es: '{n} day ago': not translated"),
    "empty plural form": ("ht", says("{n} day ago", "sa gen {n} jou", ""), "ht: '{n} day ago': not translated"),
    "another rule of plurals": ("ht", swap(STAY, '"Plural-Forms: nplurals=2; plural=(n > 1);'), "ht: the header"),
    "no rule of plurals": ("es_MX", swap(STAY, '"X: '), "es_MX: the header"),
    "placeholder lost": ("ht", says("{n} day ago", "sa gen {n} jou", "sa gen jou"), "placeholders differ"),
    "placeholder misspelt": ("es", says("{n} day ago", "hace {m} día", "hace {n} días"), "placeholders differ"),
    "alphabet": ("ht", says("tomorrow", "demén"), "ht: 'tomorrow'"),
    "French": ("ht", says("tomorrow", "le lendemain"), "ht: 'tomorrow'"),
    "Spanish": ("ht", says("tomorrow", "mañana"), "ht: 'tomorrow'"),
    "lost accent": ("ht", says("tomorrow", "jou lekol"), "accent lost"),
    "apostrophe": ("ht", says("tomorrow", "m'ap vini demen"), "ht: 'tomorrow'"),
    "lost context": ("es", without_context("QPlatformTheme", "Cancel"), "lacks 'Cancel' QPlatformTheme"),
    "lost mnemonic": ("es", says("&Undo", "Deshacer"), "the number of & differs"),
    "a mnemonic too many": ("ht", says("tomorrow", "&demen"), "the number of & differs"),
    "a question without its opening": ("es", says("tomorrow", "mañana?"), "a question opens with ¿"),
    "a word of Mexico that no source has": ("es_MX", swap('\nmsgid "A', '\nmsgid "Zz A'), "is in no source"),
    "review: hash": (
        "reviews.csv",
        lambda text: text + f"{'0' * 12},{'1' * 12},M,2026-11-20,Cita,Randevou\n",
        "es_hash",
    ),
    "review: no registry": ("reviews.csv", lambda _text: "es,ht\n", "reviews.csv: line 1"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_planted_fault_is_found_and_named(planted, name: str) -> None:
    where, edit, complaint = FAULTS[name]
    found = planted(where, edit)
    assert any(complaint in line for line in found), found
    assert all(line.startswith(f"{where}: ") for line in found), found


def test_a_review_of_a_real_text_passes_and_is_obsolete_once_the_text_changes(gate, before, planted) -> None:
    text = chosen(creole_texts(), "interface")[0]
    line = write_registry([registered(text.es, text.ht, "Marie", DAY)])
    assert planted("reviews.csv", lambda _text: line) == set()
    gone = write_registry([registered(text.es, f"{text.ht} ankò", "Marie", DAY), *read_registry(line)])
    (found,) = planted("reviews.csv", lambda _text: gone)
    assert found.startswith("reviews.csv: obsolete")
    assert "ankò" in found
    gate.prune()
    assert set(gate.check()) <= before
    assert len(read_registry((gate.I18N / "reviews.csv").read_text(encoding="utf-8"))) == 1


def test_the_same_pair_twice_and_a_day_that_is_none_are_found(planted) -> None:
    text = creole_texts()[0]
    line = write_registry([registered(text.es, text.ht, "Marie", DAY)])
    (found,) = planted("reviews.csv", lambda _text: line + line.splitlines(keepends=True)[1])
    assert "x 2" in found
    (found,) = planted("reviews.csv", lambda _text: line.replace(f"{DAY}", "2026-13-01"))
    assert "date=2026-13-01" in found
