"""`method.txt`: how the figures were made, in plain words, with every parameter."""

from __future__ import annotations

from migrant_office.i18n import LANGUAGE_NAMES, LANGUAGES, Translator
from migrant_office.models.counts.release import Release
from migrant_office.services.counts.files import texts


def method_bytes(release: Release, t: Translator) -> bytes:
    """UTF-8 text in the reader's language, lines end in LF."""
    sections = [
        (texts.title(release, t), [f"{name}: {value}" for name, value in texts.facts(release, t)]),
        (t.gettext("How to read the figures"), texts.how_to_read(release, t)),
        (t.gettext("Rules applied"), texts.parameters(release, t)),
        (t.gettext("How a figure is rounded"), _rounding(t)),
        (
            t.gettext("What is counted"),
            [
                f"{one.label.get(t.lang)} ({texts.unit_word(one.unit, t)}). {one.definition.get(t.lang)} "
                f"{t.gettext('Source:')} {one.source.get(t.lang)}"
                for one in release.indicators
            ],
        ),
        (t.gettext("Law"), [release.legal.get(t.lang)]),
        (t.gettext("Licence"), [f"{texts.LICENCE_NAME}, {texts.LICENCE_ADDRESS}"]),
        *((LANGUAGE_NAMES[lang], texts.how_to_read(release, Translator(lang))) for lang in _others(t)),
    ]
    return "\n".join(
        f"{_underlined(head)}\n" + "".join(f"- {texts.plain(line)}\n" for line in lines) for head, lines in sections
    ).encode()


def _others(t: Translator) -> list[str]:
    """Whoever gets the release may read another language: how to read it stands there in all three."""
    return [lang for lang in LANGUAGES if lang != t.lang]


def _underlined(head: str) -> str:
    return f"{head}\n{'=' * len(head)}"


def _rounding(t: Translator) -> list[str]:
    return [
        t.gettext(
            "Every record has a secret key: HMAC-SHA256 of indicator, period, revision and record, first 32 bits."
        ),
        t.gettext(
            "The keys of the records behind a figure are added up, modulo 2 to the 32. The sum decides whether the "
            "figure goes up or down, so that on average it goes neither way."
        ),
        t.gettext(
            "Persons and events are rounded apart: a figure of persons may be higher than its figure of events, though "
            "each of those persons had at least one."
        ),
        t.gettext("The same records give the same figure in every table. A revision draws all figures again."),
        t.gettext("The secret never leaves the office."),
    ]
