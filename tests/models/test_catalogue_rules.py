"""What no catalogue may publish is refused when it is read; groups of any year nest in single countries."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office.models.counts import catalogue_rules as rules
from migrant_office.models.counts.catalogue import Catalogue, Population
from migrant_office.models.counts.catalogue_file import parse_catalogue, read_catalogue
from migrant_office.models.counts.nationalities import chosen, with_lines
from migrant_office.paths import resources

CITIES = ("santiago", "cdmx")


def text_of(city: str) -> str:
    return (resources() / "forms" / city / "indicators.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=CITIES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return read_catalogue(resources() / "forms" / request.param / "indicators.toml")


def table(dimensions: str, kind: str = "quarter") -> str:
    return f"""
[[tables.{kind}]]
code = "more"
label = {{ es = "a", en = "a", ht = "a" }}
dimensions = {dimensions}
indicators = ["persons_attended"]
"""


def line(dimension: str, code: str, more: str = "", word: str = "a") -> str:
    label = f'{{ es = "{word}", en = "a", ht = "a" }}'
    return f'[[dimensions.{dimension}]]\ncode = "{code}"\nlabel = {label}\n{more}\n'


STAFF = """
[dimensions.officer]
column = "service"
of = "event"
label = { es = "a", en = "a", ht = "a" }
""" + line("officer.schemes.month", "_U", "missing = true\nrest = true")


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t + table('["status:month", "service_type:month"]'), "never told by service"),
        (lambda t: t + table('["nationality:month", "sex:month"]', "month"), "one two-way table"),
        (lambda t: t + table('["nationality:year"]'), "of a year only"),
        (lambda t: t + table('["age:month", "sex:month", "status:month"]', "year"), "at most 2"),
        (lambda t: t + table('["age:month", "age:year"]', "year"), "one dimension twice"),
        (lambda t: t + table('["age:survey"]', "year"), "do not nest"),
        (lambda t: t + table('["sex:full"]', "year"), "share one line"),
        (lambda t: t + table('["officer:month"]') + STAFF, "never published"),
        (lambda t: t + table("[]", "week"), "no such period"),
        (lambda t: t.replace("published = false\n", "", 1), "only the line of yes"),
        (lambda t: t.replace("sensitive = true\n", "", 1), "sensitive"),
        (lambda t: t.replace('[[tables.year]]\ncode = "total"', '[[tables.year]]\ncode = "x"\nx = ""').replace(
            'x = ""\nlabel = { es = "Total", en = "Total", ht = "Total" }\ndimensions = []',
            'label = { es = "Total", en = "Total", ht = "Total" }\ndimensions = ["sex:month"]'), "no total of"),
        (lambda t: t.replace('es = "Salud"', 'es = "Violencia de género"'), "violence"),
        (lambda t: t + line("service_type.schemes.month", "GBV2", 'values = ["gender_violence"]'), "violence"),
        (lambda t: t + line("status.schemes.month", "ASY", 'values = ["asylum_applicant"]'), "protection"),
        (lambda t: t + '\n[[populations]]\ncode = "a"\nparts = ["office"]\n[[populations]]\ncode = "b"\n'
            'parts = ["office", "programme"]\n[parts]\noffice = 400\nprogramme = 29\n', "fewer than 30"),
    ],
)  # fmt: skip
def test_what_no_catalogue_may_publish_is_refused(city: str, change, said: str) -> None:
    text = text_of(city)
    parse_catalogue(text)
    changed = change(text)
    assert changed != text
    with pytest.raises(ValueError, match=said):
        parse_catalogue(changed)


def test_every_two_lines_share_nothing_or_one_holds_the_other(catalogue: Catalogue) -> None:
    """By values, for every value there is: what the rule promises, told another way."""
    ages = [catalogue.scheme(f"age:{name}") for name in ("month", "year", "unhcr")]
    for one, other in combinations(ages, 2):
        assert one is not None
        assert other is not None
        pairs = {(one.code_of(age), other.code_of(age)) for age in range(131)}
        for first, second in pairs:
            alone = {a for a, b in pairs if b == second} == {first} or {b for a, b in pairs if a == first} == {second}
            assert alone, (first, second)


@given(data=st.data())
def test_the_groups_of_any_year_before_nest_and_lose_nobody(catalogue: Catalogue, data: st.DataObject) -> None:
    counts = data.draw(st.dictionaries(st.sampled_from([*catalogue.countries.lines, "XXX"]), st.integers(0, 400)))
    codes = chosen(counts, catalogue)
    assert len(codes) <= catalogue.countries.most
    assert all(counts[code] >= catalogue.countries.least for code in codes)
    left = [n for code, n in counts.items() if code in catalogue.countries.lines and code not in (*codes, "MEX")]
    assert not codes or len(codes) == 5 or all(n < 30 for n in left)
    grouped = with_lines(catalogue, codes)
    rules.check(grouped)
    scheme = grouped.scheme("nationality")
    assert scheme is not None
    lines = {category.code for category in scheme.categories}
    assert set(codes) <= lines
    every = {*catalogue.countries.lines.values(), *scheme.values, "ZZ", "", "?refused"}
    assert {scheme.code_of(country) for country in every} <= lines
    for code in codes:
        assert scheme.code_of(catalogue.countries.lines[code]) == code


def test_a_country_without_its_line_stands_with_its_region(catalogue: Catalogue) -> None:
    scheme = with_lines(catalogue, ["CHN"]).scheme("nationality")
    assert scheme is not None
    assert (scheme.code_of("VE"), scheme.code_of("CN")) == ("G_AME", "CHN")
    assert scheme.code_of("FR") == "G_OTH"
    assert with_lines(catalogue, []) is catalogue


def test_equal_countries_are_chosen_by_code(catalogue: Catalogue) -> None:
    assert chosen({"VEN": 50, "HTI": 50, "COL": 51}, catalogue) == ("COL", "HTI", "VEN")
    assert chosen({"VEN": 29}, catalogue) == ()


@given(
    st.lists(st.frozensets(st.sampled_from("abcd"), min_size=1), min_size=2, max_size=4),
    st.fixed_dictionaries({part: st.integers(0, 60) for part in "abcd"}),
)
def test_populations_are_equal_apart_or_far(populations: list[frozenset[str]], parts: dict[str, int]) -> None:
    told = [Population(code=str(n), parts=found) for n, found in enumerate(populations)]
    bad = any(
        one != other and one & other and sum(parts[p] for p in one ^ other) < 30
        for one, other in combinations(populations, 2)
    )
    if bad:
        with pytest.raises(ValueError, match="fewer than 30"):
            rules.check_populations(told, parts, 30)
    else:
        rules.check_populations(told, parts, 30)


@pytest.mark.parametrize("city", CITIES)
def test_every_published_line_is_told_in_three_languages(city: str) -> None:
    text = text_of(city)
    assert not re.search(r'(es|en|ht) = ""', text)
    catalogue = parse_catalogue(text)
    for name in rules.published(catalogue):
        for category in catalogue.lines(name).categories:
            assert category.label.es
            assert category.label.en
            assert category.label.ht
