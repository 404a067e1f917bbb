from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrant_office import paths
from migrant_office.errors import UserError
from migrant_office.models.city import CHECK_DAYS, cities, load_city
from migrant_office.models.need import NeedKind
from migrant_office.models.sheet import Paper


@pytest.fixture
def forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the cities' folders, to be changed."""
    shutil.copytree(paths.resources() / "forms", tmp_path / "forms")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    load_city.cache_clear()
    yield tmp_path / "forms"
    load_city.cache_clear()


@pytest.mark.parametrize("id", cities())
def test_a_city_is_whole(id: str) -> None:
    city = load_city(id)
    assert city.folder.is_dir()
    assert Paper.from_name(city.paper)
    assert city.code
    assert city.code == city.code.upper()
    assert {need for area in city.areas for need in area.needs} <= set(NeedKind)
    assert len({area.code for area in city.areas}) == len(city.areas)
    words = [word for area in city.areas for word in area.match]
    assert len(words) == len(set(words))
    assert all(asks[0].days > 0 for asks in (*city.followup.values(), *city.afterwards.values()))
    assert all(area.label(lang) for area in city.areas for lang in ("es", "ht", "en"))


def test_two_cities_never_share_the_letters_of_their_folios() -> None:
    assert len({load_city(id).code for id in cities()}) == len(cities())


def test_areas_by_code_and_by_the_word_of_the_catalogue() -> None:
    city = load_city("santiago")
    area = city.area("certification")
    assert area is not None
    assert city.area_of("reconocimiento de estudios") == "certification"
    assert city.area_of("something new") == city.areas[0].code
    assert (city.area("nonsense"), city.area_label("nonsense", "es")) == (None, "nonsense")
    assert city.area_label("certification", "es") == area.es
    assert city.follow_ups("nonsense") == city.followup["default"]
    assert city.followup_days("nonsense") == city.followup["default"][0].days


def test_an_office_without_a_lunch_has_one_span(forms: Path) -> None:
    file = forms / "santiago" / "office.toml"
    file.write_text(file.read_text("utf-8").replace('lunch = ["13:00", "14:00"]', "lunch = []"), encoding="utf-8")
    assert load_city("santiago").hours.spans == (range(9 * 60, 17 * 60),)


def test_how_long_an_answer_holds_by_area(forms: Path) -> None:
    city = load_city("santiago")
    assert city.days_to_check("housing") == city.check_days["housing"] < city.days_to_check("health")
    assert city.days_to_check("health") == city.check_days["default"]
    assert city.area(city.default_area)
    profile = forms / "santiago" / "office.toml"
    whole = profile.read_text(encoding="utf-8")
    begin, end = whole.index("[directory]"), whole.index("# Areas of service")
    profile.write_text(whole[:begin] + whole[end:], encoding="utf-8")
    load_city.cache_clear()
    bare = load_city("santiago")
    assert (bare.check_days, bare.default_area) == ({"default": CHECK_DAYS}, bare.areas[0].code)
    for wrong in (
        '[directory]\ndefault_area = "nowhere"\n',
        "[directory.check_days]\nnowhere = 3\n",
        "[directory.check_days]\ndefault = 0\n",
    ):
        profile.write_text(whole[:begin] + wrong + whole[end:], encoding="utf-8")
        load_city.cache_clear()
        with pytest.raises(UserError, match="incomplete"):
            load_city("santiago")


def test_a_third_city_is_a_copied_folder(forms: Path) -> None:
    shutil.copytree(forms / "santiago", forms / "arica")
    assert "arica" in cities()
    assert load_city("arica").area_of("empleo") == "employment"


@pytest.mark.parametrize("id", ["", "atlantis", "..", "../santiago", "santiago/", "common", "SANTIAGO"])
def test_a_city_that_is_not_there_is_told_with_those_that_are(id: str) -> None:
    with pytest.raises(UserError) as refused:
        load_city(id)
    assert "santiago" in str(refused.value.data["known"])


DEFAULT = 'default = [[15, "attended"], [30, "outcome"]]'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('code = "SC"', ""),
        ('code = "SC"', 'code = "SC"\nmayor = "x"'),
        ("[followup]", "[follow]"),
        ("[city]", "[ciudad]"),
        ("[followup]", "[followup"),
        ('needs = ["legal", "discrimination"]', ""),
        ("[afterwards]", "[after]"),
        (DEFAULT, ""),
        (DEFAULT, "default = []"),
        (DEFAULT, "default = 15"),
        (DEFAULT, 'default = [[15, "happiness"]]'),
        (DEFAULT, 'default = [[0, "outcome"]]'),
        (DEFAULT, 'default = [[30, "outcome"], [15, "attended"]]'),
        (DEFAULT, DEFAULT + '\nnonsense = [[3, "outcome"]]'),
        ("[agenda]", "[agendas]"),
        ('from = "09:00"', 'from = "18:00"'),
        ('to = "17:00"', 'to = "late"'),
        ("slot = 30", "slot = 0"),
        ("days = [1, 2, 3, 4, 5]", "days = [0, 1]"),
    ],
)
def test_a_profile_that_was_broken_is_told(forms: Path, old: str, new: str) -> None:
    file = forms / "santiago" / "office.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match="incomplete"):
        load_city("santiago")
