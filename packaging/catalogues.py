"""The catalogues of texts: take the texts out of the source, bring es and ht up to date, check, compile.

    python packaging/catalogues.py update     extract to migrant_office.pot and update the .po files
    python packaging/catalogues.py check      the gate; prints what is wrong and ends with 1
    python packaging/catalogues.py status     how much is translated, and what is missing
    python packaging/catalogues.py compile    write the .mo files that an installed program reads
    python packaging/catalogues.py prune      take reviews of texts that stand nowhere any more out of reviews.csv

The .po files are edited by people. English needs none: message ids are English. A catalogue with a country (es_MX)
replaces some messages of its language and is never complete. Forms and sheets carry their languages side by side in
their own files; the Creole lint reads those too. Run it with the Python of packaging/setup.sh, which finds the program.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import creole_lint  # type: ignore[import-not-found]  # the script beside this one, no package
from babel.messages import Catalog, Message, extract, mofile, pofile
from babel.messages.frontend import parse_mapping_cfg

from migrant_office.models.parity import (
    Pair,
    Registered,
    faults_in,
    needs_review,
    pair_of,
    read_registry,
    write_registry,
)
from migrant_office.services.creole.inventory import common_texts, file_texts
from migrant_office.services.creole.side_by_side import Unreadable, texts_in

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "resources" / "i18n"
FORMS = ROOT / "resources" / "forms"
POT = I18N / "migrant_office.pot"
COMPLETE = ("es", "ht")
PARTIAL = ("es_MX",)
KEYWORDS = {
    **dict.fromkeys(("_", "N_", "gettext"), None),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
    "word": (2,),  # ui/words.py: a word that cities say differently
}
HEADER = "# Texts of migrant_office.\n# Message ids are English; named placeholders and & stay as they are.\n#"
PLURALS = "nplurals=2; plural=(n != 1);"  # of Spanish as of Creole: one, and every other number

_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%[sdn1-9]|</?[a-z][^>]*>")
_MNEMONIC = re.compile(r"&(?!&|[a-z]+;)(?<!&&)")
_CLOSING = re.compile(r"(\.\.\.|[:…?!.])\s*$")


# -- extract and update


def extracted() -> Catalog:
    """Every text marked in the source, with the files it stands in and the comments for translators."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it bare
    catalog = Catalog(project="migrant_office", header_comment=HEADER, charset="utf-8", fuzzy=False)
    found = extract.extract_from_dir(
        ROOT, methods, options, KEYWORDS, ["Translators:"], strip_comment_tags=True, directory_filter=_is_ours
    )
    for filename, _line, message, comments, context in found:
        catalog.add(message, None, [(Path(filename).as_posix(), 0)], auto_comments=comments, context=context)
    for where, message, context in _in_f_strings():
        catalog.add(message, None, [(where, 0)], context=context)
    return catalog


def _in_f_strings() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """(file, message, context) of texts marked inside an f-string: to Python 3.11's tokenizer, and so to Babel, those
    are one opaque token; newer versions see them. Found by the syntax tree, the catalogue is the same everywhere.
    """
    for path in sorted((ROOT / "migrant_office").rglob("*.py")):
        for outer in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls = ast.walk(outer) if isinstance(outer, ast.JoinedStr) else ()
            for call in (node for node in calls if isinstance(node, ast.Call)):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                where = path.relative_to(ROOT).as_posix()
                if name in ("pgettext", "NP_") and len(texts) == 2:
                    yield where, texts[1], texts[0]
                elif name == "ngettext" and len(texts) == 2:
                    yield where, (texts[0], texts[1]), None
                elif name in KEYWORDS and len(texts) == 1:
                    yield where, texts[0], None


def _is_ours(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "_")) and Path(folder).name not in ("tests", "benchmarks", "build")


def as_text(catalog: Catalog) -> str:
    target = io.BytesIO()
    pofile.write_po(target, catalog, width=110, sort_output=True, include_lineno=False, include_previous=True)
    return target.getvalue().decode("utf-8")


