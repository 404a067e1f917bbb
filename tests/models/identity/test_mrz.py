"""Reading a zone: what is printed comes back, what is smudged is put right and told, what is wrong stays a doubt."""

from __future__ import annotations

import string
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from migrant_office.models.identity.layouts import check_digit
from migrant_office.models.identity.mrz import DocumentKind, Mrz, MrzProblem, read_mrz
from tests.models.identity.zones import Told, digit, zone

TODAY = date(2026, 11, 25)
CODES = {"TD1": "I", "TD2": "I", "TD3": "P", "MRV-A": "V", "MRV-B": "V"}
SAMPLE = Told(country="HTI", nationality="HTI", surnames="PIERRE", given="ROSE MARIE", number="PP3456721")


def read(text: str, today: date = TODAY) -> Mrz:
    found = read_mrz(text, today)
    assert isinstance(found, Mrz), found
    return found


def passport(told: Told = SAMPLE) -> tuple[str, str]:
    first, second = zone(told, "TD3")
    return first, second


# -- what the rules print as examples


def test_the_sample_passport_of_the_rules() -> None:
    found = read("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", TODAY)
    assert (found.layout, found.kind, found.number.value) == ("TD3", DocumentKind.PASSPORT, "L898902C3")
    assert (found.given.value, found.surnames.value) == ("Anna Maria", "Eriksson")
    assert (found.birth.value, found.sex.value, found.expiry.value) == ("1974-08-12", "F", "2012-04-15")
    assert found.optional == ("ZE184226B",)
    assert found.whole
    assert found.nationality.doubt, "Utopia is no state"


def test_the_sample_card_with_a_long_number() -> None:
    found = read(
        "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<", TODAY
    )
    assert (found.number.value, found.number.checked) == ("D23145890734", True)
    assert found.optional == ()
    assert found.birth.value == "1934-07-12"


def test_the_sample_visa() -> None:
    found = read("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<")
    assert (found.layout, found.kind, found.whole) == ("MRV-A", DocumentKind.VISA, None)
    assert found.nationality.value == "XXX"
    assert not found.nationality.doubt


# -- round trip

NAMES = st.lists(st.text(string.ascii_uppercase, min_size=1, max_size=8), min_size=1, max_size=2).map(" ".join)
STATES = st.sampled_from(["CHL", "MEX", "HTI", "VEN", "COL", "D<<", "XXA", "GBD", "UNO"])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, Told]:
    layout = draw(st.sampled_from(sorted(CODES)))
    longest = 14 if layout == "TD1" else 9
    return layout, Told(
        surnames=draw(NAMES),
        given=draw(NAMES.filter(lambda name: len(name) <= 10)),
        number=draw(st.text(string.ascii_uppercase + string.digits, min_size=4, max_size=longest)),
        country=draw(STATES),
        nationality=draw(STATES),
        birth=draw(st.dates(date(1927, 1, 1), TODAY)),
        sex=draw(st.sampled_from("FMX<")),
        expiry=draw(st.dates(date(2000, 1, 1), date(2060, 1, 1))),
        code=CODES[layout],
    )


@given(documents())
def test_what_is_printed_comes_back(document: tuple[str, Told]) -> None:
    layout, told = document
    found = read("\n".join(zone(told, layout)))
    assert found.layout == layout
    assert found.lines == zone(told, layout)
    assert found.number.value == told.number
    assert (found.birth.value, found.expiry.value) == (told.birth.isoformat(), told.expiry.isoformat())
    assert found.sex.value == told.sex.strip("<")
    assert [r.checked for r in (found.number, found.birth, found.expiry)] == [True, True, True]
    assert not [name for name, r in found.readings.items() if r.was]
    assert found.is_certain


@given(documents(), st.data())
def test_a_changed_character_never_raises_and_never_passes_in_silence(
    document: tuple[str, Told], data: st.DataObject
) -> None:
    layout, told = document
    text = "".join(zone(told, layout))
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in string.ascii_uppercase + string.digits + "<" if c != text[at]]))
    found = read_mrz(text[:at] + other + text[at + 1 :], TODAY)
    if isinstance(found, Mrz) and found.layout == layout and found.is_certain:
        same = (found.number.value, found.birth.value) == (told.number, told.birth.isoformat())
        values = {ord(c) - 55 if c.isalpha() else 0 if c == "<" else int(c) for c in (other, text[at])}
        twins = len({v % 10 for v in values}) == 1  # the digits cannot tell these apart
        assert same or twins or layout.startswith("MRV") or told.number in found.number.value


