"""Every pair of colours that can meet on the screen is read aloud by the WCAG 2 formula."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest

from migrant_office.ui.theme import tokens as module
from migrant_office.ui.theme.tokens import PALETTES, THEMES, contrast

STATES = ("ok", "warn", "bad", "ask", "neutral")
GROUNDS = ("window", "side", "surface", "sunken", "blue_bg", "ok_bg", "warn_bg", "bad_bg", "ask_bg", "neutral_bg")


@pytest.fixture(params=THEMES)
def tokens(request):
    return PALETTES[request.param]


def test_the_formula_knows_its_ends():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the example every WCAG guide gives


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("words", ["text", "hint", "blue"])
def test_words_are_read_on_every_ground(tokens, words, ground):
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("state", STATES)
def test_a_state_is_read_on_its_plate_in_a_card_and_on_a_chosen_row(tokens, state):
    for ground in (f"{state}_bg", "surface", "window", "sunken", "blue_bg"):
        assert contrast(getattr(tokens, state), getattr(tokens, ground)) >= 4.5, ground


def test_words_on_the_primary_button(tokens):
    assert contrast(tokens.on_blue, tokens.blue) >= 4.5
    assert contrast(tokens.on_blue, tokens.blue_hover) >= 4.5


@pytest.mark.parametrize("ground", ["window", "surface", "side", "sunken"])
def test_borders_and_focus_are_seen(tokens, ground):
    assert contrast(tokens.edge, getattr(tokens, ground)) >= 3
    assert contrast(tokens.blue, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("series", ["series_1", "series_2", "series_3"])
def test_bars_are_seen_on_a_card(tokens, series):
    assert contrast(getattr(tokens, series), tokens.surface) >= 3


def test_every_tone_has_ink_and_ground(tokens):
    for tone in get_args(module.Tone):
        assert contrast(tokens.ink(tone), tokens.ground(tone)) >= 4.5


def test_high_contrast_has_no_tints():
    plain = PALETTES["contrast"]
    assert not plain.plates
    assert {getattr(plain, f.name) for f in dataclasses.fields(plain) if f.name.endswith("_bg")} == {"#ffffff"}


def test_no_colour_stands_outside_the_tokens():
    ui = Path(module.__file__).parent.parent
    loose = [
        f"{file.name}: {line.strip()}"
        for file in sorted(ui.rglob("*.py"))
        if file.name != "tokens.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9a-fA-F]{6}\b", line)
    ]
    assert loose == []