def _po(lang: str) -> Path:
    return I18N / lang / "LC_MESSAGES" / "migrant_office.po"


def read(lang: str) -> Catalog:
    with _po(lang).open("rb") as file:
        return pofile.read_po(file, locale=lang)


def update() -> None:
    template = extracted()
    _write(POT, template)
    for lang in COMPLETE:
        catalog = read(lang)
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        catalog.obsolete.clear()
        _write(_po(lang), catalog)


def _write(path: Path, catalog: Catalog) -> None:
    """Write the file when more than its creation date would change."""
    text = as_text(catalog)
    if not path.exists() or _without_dates(path.read_text(encoding="utf-8")) != _without_dates(text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _without_dates(text: str) -> str:
    return re.sub(r'^"(POT-Creation|PO-Revision)-Date:.*\n', "", text, flags=re.MULTILINE)


def compile_all() -> None:
    for lang in (*COMPLETE, *PARTIAL):
        if _po(lang).exists():
            with _po(lang).with_suffix(".mo").open("wb") as file:
                mofile.write_mo(file, read(lang))


# -- the gate

Key = tuple[str, str]


def keys(catalog: Catalog) -> set[Key]:
    """The messages of a catalogue as (context, its forms in English)."""
    return {(m.context or "", " | ".join(_forms(m.id))) for m in catalog if m.id}


def check() -> Iterator[str]:
    """What is wrong with the catalogues and the Creole texts, a line each; nothing when all is well."""
    wanted = extracted()
    with POT.open("rb") as file:
        yield from stale(POT.name, keys(wanted), keys(pofile.read_po(file)))
    for lang in COMPLETE:
        catalog = read(lang)
        yield from stale(lang, keys(wanted), keys(catalog))
        yield from rule_of_plurals(lang)
        for message in catalog:
            if message.id:
                yield from (f"{lang}: {_name(message)}: {what}" for what in faults(message, lang))
    for lang in PARTIAL:
        if _po(lang).exists():
            catalog = read(lang)
            yield from rule_of_plurals(lang)
            yield from (f"{lang}: {k} is in no source" for k in sorted(keys(catalog) - keys(wanted)))
            yield from (f"{lang}: {_name(m)}: {what}" for m in catalog if m.id for what in faults(m, lang))
    broken = False
    for path in sorted(FORMS.rglob("*")):
        for what in creole_in(path):
            broken = broken or what.startswith(UNREAD)
            yield f"{path.relative_to(ROOT).as_posix()}: {what}"
    if not broken:  # else every review of that file would look obsolete
        yield from reviews()


def stale(name: str, wanted: set[Key], there: set[Key]) -> Iterator[str]:
    """What the source has and the catalogue lacks, and the other way about; a few by name, the rest by number."""
    for what, found in (("lacks", sorted(wanted - there)), ("still has", sorted(there - wanted))):
        yield from (f"{name}: {what} {text!r} {context}: run update" for context, text in found[:3])
        if len(found) > 3:
            yield f"{name}: {what} {len(found) - 3} more"


def rule_of_plurals(lang: str) -> Iterator[str]:
    """With another rule in the header, gettext would choose a form that was written for another number."""
    header = re.search(r'^"Plural-Forms: (.*?)\\n"$', _po(lang).read_text(encoding="utf-8"), re.MULTILINE)
    if header is None or header[1] != PLURALS:
        yield f"{lang}: the header does not say Plural-Forms: {PLURALS}"


def faults(message: Message, lang: str) -> Iterator[str]:
    """What is wrong with one translated message."""
    originals, texts = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield "fuzzy: confirm the translation and take the mark away"
    if not all(texts):
        yield "not translated"
        return
    for text in texts:
        yield from _differences(originals, text)
        if lang == "es" and text.count("?") != text.count("¿"):
            yield "a question opens with ¿"
        if lang == "ht":
            yield from creole_lint.findings(text)


def _differences(originals: tuple[str, ...], text: str) -> Iterator[str]:
    """Against the English singular or plural, whichever is the nearer: each may say the figure or not."""
    if not any(_same(_PLACEHOLDER, original, text) for original in originals):
        yield f"placeholders differ: {text!r}"
    if not any(_same(_MNEMONIC, original, text) for original in originals):
        yield f"the number of & differs: {text!r}"
    if not any(_closing(original) == _closing(text) for original in originals):
        yield f"ends otherwise than the English: {text!r}"
    if not any(_edges(original) == _edges(text) for original in originals):
        yield f"spaces at the edge differ: {text!r}"
    if "\u202f" in text:
        yield "U+202F: our typefaces do not draw it"


def _same(pattern: re.Pattern[str], one: str, other: str) -> bool:
    return Counter(pattern.findall(one)) == Counter(pattern.findall(other))


def _closing(text: str) -> str:
    found = _CLOSING.search(text)
    return found.group(1).replace("...", "…") if found else ""


def _edges(text: str) -> tuple[bool, bool]:
    return text != text.lstrip(), text != text.rstrip()


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _name(message: Message) -> str:
    return f"{message.context}: {_forms(message.id)[0]!r}" if message.context else repr(_forms(message.id)[0])


# -- Creole in forms and sheets, and who approved it

UNREAD = "cannot be read"


def creole_in(path: Path) -> Iterator[str]:
    """What the lint finds in the Creole columns or keys of one file: CSV, Markdown tables (XLSForm), TOML."""
    try:
        texts = texts_in(path)
    except Unreadable as error:
        yield f"{UNREAD}: {error}"
        return
    for text in texts:
        yield from (f"{text.spot}: {finding}" for finding in creole_lint.findings(text.ht))


def _registry() -> Path:
    return I18N / "reviews.csv"


def reviews() -> Iterator[str]:
    """What is wrong with the registry of approvals. One whose pair stands nowhere any more is a fault: whoever changes
    an approved text is to see that a reader has to read it again.
    """
    name = _registry().name
    try:
        content = _registry().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        yield f"{name}: {UNREAD}: {type(error).__name__}"
        return
    faults = list(faults_in(content))
    yield from (f"{name}: line {line}: {what}" for line, what in faults)
    if not faults:
        for each in _obsolete(read_registry(content)):
            yield f"{name}: obsolete, its texts stand nowhere any more: {each.es!r}, {each.ht!r}: run prune"


def _obsolete(approvals: tuple[Registered, ...]) -> list[Registered]:
    there = _standing() if approvals else set()
    return [each for each in approvals if (each.review.es_hash, each.review.ht_hash) not in there]


def _standing() -> set[Pair]:
    """The pairs of every Creole text that the program ships."""
    folders = sorted(path.name for path in FORMS.iterdir() if path.is_dir())
    found = [*file_texts(FORMS, folders), *common_texts(I18N)]
    return {pair_of(text.es, text.ht) for _place, text in found if needs_review(text.es, text.ht)}


def prune() -> None:
    approvals = read_registry(_registry().read_text(encoding="utf-8"))
    gone = _obsolete(approvals)
    _registry().write_text(write_registry(each for each in approvals if each not in gone), encoding="utf-8")
    print(f"{len(gone)} of {len(approvals)} taken out")


def status() -> Iterator[str]:
    """How far each language is, then the messages that wait."""
    for lang in COMPLETE:
        messages = [m for m in read(lang) if m.id]
        waiting = [m for m in messages if m.fuzzy or not all(_forms(m.string))]
        yield f"{lang}: {len(messages) - len(waiting)} of {len(messages)}"
        yield from (f"  {_name(m)}" for m in waiting)


def main(command: str) -> int:
    if command == "update":
        update()
    elif command == "compile":
        compile_all()
    elif command == "prune":
        prune()
    elif command == "status":
        print("\n".join(status()))
    elif command == "check":
        wrong = list(check())
        print("\n".join(wrong))
        return bool(wrong)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