@given(st.text(max_size=300))
def test_rubbish_is_no_zone(text: str) -> None:
    assume("<<" not in text)
    assert isinstance(read_mrz(text, TODAY), MrzProblem)


@given(st.text("P<VIAC0123456789OBSZXYMF \n\t«;", max_size=140))
def test_nothing_that_resembles_one_raises(text: str) -> None:
    read_mrz(text, TODAY)


def test_the_digit_of_the_rules_is_the_digit_of_the_test() -> None:
    assert check_digit("D23145890734") == digit("D23145890734") == "9"


# -- readers and typing


@pytest.mark.parametrize(
    "typed",
    [
        "{0}\r{1}\r",
        "{0}\r\n{1}\t",
        "\x02]C1{0}\x1d{1}\x03\r\n",
        "{0}{1}",
        "  {0}  \n\n\n  {1} ",
        "zona: {0}\n{1}",
        "PASAPORTE\n{0}\n{1}",
    ],
)
def test_what_readers_put_around_is_left_out(typed: str) -> None:
    assert read(typed.format(*passport())).is_certain


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda text: text.replace("<", " "),
        lambda text: text.replace("<", ";"),
        lambda text: text.replace("<<", "«"),
        lambda text: text.replace("<", "«"),
        lambda text: text.replace("<", "‹"),
        lambda text: "\n".join(line.rstrip("<") for line in text.split("\n")),
        lambda text: text.replace("<<<<<<<<<<<<", "<<<<<<<<"),
        lambda text: text.replace("<<<<<<<<<<<<", "<<<<<<<<<<<<<<<"),
        lambda text: " ".join(text[at : at + 5] for at in range(0, len(text), 5)),
    ],
)
def test_fillers_may_be_typed_as_anything(spoil) -> None:
    found = read(spoil("\n".join(passport())))
    assert (found.given.value, found.surnames.value) == ("Rose Marie", "Pierre")
    assert (found.number.value, found.birth.value, found.whole) == ("PP3456721", "1974-08-12", True)


def test_while_it_is_typed_it_says_that_more_must_come() -> None:
    text = "\n".join(passport())
    codes = [found.code for n in range(58) if isinstance(found := read_mrz(text[:n], TODAY), MrzProblem)]
    assert codes == ["empty"] + ["short"] * 57


def test_a_book_pasted_by_mistake_is_refused_at_once() -> None:
    found = read_mrz("Había una vez un país. " * 5_000, TODAY)
    assert isinstance(found, MrzProblem)
    assert found.code == "unlike"


@pytest.mark.parametrize(
    "text",
    [
        "P<CHL" * 400,
        "I<CHL" + "O0" * 900,
        "\n".join(["P<HTI" + "0O<" * 13] * 40),
        "\n".join(["I<CHL00000000000000000000<<<00000000000000000000"] * 40),
    ],
)
def test_what_only_resembles_a_zone_holds_nobody_up(text: str) -> None:
    started = time.perf_counter()
    read_mrz(text, TODAY)
    assert time.perf_counter() - started < 1  # it takes 40 ms


# -- what looks alike


@pytest.mark.parametrize(
    ("line", "right", "smudged", "field"),
    [
        (1, "740812", "74O8I2", "birth"),
        (1, "740812", "74OBIZ", "birth"),
        (1, "120415", "12O41S", "expiry"),
        (0, "PIERRE", "P1ERRE", "surnames"),
        (0, "ROSE", "R05E", "given"),
        (0, "HTI", "HT1", "country"),
        (1, "PP3456721", "PP34S6721", "number"),
        (1, "PP3456721", "PP345672I", "number"),
        (1, "PP3456721", "PP34567Z1", "number"),
    ],
)
def test_what_looks_alike_is_put_right_and_told(line: int, right: str, smudged: str, field: str) -> None:
    lines = list(passport())
    lines[line] = lines[line].replace(right, smudged, 1)
    found, clean = read("\n".join(lines)), read("\n".join(passport()))
    assert found.readings[field].value == clean.readings[field].value
    assert found.readings[field].was
    assert found.whole
    assert not found.is_certain


