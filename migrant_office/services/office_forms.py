"""The forms of an office: those its city ships with, unless the office has loaded its own version."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.form_version import FormVersion
from migrant_office.models.forms.form import Form, FormRefused
from migrant_office.models.forms.library import city_form
from migrant_office.models.forms.list_files import named_in
from migrant_office.models.forms.reading import load_form
from migrant_office.models.forms.sheets import Sheets, decoded
from migrant_office.models.forms.writing import as_csv, sheets_of
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.models.vault.operation import Done

INTAKE, QUICK, FAMILY = "intake", "quick", "family"
AT_THE_DOOR = (INTAKE, QUICK, FAMILY)
ABOUT_SERVICES = ("satisfaction", "certification", "entrepreneurship", "employment")
TOPICS = ("labour_rights", "unions", "migration_law", "entrepreneurship")
FILES = {f"survey_{kind}": f"surveys/{kind}" for kind in ABOUT_SERVICES} | {
    f"check_{topic}": f"surveys/check_{topic}" for topic in TOPICS
}
"""The surveys of a city by the name of the form: they ask somebody whose case is open. Not every city has all."""
SURVEYS = tuple(FILES)
NAMES = (*AT_THE_DOOR, *SURVEYS)
COMPLETION = "completion"  # of a draft: the intake form again, for a case that is open already


@dataclass(frozen=True, slots=True)
class Loaded:
    """What taking a form in did: the form that is in use now, and the one before it."""

    form: Form
    before: Form | None
    done: Done


def intake_form(office: Office, name: str = INTAKE) -> Form:
    """The form in use under a name: the newest that can be read. Another desk with a newer program may have loaded one
    that this one cannot, and people wait here. Raises `FormRefused` when somebody broke the city's file, `UserError`
    when the city has none of this name.
    """
    name = INTAKE if name == COMPLETION else name
    for version in reversed(loaded_versions(office, name)):
        with suppress(FormRefused):
            return built(version)
    try:
        return of_city(office, name)
    except FileNotFoundError as error:
        raise UserError(N_("There is no form “{name}” in this office."), name=name) from error


def of_city(office: Office, name: str) -> Form:
    """The form that the city ships under a name. Raises `FormRefused`, and `OSError` when it has none."""
    return city_form(office.city.folder, FILES.get(name, name))


def city_file(folder: Path, name: str) -> Path:
    """The file of a form in a city's folder. Raises `UserError` when the city has none of this name."""
    file = folder / f"{FILES.get(name, name)}.md"
    if not file.exists():
        raise UserError(N_("There is no form “{name}” in this city."), name=name)
    return file


def in_use(office: Office, name: str) -> Form | None:
    """The form in use under a name; None when there is none, or one that cannot be read any more."""
    try:
        return intake_form(office, name)
    except UserError:
        return None


def loaded_versions(office: Office, name: str) -> list[FormVersion]:
    """What the office has loaded under a name, oldest first."""
    found = office.vault.file(Ref(Home.FORM, name)).all(FormVersion)
    return sorted(found.values(), key=lambda version: (str(version.made), version.id))


def form_given(office: Office, name: str, digest: str) -> Form | None:
    """The form of a name that has this digest: the city's own or one that the office loaded; None when it is gone."""
    name = INTAKE if name == COMPLETION else name
    kept = next((version for version in loaded_versions(office, name) if version.digest == digest), None)
    try:
        form = built(kept) if kept else of_city(office, name)
    except (UserError, OSError):
        return None
    return form if form.digest == digest else None


def every_version(office: Office, name: str) -> list[Form]:
    """The forms that were ever in use under a name, newest first, the city's own last; those that can be read."""
    found: list[Form] = []
    for version in reversed(loaded_versions(office, name)):
        with suppress(FormRefused):
            found.append(built(version))
    with suppress(FormRefused, OSError):
        found.append(of_city(office, name))
    return found


def built(version: FormVersion) -> Form:
    """The form of a kept version. Raises `FormRefused` when a newer program kept what this one cannot read."""
    return _built(version.source, tuple(sorted((version.files or {}).items())))


@lru_cache(maxsize=16)
def _built(source: str, files: tuple[tuple[str, str], ...]) -> Form:
    return load_form(source.encode(), "csv", {name: text.encode() for name, text in files}, judge=False)


def load(office: Office, name: str, data: bytes, kind: str, files: dict[str, bytes] | None = None) -> Loaded:
    """Take a form in as the one in use from now on: one operation. Answers given before keep their version.

    Raises `FormRefused` with every finding, `UserError` for a name that no screen uses and for a form in use already.
    """
    if name not in NAMES:
        raise UserError(N_("A form is loaded as one of: {names}."), names=", ".join(NAMES))
    files = files or {}
    form, before = load_form(data, kind, files), in_use(office, name)
    if before and form.digest == before.digest:
        raise UserError(N_("This form is in use already: nothing was changed."))
    if before and (form.id, form.version) == (before.id, before.version):
        raise UserError(
            N_("The form was changed but still says version {version}. Write another version in its settings."),
            version=form.version or "–",
        )
    sheets = sheets_of(data, kind)
    files = named_in(sheets["survey"], files)
    version = FormVersion(
        id=new_id(),
        name=name,
        form=form.id,
        version=form.version,
        digest=form.digest,
        made=clock.today(),
        officer=office.officer,
        source=as_csv(sheets),
        files={file: decoded(text, []) for file, text in files.items()} or None,
    )
    with office.operation(Op.LOAD_FORM, name) as op:
        op.put(version)
    return Loaded(form, before, op.done)


def sheets_in_use(office: Office, name: str) -> Sheets:
    """The sheets of the form in use, to be written out for a spreadsheet program. Raises `UserError` for none."""
    versions = loaded_versions(office, name)
    if versions:
        return sheets_of(versions[-1].source.encode(), "csv")
    return sheets_of(city_file(office.city.folder, name).read_bytes(), "md")
