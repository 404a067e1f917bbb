"""The nouns of printed sheets: the wording, what is said in it about whom, the paper, and how a sheet is asked for."""

from migrant_office.models.sheet.choice import BOTH, ENGLISH, LANGUAGES, SPANISH, USUAL, Choice, MadeSheet
from migrant_office.models.sheet.data import RouteData, RouteGroup, RouteLine, SheetData, SheetService, known
from migrant_office.models.sheet.paper import Paper
from migrant_office.models.sheet.text import SheetDefinition, SheetText

__all__ = [
    "BOTH",
    "ENGLISH",
    "LANGUAGES",
    "SPANISH",
    "USUAL",
    "Choice",
    "MadeSheet",
    "Paper",
    "RouteData",
    "RouteGroup",
    "RouteLine",
    "SheetData",
    "SheetDefinition",
    "SheetService",
    "SheetText",
    "known",
]
