"""The three palettes. Widgets name a token, never a colour; a test recomputes every contrast from this page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark", "contrast"]
THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")

Tone = Literal["text", "hint", "blue", "info", "ok", "warn", "bad", "ask", "neutral"]
"""What a text, a mark or a plate means; `info` is blue on its own tint."""


@dataclass(frozen=True)
class Tokens:
    """Colours as "#rrggbb". A ground and the words on it keep 4.5 : 1, edges, focus and chart series 3 : 1 (WCAG 2)."""

    name: ThemeName
    # grounds
    window: str
    side: str
    surface: str
    sunken: str
    # words
    text: str
    hint: str
    # lines: `line` only decorates, `edge` borders whatever one can press or fill
    line: str
    edge: str
    # the one accent: primary button, links, focus, selection
    blue: str
    blue_hover: str
    on_blue: str
    blue_bg: str
    # states
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    ask: str
    ask_bg: str
    neutral: str
    neutral_bg: str
    # chart series, for bars only, never for words
    series_1: str
    series_2: str
    series_3: str
    plates: bool = True
    """Whether chips, banners and chosen rows stand on a tint; high contrast draws a border instead."""

    def ink(self, tone: Tone) -> str:
        """The colour of words and icons of a tone."""
        return str(getattr(self, "blue" if tone == "info" else tone))

    def ground(self, tone: Tone) -> str:
        """The plate under a tone."""
        grounds = {"text": "neutral_bg", "hint": "neutral_bg", "blue": "blue_bg", "info": "blue_bg"}
        return str(getattr(self, grounds.get(tone, f"{tone}_bg")))


LIGHT = Tokens(
    name="light",
    window="#f6f5f2",
    side="#edebe5",
    surface="#ffffff",
    sunken="#f1efea",
    text="#1d2327",
    hint="#4d565c",
    line="#dedad1",
    edge="#7f878d",
    blue="#1f5f8b",
    blue_hover="#184c70",
    on_blue="#ffffff",
    blue_bg="#e6f0f7",
    ok="#1c6638",
    ok_bg="#e3f2e8",
    warn="#7a4a00",
    warn_bg="#fbf0d9",
    bad="#9c271c",
    bad_bg="#fbe8e5",
    ask="#5a3d8c",
    ask_bg="#efeaf7",
    neutral="#4d565c",
    neutral_bg="#eeece7",
    series_1="#1f5f8b",
    series_2="#b5651d",
    series_3="#6a95b3",
)

DARK = Tokens(
    name="dark",
    window="#15191c",
    side="#101416",
    surface="#1e2428",
    sunken="#262d32",
    text="#eceae5",
    hint="#b3bcc2",
    line="#343d43",
    edge="#7d8a93",
    blue="#8cc4ee",
    blue_hover="#a9d4f4",
    on_blue="#0d2233",
    blue_bg="#1b3346",
    ok="#8fd6a8",
    ok_bg="#1b3526",
    warn="#f0c674",
    warn_bg="#3a2e14",
    bad="#f5a69b",
    bad_bg="#43211e",
    ask="#c9b3f0",
    ask_bg="#30274a",
    neutral="#b3bcc2",
    neutral_bg="#2a3237",
    series_1="#8cc4ee",
    series_2="#f0a868",
    series_3="#4d7896",
)

HIGH_CONTRAST = Tokens(
    name="contrast",
    window="#ffffff",
    side="#ffffff",
    surface="#ffffff",
    sunken="#ffffff",
    text="#000000",
    hint="#262626",
    line="#000000",
    edge="#000000",
    blue="#00427a",
    blue_hover="#002f57",
    on_blue="#ffffff",
    blue_bg="#ffffff",
    ok="#004d1a",
    ok_bg="#ffffff",
    warn="#5c3300",
    warn_bg="#ffffff",
    bad="#8a0f00",
    bad_bg="#ffffff",
    ask="#40207a",
    ask_bg="#ffffff",
    neutral="#262626",
    neutral_bg="#ffffff",
    series_1="#00427a",
    series_2="#8a4500",
    series_3="#6e93b0",
    plates=False,
)

PALETTES: dict[ThemeName, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": HIGH_CONTRAST}


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.2, definition of relative luminance)."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
