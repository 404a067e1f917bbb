"""Forms that an office wrote itself in the real window, and drafts that a disk refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from migrant_office.app import Window
from migrant_office.errors import StorageFailed
from migrant_office.models.office import Office
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake, people
from migrant_office.ui.intake import autosaver
from migrant_office.ui.intake.intake_page import IntakePage
from migrant_office.ui.page import IntakeWish
from tests.services.intake.an_own_form import load
from tests.ui.looking import live, settle, write
from tests.ui.walking import page_of, space_of, until

LOOSE = (
    "text | given | N |",
    "begin_group | home | Hogar |",
    "text | sought | S |",
    "end_group | | |",
    "begin_repeat | kids | K |",
    "text | kid | N |",
    "begin_repeat | toys | T |",
    "text | toy | J |",
    "end_repeat | | |",
    "end_repeat | | |",
    "text | last | L |",
)


def begun(window: Window, wish: IntakeWish) -> IntakePage:
    space_of(window).start_intake(wish)
    page = page_of(window, IntakePage)
    until(lambda: page.filling is not None and page.views, "intake")
    live(120)
    return page


def asked(page: IntakePage, work: Callable[[Office], object]) -> object:
    found: list[object] = []
    page.operations.run(page, work, found.append)
    until(lambda: found, "answer")
    return found[0]


def test_questions_outside_of_groups_are_steps_of_their_own(window: Window) -> None:
    asked(page_of(window, IntakePage), lambda office: load(office, *LOOSE))
    page = begun(window, IntakeWish())
    assert page.filling is not None
    write("Rose")
    for _step in range(2):
        page.forward.click()
        live(30)
    page._add("/kids")
    page._add("/kids[1]/toys")
    page._answered("/kids[1]/toys[1]/toy", "trompo")
    first = page.views["/kids[1]/kid"]
    page._add("/kids")
    assert page.views["/kids[1]/kid"] is first, "a block that stays is not made anew"
    assert "/kids[2]/kid" in page.views
    page.forward.click()
    live(30)
    write("fin")
    page.forward.click()
    until(lambda: space_of(window).current == "case", "case")

    def kept(office: Office) -> set[str]:
        (found,) = people.search(office, "rose trompo fin")
        return {one.text for one in people.read_case(office, found.id).answers}

    assert asked(page, kept) == {"trompo", "fin"}


def test_what_a_disk_refused_is_saved_later_though_another_intake_was_begun(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autosaver, "TRY_AGAIN_MS", 200)
    real, full = intake.save_draft, [True]

    def refusing(*told: object) -> Draft:
        if full[0]:
            raise StorageFailed("The disk is full.")
        return real(*told)  # type: ignore[arg-type]  # whatever the keeper hands in

    monkeypatch.setattr(intake, "save_draft", refusing)
    page = begun(window, IntakeWish())
    write("Zenaida")
    page.save_now()
    space_of(window).start_intake(IntakeWish())
    settle(window.operations)
    full[0] = False
    live(500)
    titles = asked(page, lambda office: [draft.title for draft in intake.waiting(office)])
    assert str(titles).count("Zenaida") == 1
    assert page.filling is not None
    assert "person.given" not in page.filling.mapped()
