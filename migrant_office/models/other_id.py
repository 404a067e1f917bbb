"""A number that another system or register gave the person, so that nobody is asked or imported twice."""

from __future__ import annotations

from migrant_office.models.vault.nouns import Home, Searched, noun, scalar


@noun("other_id", Home.CASE, once=True)
class OtherId:
    """`system` names who gave the code, such as a municipal register or the file of an import; never a document."""

    id: str
    system: str = scalar()
    code: str = scalar(index=True, search=Searched.PAPERS)
