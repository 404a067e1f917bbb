"""The wording that this office prints: the city's, with the approvals of its Creole."""

from __future__ import annotations

from migrant_office.models.office import Office
from migrant_office.models.sheet import SheetDefinition
from migrant_office.services import parity
from migrant_office.services.sheets.definition import load_definition


def definition(office: Office, name: str) -> SheetDefinition:
    """The wording of one sheet (`sheets.kinds.WORDINGS`). Raises UserError when its table cannot be used."""
    return load_definition(office.city.id, name).judged(parity.standing(office))
