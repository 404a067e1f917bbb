"""No Creole of the program is left out, each pair counts once, and an office sees its own words for the city's."""

from __future__ import annotations

import csv

import pytest

from migrant_office import i18n, paths
from migrant_office.models.city import cities, load_city
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.forms.library import city_form
from migrant_office.models.notice import load_notice
from migrant_office.models.office import Office
from migrant_office.models.parity import Review, Reviews, needs_review, pair_of, text_hash
from migrant_office.models.rapid_path import load_checklist
from migrant_office.models.restricted import Sign
from migrant_office.services import office_forms, parity
from migrant_office.services.creole import inventory
from migrant_office.services.creole.inventory import TextState, chosen, counted, creole_texts, office_texts
from migrant_office.services.sheets.definition import load_definition, shipped
from migrant_office.services.sheets.kinds import WORDINGS
from tests.factories import DAY


@pytest.fixture(scope="module", params=cities())
def city(request):
    return request.param


@pytest.fixture(scope="module")
def texts(city):
    return creole_texts(city)


def spoken_in(city):
    """Every pair that the program itself reads for a city, by its own readers and not by the inventory's."""
    for name in WORDINGS:
        if shipped(city, name).exists():
            definition = load_definition(city, name)
            yield from ((name, row.es, row.ht) for row in (*definition.rows, *definition.phrases))
    yield from (("notice", each.es, each.ht) for each in load_notice(city).spoken)
    path = load_checklist(load_city(city).folder)
    yield from (("path", step.words.es, step.words.ht) for step in path.steps(Sign))
    yield from (("path", words.es, words.ht) for words in path.avoided(Sign))
    book = city_rules(city)
    yield from (("rules", rule.words.es, rule.words.ht) for rule in book.rules)
    for name in (*office_forms.AT_THE_DOOR, *office_forms.FILES.values()):
        if (load_city(city).folder / f"{name}.md").exists():
            form = city_form(load_city(city).folder, name)
            questions = list(form.root.questions())
            said = [t for q in questions for t in (q.label, q.hint, q.constraint_message)]
            said += [choice.label for listed in form.lists.values() for choice in listed.choices]
            yield from ((name, text.by_lang.get("es", ""), text.by_lang.get("ht", "")) for text in said)
    yield from (("country", row["es"], row["ht"]) for row in i18n.countries().values())
    yield from (("area", area.es, area.ht) for area in load_city(city).areas)


def test_whatever_the_program_reads_in_creole_is_listed(city, texts):
    listed = {text.pair for text in texts}
    missing = [(name, es) for name, es, ht in spoken_in(city) if needs_review(es, ht) and pair_of(es, ht) not in listed]
    assert missing == []
    assert len({name for name, _es, _ht in spoken_in(city)}) > 12


def test_the_windows_the_days_and_the_name_of_the_office_are_listed(city, texts):
    listed = {text.pair for text in texts}
    es, ht = i18n.Translator("es"), i18n.Translator("ht")
    assert pair_of(es.gettext("tomorrow"), ht.gettext("tomorrow")) in listed
    days = ("{n} day ago", "{n} days ago", 5)
    assert pair_of(es.ngettext(*days), ht.ngettext(*days)) in listed
    mexican = i18n.Translator("es_MX").gettext("A referral was rejected")
    assert mexican != es.gettext("A referral was rejected")
    assert pair_of(mexican, ht.gettext("A referral was rejected")) in listed
    assert pair_of("noviembre", "novanm") in listed
    assert pair_of("miércoles", "mèkredi") in listed
    about = load_city(city)
    assert pair_of(about.office, about.office_ht) in listed


def test_each_pair_counts_once_with_every_place_it_stands_in(city, texts):
    assert len({text.pair for text in texts}) == len(texts)
    assert all(text.where and text.es and text.ht and text.es != text.ht for text in texts)
    both = creole_texts()
    assert len({text.pair for text in both}) == len(both)
    pairs = {text.pair: text for text in both}
    assert any(len(text.places) >= 4 for text in both)
    assert all(set(text.where) <= set(pairs[text.pair].where) for text in texts)
    assert sum(text.state is TextState.DRAFT for text in chosen(both, "notice")) == len(chosen(both, "notice")) > 40


def test_states_follow_the_reviews_and_places_are_counted(city, texts):
    first, second = texts[0], texts[1]
    other = Review(second.pair[0], text_hash("lòt"), "Marie", DAY)
    reviews = Reviews([Review(first.pair[0], first.pair[1], "Marie", DAY), other])
    found = {text.pair: text for text in creole_texts(city, reviews)}
    approved = found[first.pair]
    assert (approved.state, approved.reviewer, approved.date) == (TextState.REVIEWED, "Marie", DAY)
    assert (found[second.pair].state, found[second.pair].date) == (TextState.DRAFT, None)
    assert sum(count.reviewed for count in counted(found.values())) == len(first.places)
    assert first not in chosen(found.values(), drafts=True)
    assert len(chosen(found.values(), drafts=True)) == len(texts) - 1


@pytest.mark.parametrize(
    ("place", "there", "not_there"),
    [
        ("sheets", "/sheets/", "interface"),
        ("interface", "interface", "notice"),
        ("common", "common/", "interface"),
        ("stub", "/sheets/stub.csv", "interface"),
        ("santiago/notice.toml", "santiago/notice.toml", "interface"),
    ],
)
def test_a_place_is_a_folder_a_file_or_its_name(place, there, not_there):
    found = chosen(creole_texts("santiago"), place)
    assert found
    assert all(any(there in each for each in text.places) for text in found)
    assert not any(text.places == (not_there,) for text in found)
    assert chosen(found, "nowhere") == ()


def test_an_office_sees_its_own_form_in_place_of_the_citys(desk: Office):
    before = {text.pair: text for text in office_texts(desk)}
    assert before.keys() == {text.pair for text in creole_texts(desk.city.id)}
    sheet = (desk.city.folder / "quick.md").read_text(encoding="utf-8")
    version = city_form(desk.city.folder, "quick").version
    changed = sheet.replace("Ki non ou?", "Kijan ou rele?").replace(f"| {version} ", f"| {version}x ")
    assert changed.count("Kijan ou rele?")
    office_forms.load(desk, "quick", changed.encode(), "md")
    after = {text.pair for text in office_texts(desk)}
    assert pair_of(next(t.es for t in before.values() if t.ht == "Ki non ou?"), "Kijan ou rele?") in after


def test_an_office_approves_for_itself(desk: Office):
    text = chosen(office_texts(desk), "stub")[0]
    parity.approve(desk, [(text.es, text.ht)], "Marie")
    (found,) = (each for each in office_texts(desk) if each.pair == text.pair)
    assert found.reviewer == "Marie"
    assert all(not each.review for each in creole_texts(desk.city.id))


def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    from migrant_office.errors import UserError

    (tmp_path / "forms" / "santiago").mkdir(parents=True)
    (tmp_path / "forms" / "santiago" / "broken.toml").write_text("=", encoding="utf-8")
    with pytest.raises(UserError) as refused:
        inventory.file_texts(tmp_path / "forms", ["santiago"])
    assert refused.value.data == {"file": "santiago/broken.toml"}


def test_the_glossary_is_for_writers_and_is_not_counted():
    with (paths.resources() / "i18n" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _row in csv.reader(file)) > 400
    assert not any("glossary" in place for text in creole_texts() for place in text.places)
