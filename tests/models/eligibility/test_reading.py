"""A file of rules with mistakes: everything that is wrong, each in one clear sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.i18n import Translator
from migrant_office.models.eligibility.book import RuleBook
from migrant_office.models.eligibility.facts import Facts
from migrant_office.models.eligibility.judging import Judge
from migrant_office.models.eligibility.library import city_rules, vocabulary
from migrant_office.models.eligibility.reading import RulesRefused, Vocabulary, read_rules
from migrant_office.models.eligibility.told import VerdictCode
from tests.models.eligibility.judged import every_city

WORDS = Vocabulary(
    services=frozenset({"s1", "s2"}),
    areas=frozenset({"health"}),
    documents=frozenset({"run_card"}),
    listed={"status": frozenset({"regular", "irregular"})},
)
HEAD = "[file]\ncollected = 2026-11-21\n"


def a_rule(code: str = "r1", **told: str) -> str:
    """A rule as text; each value is TOML."""
    usual = {
        "services": '["s1"]', "when": '["always"]', "then": '"meets"', "es": '"a"', "ht": '"b"', "en": '"c"',
        "source": '"somebody"', "date": '"2025"', "strength": '"official"',
    }  # fmt: skip
    lines = [f'code = "{code}"', *(f"{key} = {value}" for key, value in (usual | told).items() if value)]
    return "\n[[rules]]\n" + "\n".join(lines) + "\n"


def issues(source: str) -> list[str]:
    with pytest.raises(RulesRefused) as refused:
        read_rules(source, WORDS)
    return [issue.text(Translator("en")) for issue in refused.value.issues]


def one(rule: str, before: str = "") -> str:
    (found,) = issues(HEAD + before + rule)
    return found


def read(*rules: str, before: str = "") -> RuleBook:
    return read_rules(HEAD + before + "".join(rules), WORDS)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"when": '["agee at_least 18"]'}, "no field is called “agee”"),
        ({"when": '["status is legal"]'}, "“status” is never “legal”"),
        ({"when": '["sex is female"]'}, "“sex” is never “female”"),
        ({"when": '["has document passport"]'}, "no document is called “passport”"),
        ({"when": '["document run_card is gone"]'}, "“document:run_card” is never “gone”"),
        ({"when": '["status in @nobody"]'}, "no list is called “@nobody”"),
        ({"when": '["age is 18"]'}, "“age” is a number"),
        ({"when": '["age at_least adult"]'}, "“adult” is no whole number"),
        ({"when": '["sex at_least woman"]'}, "“sex” has no order"),
        ({"when": '["schooling under none"]'}, "nothing is under “none”"),
        ({"when": '["age at_least ²"]'}, "“²” is no whole number"),
        ({"when": '["schooling at_least primary, secondary"]'}, "“at_least” takes one value"),
        ({"when": '["status is regular, irregular"]'}, "“is” takes one value"),
        ({"when": '["status"]'}, "“status” cannot be read"),
        ({"when": '["status like regular"]'}, "“status like regular” cannot be read"),
        ({"when": '["has document"]'}, "no document is named"),
        ({"when": '[""]'}, "a line is empty"),
        ({"when": "[{ any = [] }]"}, "the group “any” has no lines"),
        ({"when": "[{ none = [1] }]"}, "is neither a line nor a group (any, all)"),
        ({"when": ""}, "“when” is missing"),
        ({"services": '["s9"]'}, "no service of the catalogue is called “s9”"),
        ({"services": '"s1"'}, "must be a list of texts"),
        ({"services": "", "areas": '["sport"]'}, "no area is called “sport”"),
        ({"services": "", "kinds": '["gold"]'}, "no need is called “gold”"),
        ({"services": ""}, "it names no service, no area and no need"),
        ({"needs": '["passport"]'}, "no paper is called “passport”"),
        ({"then": '"maybe"'}, "“then” must be one of"),
        ({"then": '"not_met"', "only": "true"}, "“needs, only” belongs to rules that say “meets”"),
        ({"then": '"no_offer"'}, "“no_offer” is said of needs"),
        ({"strength": '"rumour"'}, "“strength” must be one of"),
        ({"source": ""}, "the source is missing"),
        ({"date": ""}, "the date of the source is missing"),
        ({"date": '"last year"'}, "“last year” is no date"),
        ({"date": '"2027"'}, "later than “collected”"),
        ({"ht": ""}, "the words in “ht” are missing"),
        ({"confirmed": '"yes"'}, "“yes” is no date"),
        ({"color": '"red"'}, "nothing is called “color” here"),
        ({"when": '["age under 18", "age at_least 60"]'}, "nobody can meet both “age under 18” and “age at_least 60”"),
        ({"when": '["sex is woman", "sex is man"]'}, "nobody can meet both"),
        ({"when": '["has document run_card", "lacks document run_card"]'}, "nobody can meet both"),
        ({"when": '["sex is not woman", "sex not in man, other"]'}, "nobody can meet both"),
    ],
)
def test_one_sentence_for_one_mistake(told: dict[str, str], said: str) -> None:
    assert said in one(a_rule(**told))


def test_every_mistake_is_told_at_once() -> None:
    found = issues(
        HEAD + a_rule("a", source="") + a_rule("b", when='["nothing is known"]') + a_rule("b", strength='""')
    )
    assert [text.split(":")[0] for text in found] == ["[[rules]] a", "[[rules]] b", "[[rules]] b", "[[rules]] b"]


@pytest.mark.parametrize(
    "source",
    ["rules = 3", "[file", "[[rules]]\nservices = 1", "lists = []", HEAD + "[lists]\na = 1", HEAD + "[[rules]]", "",
     HEAD + "[[papers]]\ncode='p'", HEAD + "[[questions]]\nfact='Bad Name'\nes='a'\nht='a'\nen='a'", "rules = [1]"],
)  # fmt: skip
def test_a_broken_file_is_refused_with_words(source: str) -> None:
    assert all(issues(source))


@pytest.mark.parametrize("source", ["a = " + "[" * 5000, HEAD + a_rule(when="[" + "{any=[" * 400 + "]}" * 400 + "]")])
def test_groups_in_groups_without_end_are_refused(source: str) -> None:
    (said,) = issues(source)
    assert "groups inside groups" in said


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    for source in (text, HEAD + a_rule(when=f"[{text!r}]")):
        with suppress(RulesRefused):
            assert read_rules(source, WORDS).rules


def test_opposite_rules_on_the_same_conditions_are_refused() -> None:
    yes = a_rule("yes", when='["age at_least 18", "sex is woman"]')
    no = a_rule("no", when='["sex is woman", "age at_least 18"]', then='"not_met"')
    (said,) = issues(HEAD + yes + no)
    assert "[[rules]] no: it says the opposite of “yes” on “s1” under the same conditions" in said
    elsewhere = a_rule("no", when='["sex is woman", "age at_least 18"]', then='"not_met"', services='["s2"]')
    weak = a_rule("no", when='["sex is woman", "age at_least 18"]', then='"not_met"', strength='"press"')
    assert len(read(yes, elsewhere).rules) == len(read(yes, weak).rules) == 2


def test_two_strong_rules_that_clash_on_a_person_leave_it_to_the_institution() -> None:
    yes = a_rule("yes", when='["age at_least 18"]')
    no = a_rule("no", when='["sex is woman"]', then='"not_met"')
    found = Judge(read(yes, no), Facts({"age": 30, "sex": "woman"})).verdict("s1")
    assert (found.code, found.clash) == (VerdictCode.CONFIRM, True)


def test_confirming_a_weak_rule_makes_it_strong() -> None:
    said = {"when": '["status is irregular"]', "then": '"not_met"', "strength": '"seed"'}
    weak, strong = read(a_rule(**said)), read(a_rule(**said, confirmed="2026-12-01"))
    facts = Facts({"status": "irregular"})
    assert Judge(weak, facts).verdict("s1").code is VerdictCode.CONFIRM
    assert Judge(strong, facts).verdict("s1").code is VerdictCode.NOT_MET


def test_a_rule_of_an_area_speaks_of_all_its_services() -> None:
    book = read(a_rule(services="", areas='["health"]'))
    assert Judge(book, Facts({})).verdict("anything", "health").code is VerdictCode.MEETS
    assert Judge(book, Facts({})).verdict("anything", "work").code is VerdictCode.CONFIRM


def test_a_weak_way_does_not_pass_a_strong_one() -> None:
    paper = '[[papers]]\ncode = "p"\nheld = ["has document run_card"]\nes = "a"\nht = "b"\nen = "c"\n'
    book = read(a_rule("strong", needs='["p"]'), a_rule("weak", strength='"seed"'), before=paper)
    assert Judge(book, Facts({"document:run_card": "lacks"})).verdict("s1").code is VerdictCode.MISSING


def test_own_questions_become_fields_with_their_choices() -> None:
    question = '[[questions]]\nfact = "pet"\nes = "a"\nht = "b"\nen = "c"\n'
    choices = (
        'choices = [{ code = "cat", es = "a", ht = "b", en = "c" }, { code = "dog", es = "a", ht = "b", en = "c" }]\n'
    )
    assert read(a_rule(when='["pet is cat"]'), before=question + choices).questions["pet"].options
    assert "“pet” is never “fish”" in one(a_rule(when='["pet is fish"]'), question + choices)


@pytest.mark.parametrize("city", every_city())
def test_the_rules_of_a_city_have_no_mistake(city: str) -> None:
    book = city_rules(city)
    assert book.rules
    assert all(rule.source and (rule.services or rule.areas or rule.kinds) for rule in book.rules)
    assert {paper.service for paper in book.papers.values() if paper.service} <= (vocabulary(city).services or set())


def test_papers_that_are_never_printed_are_papers_of_the_intake():
    head = HEAD + 'never_printed_papers = ["run_card"]\n'
    assert read_rules(head, WORDS).unprinted_papers == {"run_card"}
    (said,) = issues(HEAD + 'never_printed_papers = ["no_such_paper"]\n')
    assert "no_such_paper" in said