def test_a_number_with_two_possible_readings_is_left_as_it_stands() -> None:
    visa = Told(number="0O0O0O0O0", code="V")  # no digit over the whole to ask
    first, second = zone(visa, "MRV-A")
    found = read(f"{first}\n{second.replace('0O0O0O0O0', 'OOOO00000', 1)}")
    assert found.number.checked is False
    assert (found.number.value, found.number.was) == ("OOOO00000", "")


def test_a_wrong_digit_is_a_doubt_and_no_wall() -> None:
    first, second = passport()
    found = read(f"{first}\n{second.replace('740812', '740813')}")
    assert (found.birth.value, found.birth.checked) == ("1974-08-13", False)
    assert (found.number.checked, found.expiry.checked, found.whole) == (True, True, False)
    assert found.given.value == "Rose Marie"


def test_a_day_that_does_not_exist_gives_no_date() -> None:
    found = read("\n".join(passport()).replace("740812", "741332"))
    assert (found.birth.value, found.birth.checked) == ("", False)
    assert found.birth.doubt


def test_a_smudge_after_the_names_is_no_name() -> None:
    first, second = passport()
    found = read(f"{first[:30]}K<<KK{first[35:]}\n{second}")
    assert found.given.value == "Rose Marie"
    assert found.given.was


def test_words_after_the_names_are_kept_with_a_doubt() -> None:
    first, second = passport()
    found = read(f"{first[:30]}JUAN{first[34:]}\n{second}")
    assert found.given.value == "Rose Marie Juan"
    assert found.given.doubt


# -- dates


@pytest.mark.parametrize(
    ("printed", "today", "born"),
    [
        ("261125", date(2026, 11, 25), "2026-11-25"),
        ("261126", date(2026, 11, 25), "1926-11-26"),
        ("000229", date(2026, 11, 25), "2000-02-29"),
        ("991231", date(2026, 11, 25), "1999-12-31"),
        ("74<<<<", date(2026, 11, 25), "1974"),
        ("7408<<", date(2026, 11, 25), "1974-08"),
    ],
)
def test_nobody_is_born_tomorrow(printed: str, today: date, born: str) -> None:
    first, second = passport()
    found = read(f"{first}\n{second[:13]}{printed}{digit(printed)}{second[20:]}", today)
    assert (found.birth.value, found.birth.checked) == (born, True)


def test_a_card_without_an_end_has_none() -> None:
    first, second = passport()
    found = read(f"{first}\n{second[:21]}<<<<<<<{second[28:]}")
    assert (found.expiry.value, found.expiry.checked, found.expiry.doubt) == ("", None, "")


# -- states and names


@pytest.mark.parametrize(
    ("icao", "code"),
    [("CHL", "CL"), ("HTI", "HT"), ("D<<", "DE"), ("GBN", "GB"), ("RKS", "XK"), ("XXA", "XXA"), ("UNO", "UNO")],
)
def test_states_become_the_codes_of_the_program(icao: str, code: str) -> None:
    found = read("\n".join(passport(replace(SAMPLE, nationality=icao))))
    assert (found.nationality.value, found.nationality.doubt) == (code, "")


def test_a_state_that_nobody_knows_is_kept_with_a_doubt() -> None:
    found = read("\n".join(passport(replace(SAMPLE, nationality="QQQ"))))
    assert found.nationality.value == "QQQ"
    assert found.nationality.doubt


@pytest.mark.parametrize("layout", sorted(CODES))
def test_a_name_that_fills_the_line_may_go_on(layout: str) -> None:
    long = replace(SAMPLE, surnames="A" * 20, given="B" * 40, code=CODES[layout])
    assert read("\n".join(zone(long, layout))).given.doubt


def test_somebody_with_one_name_has_one_name() -> None:
    found = read("\n".join(passport(replace(SAMPLE, surnames="X", given=""))))
    assert (found.surnames.value, found.given.value) == ("X", "")
