"""Small forms written as markdown, for the tests of the form engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from migrant_office.models.forms.form import Form
from migrant_office.models.forms.reading import load_form

SURVEY = (
    "type|name|label::Español (es)|label::Kreyòl (ht)|relevant|required|constraint|constraint_message::Español (es)|"
    "calculation|choice_filter|default|maps_to",
    "begin_group|who|Persona|Moun||||||||",
    "text|name|¿Cómo se llama?|Kijan ou rele?||yes||||||person.given",
    "integer|age|¿Qué edad tiene ${name}?|Ki laj ${name}?|||. >= 0 and . <= 120|Entre 0 y 120||||",
    "calculate|adult|||||||if(${age} = '', '', if(${age} >= 18, 'yes', 'no'))|||person.adult",
    "end_group|||||||||||",
    "begin_group|home|Hogar|Kay|${adult} = 'yes'|||||||",
    "select_one region|region|¿Qué región?|Ki rejyon?||||||||",
    "select_one town|town|¿Qué comuna?|Ki komin?||||||region = ${region}||",
    "select_multiple need|needs|¿Qué necesita?|Kisa ou bezwen?|||||||food|need.kind",
    "text|other|¿Qué otra cosa?|Ki lòt bagay?|selected(${needs}, 'other')|||||||",
    "note|thanks|Gracias, ${name}|Mèsi, ${name}||||||||",
    "end_group|||||||||||",
)
CHOICES = (
    "list_name|name|label::Español (es)|label::Kreyòl (ht)|region|retired",
    "region|n|Norte|Nò||",
    "region|s|Sur|Sid||",
    "town|arica|Arica|Arika|n|",
    "town|lota|Lota|Lota|s|",
    "town|ancud|Ancud|Anko|s|yes",
    "need|work|Trabajo|Travay||",
    "need|food|Comida|Manje||",
    "need|other|Otra|Lòt||",
)
SETTINGS = (
    "form_title|form_id|version|default_language",
    "Familia|family|3|Español (es)",
)


@pytest.fixture(scope="session")
def family(survey: Callable[..., bytes]) -> Form:
    """Who and how old; for an adult, where and what is needed."""
    return load_form(survey(*SURVEY, choices=CHOICES, settings=SETTINGS), "md")


@pytest.fixture(scope="session")
def survey() -> Callable[..., bytes]:
    """A markdown form from rows of cells: `survey("type|name|label", "text|a|A")`."""

    def make(*rows: str, choices: tuple[str, ...] = (), settings: tuple[str, ...] = ()) -> bytes:
        parts = (("survey", rows), ("choices", choices), ("settings", settings))
        lines = [f"| {name} |\n" + "".join(f"| | {row} |\n" for row in part) for name, part in parts if part]
        return "".join(lines).encode()

    return make
