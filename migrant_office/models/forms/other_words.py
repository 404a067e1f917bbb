"""What `or_other` adds to a question: a last choice, and a question for the person's own words.

pyxform adds both in English in every language of the form; here each language has its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from migrant_office.models.forms.form import Choice, ChoiceList, Text

CODE = "other"  # as every reader of forms stores it
OTHER = {"es": "Otro", "ht": "Lòt", "en": "Other"}
SPECIFY = {"es": "Especifique", "ht": "Di kisa", "en": "Specify"}


def text(words: Mapping[str, str], languages: Sequence[str], default: str) -> Text:
    """These words in the languages of a form: English where we have none, Spanish where it names no language."""
    unnamed = {"default": words["es"]}
    return Text({lang: words.get(lang) or unnamed.get(lang, words["en"]) for lang in (*languages, default)}, default)


def widened(listed: ChoiceList, name: str, languages: Sequence[str], default: str) -> ChoiceList:
    """The list under another name and with "other" as its last choice, unless it has one."""
    if CODE in listed.by_value:
        return ChoiceList(name, listed.choices)
    return ChoiceList(name, (*listed.choices, Choice(CODE, text(OTHER, languages, default))))
