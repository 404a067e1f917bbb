"""The way through the questions: what is asked now, never the officer's own, sensitive ones first on their page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form
from migrant_office.models.forms.reading import load_form
from migrant_office.ui.person_mode.walk import Walk, second_language

REPEATED = b"""| survey |
|  | type         | name    | label::Espa\xc3\xb1ol (es)  |
|  | begin_repeat | members | Miembros           |
|  | text         | given   | \xc2\xbfC\xc3\xb3mo se llama?    |
|  | end_repeat   |         |                    |
"""


INTRODUCED = """| survey |
|  | type            | name  | label::Español (es)        | sensitive |
|  | begin_group     | one   | Uno                        |           |
|  | text            | plain | ¿Qué prefiere?             |           |
|  | note            | intro | Lo que sigue es voluntario |           |
|  | text            | own   | ¿Quiere contarlo?          | yes       |
|  | note            | end   | Eso era todo               |           |
|  | end_group       |       |                            |           |
""".encode()


def names(walk: Walk) -> list[str]:
    found = []
    while walk.go_on():
        found.append(walk.here.rpartition("/")[2])
    return found


def test_it_goes_on_from_the_question_in_focus_through_the_following_pages(form: Form):
    walk = Walk(FormFilling(form), form.question("story").addr)
    assert names(walk) == ["story", "gender", "read", "birth", "age", "papers", "place", "walking", "hours"]


def test_the_officer_s_own_questions_are_never_shown(form: Form):
    assert "secret" not in names(Walk(FormFilling(form)))
    assert names(Walk(FormFilling(form), form.question("secret").addr))[0] == "gender"


def test_a_sensitive_question_comes_first_on_its_page_but_after_the_one_in_focus(form: Form):
    assert names(Walk(FormFilling(form), form.question("papers").addr))[:3] == ["papers", "gender", "place"]


def test_an_answer_may_take_a_question_away_or_bring_it_back(form: Form):
    filling = FormFilling(form)
    walk = Walk(filling, form.question("birth").addr)
    walk.go_on()
    filling.set(walk.here, "1990-05-03")
    walk.go_on()
    walk.go_on()
    assert walk.here.endswith("/papers"), "the age is not asked of who knows the day"
    filling.set(form.question("birth").addr, None)
    walk.go_on()
    assert walk.here.endswith("/age"), "and is asked at once when the day was taken back"


def test_back_leads_to_what_is_still_asked(form: Form):
    filling = FormFilling(form)
    walk = Walk(filling, form.question("age").addr)
    walk.go_on()
    walk.go_on()
    filling.set(form.question("birth").addr, "1990-05-03")
    assert not walk.go_back()
    assert walk.here.endswith("/gender")
    filling.set(form.question("birth").addr, None)


def test_a_note_goes_with_the_question_that_it_introduces():
    form = load_form(INTRODUCED, "md")
    assert names(Walk(FormFilling(form), "/one/plain")) == ["plain", "intro", "own", "end"]
    assert names(Walk(FormFilling(form), "/one/end")) == ["end", "intro", "own"]
    assert names(Walk(FormFilling(form))) == ["intro", "own", "plain", "end"]


def test_each_instance_of_a_repeat_is_asked():
    filling = FormFilling(load_form(REPEATED, "md"))
    while len(filling.instances("/members")) < 2:
        filling.add("/members")
    walk = Walk(filling)
    walk.go_on()
    walk.go_on()
    assert walk.here == "/members[2]/given"
    assert walk.dots() == (1, 2)


def test_the_second_language_is_what_the_person_said(form: Form):
    filling, addr = FormFilling(form), form.question("language").addr
    said = {}
    for code in (None, "ht", "fr", "es", "en"):
        filling.set(addr, code)
        said[code] = second_language(filling)
    assert said == {None: "ht", "ht": "ht", "fr": "ht", "es": "", "en": "en"}


@given(st.lists(st.sampled_from(["on", "back", "birth", "clear"]), max_size=40))
def test_however_one_walks_each_question_shown_is_asked_and_the_end_is_reached(form: Form, steps: list[str]):
    filling = FormFilling(form)
    walk, birth = Walk(filling), form.question("birth").addr
    for step in steps:
        if step in ("birth", "clear"):
            filling.set(birth, "1990-05-03" if step == "birth" else None)
            continue
        moved = walk.go_on() if step == "on" else walk.go_back()
        assert not moved or walk.here in walk.order()
    last = walk.here
    for _step in walk.order():
        walk.go_on()
    walk.go_on()
    assert walk.here == ""
    assert walk.last() or not last
    assert walk.dots() == (0, 0)
