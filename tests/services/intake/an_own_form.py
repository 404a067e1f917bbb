"""What the tests of forms an office wrote itself share: a form of a few rows, and everything a case says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.office import Office
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import intake
from migrant_office.services import office_forms as forms

HEAD = """
| settings |
|  | form_title | form_id | version   | default_language |
|  | Otra       | otra    | {version} | Español (es)     |
| survey |
|  | type | name | label::Español (es) | maps_to | sensitive | default | calculation |
"""
CHOICES = """
| choices |
|  | list_name | name      | label::Español (es) |
|  | bar       | transport | Pasaje              |
|  | bar       | health    | Salud               |
|  | need      | health    | Salud               |
|  | need      | other     | Otra                |
|  | need      | kayak     | Kayak               |
|  | need      | sewing    | Costura             |
|  | yes_no    | yes       | Sí                  |
|  | yes_no    | no        | No                  |
|  | si_no     | si        | Sí                  |
|  | si_no     | no        | No                  |
|  | role      | speaker   | Habla               |
|  | role      | child     | Hija o hijo         |
|  | sign      | danger    | Peligro             |
|  | orient    | a         | Palabra reservada   |
"""


def load(office: Office, *rows: str, version: str = "1", name: str = forms.INTAKE) -> forms.Loaded:
    """Take in a form of these rows of its survey, in the order of the columns of HEAD."""
    text = HEAD.format(version=version) + "".join(f"|  | {row} |\n" for row in rows) + CHOICES
    return forms.load(office, name, text.encode(), "md")


def blank(office: Office, answers: Mapping[str, Any] | None = None, *, use: str = forms.INTAKE) -> FormFilling:
    """The form in use; answers by address, instances of repeats are made as they are named."""
    filling = FormFilling(intake.intake_form(office, use))
    for addr, answer in (answers or {}).items():
        for end in (at for at, letter in enumerate(addr) if letter == "]"):
            repeat, _, count = addr[:end].rpartition("[")
            while len(filling.instances(repeat)) < int(count):
                filling.add(repeat)
        filling.set(addr, answer)
    return filling


def finished(office: Office, answers: Mapping[str, Any], use: str = forms.INTAKE) -> str:
    """The id of the case that these answers open."""
    return intake.complete(office, intake.new_draft(office, use), blank(office, answers, use=use))[1]


def said(office: Office, *cases: str) -> str:
    """Every cell of these cases as text, without their compartments."""
    return json.dumps([office.case(case).cells for case in cases], ensure_ascii=False)


def reserved(office: Office, cases: Iterable[str]) -> str:
    """Every cell of the compartments of these cases."""
    return json.dumps([office.vault.file(Ref(Home.RESTRICTED, case)).cells for case in cases], ensure_ascii=False)
