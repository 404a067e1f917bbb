"""A10: exact counts, the secret and names, looked for in every byte that leaves."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from migrant_office.i18n import N_, Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.audit.exports import figures
from migrant_office.services.counts.audit.report import Finding
from migrant_office.services.counts.audit.truth import Truth
from migrant_office.services.counts.files.folder import release_files

Files = Mapping[str, bytes]
_SHORTEST = 4  # letters of a name; shorter ones stand in ordinary words
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,  ]\d{3})+(?![\w])|(?<![\w.,])\d+(?![\w])")
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_AUTHOR = re.compile(
    rb"<(?:dc:creator|cp:lastModifiedBy|Company|Manager)>([^<]+)</"  # of a workbook
)
_HIDDEN_SHEET = re.compile(rb'<sheet [^>]*state="(?:hidden|veryHidden)"')
_CELL = re.compile(r'<c r="[A-Z]+\d+"(?: s="\d+")?><v>([^<]+)</v>')  # of a sheet: a number, never a text
_STRING = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")  # of a workbook
_SIZE = re.compile(r'"bytes": \d+')  # of another file
_FORMULA = re.compile(rb"<f[ >]")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What may stand in no file: the key of the rounding, names and ids of people. Never written anywhere."""

    key: bytes = b""
    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "Secrets(...)"


def leaks(
    releases: Sequence[Release],
    files: Sequence[Files],
    truths: Sequence[Truth | None],
    secrets: Secrets,
) -> Finding:
    """A10 over the files of each release. The finding names the file and the kind of leak, never what leaked."""
    names = _folded(secrets.names)
    for release, own, truth in zip(releases, files, truths, strict=True):
        unexplained = names - _explained(release)
        exact = _exact(release, truth) if truth else frozenset()
        usual = _without_figures(release) if exact else {}
        for name, data in own.items():
            for part, content in parts(name, data):
                kind = _leak(part, content, exact - usual.get(part, frozenset()), secrets, unexplained)
                if kind:
                    message = N_("{file} holds what may not leave ({kind}).")
                    return Finding("A10", False, 1, message, {"file": part, "kind": kind})
    count = sum(map(len, files))
    message = N_("In {count} files no exact figure, no key and no name was found.")
    return Finding("A10", True, 0, message, {"count": count})


def parts(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is, the parts of a workbook, the text and the properties of a PDF."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for inner in packed.infolist():
                yield from parts(f"{name}/{inner.filename}", packed.read(inner))
    elif data.startswith(b"%PDF"):
        yield f"{name}/text", _pdf_text(data)


def _pdf_text(data: bytes) -> bytes:
    import pypdfium2  # only when there is a PDF

    found: list[str] = []
    document = pypdfium2.PdfDocument(data)
    try:
        found += [f"{key}: {value}" for key, value in document.get_metadata_dict().items()]
        for page in document:
            text = page.get_textpage()
            found.append(text.get_text_bounded())
            text.close()
            page.close()
    finally:
        document.close()
    return "\n".join(found).encode()


def _leak(part: str, content: bytes, exact: frozenset[int], secrets: Secrets, names: frozenset[str]) -> str:
    """The kind of the first leak in a part; "" when there is none."""
    if any(form in content for form in _forms(secrets.key)):
        return N_("the secret key")
    author = _AUTHOR.search(content)
    if author and author[1].strip():
        return N_("the name of an author")
    if _HIDDEN_SHEET.search(content) or (part.endswith(".xml") and "/sheet" in part and _FORMULA.search(content)):
        return N_("a hidden sheet or a formula")
    text = content.decode("utf-8", "replace")
    if _UUID.search(text) or _ADDRESS.search(text) or _ids(text, secrets.ids):
        return N_("an identifier of a person")
    if not names.isdisjoint(word.casefold() for word in _WORD.findall(text)):
        return N_("the name of a person")
    if not exact.isdisjoint(_numbers(part, text)):
        return N_("an exact figure")
    return ""


def _forms(key: bytes) -> Iterable[bytes]:
    """A key as it is and as it is usually written; nothing when there is none."""
    if not key:
        return ()
    plain = key.hex()
    return key, plain.encode(), plain.upper().encode(), base64.b64encode(key), base64.urlsafe_b64encode(key)


def _ids(text: str, ids: frozenset[str]) -> bool:
    return bool(ids) and not ids.isdisjoint(re.findall(r"[\w-]+", text))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(w.casefold() for name in names for w in _WORD.findall(name) if len(w) >= _SHORTEST)


def _metadata(release: Release) -> str:
    """Everything in a release but its figures."""
    told = asdict(release)
    del told["tables"]
    labels = [asdict(table.label) for table in release.tables]
    return json.dumps([told, labels], ensure_ascii=False, default=str)


def _explained(release: Release) -> frozenset[str]:
    """Words that stand in the labels anyway: a person may be called Santiago."""
    return frozenset(word.casefold() for word in _WORD.findall(_metadata(release)))


def _exact(release: Release, truth: Truth) -> frozenset[int]:
    """Exact counts that no honest file has reason to hold: not published, and large enough to mean something."""
    counts = {n for exact in truth.cells.values() for n in (exact.persons, exact.events)}
    shown = {value for value in figures(release).values() if value is not None}
    return frozenset(n for n in counts - shown if n >= release.parameters.threshold and n % release.parameters.base)


def _numbers(part: str, text: str) -> frozenset[int]:
    """The numbers of a part: values of the CSV, cells and texts of a workbook, words of a text or of JSON."""
    if part.endswith(".csv"):
        found: Iterable[str] = (n for row in text.splitlines()[2:] for n in row.split(",") if n.isdecimal())
    elif "/worksheets/" in part:
        found = (str(int(float(n))) for n in _CELL.findall(text))
    elif part.endswith("sharedStrings.xml"):
        found = _NUMBER.findall("\n".join(_STRING.findall(text)))
    elif part.endswith((".txt", "/text", ".json")) and "sha256" not in part:
        found = _NUMBER.findall(_SIZE.sub("", text))
    else:
        return frozenset()
    return frozenset(int(re.sub(r"\D", "", n)) for n in found)


def _without_figures(release: Release) -> dict[str, frozenset[int]]:
    """The numbers that every part has anyway, parameters and dates: those of a release in which all is protected."""
    tables = tuple(
        replace(table, cells=tuple(replace(cell, value=None, obs_status="Q") for cell in table.cells))
        for table in release.tables
    )
    blank = release_files(replace(release, tables=tables), Translator(release.language))
    return {
        part: _numbers(part, content.decode("utf-8", "replace"))
        for name, data in blank.items()
        for part, content in parts(name, data)
    }
