"""What a second pair of eyes says of a form that loads: doubtful, never a reason to refuse it.

What loading itself warns about (empty cells of a language, patterns without ^ and $, standard names of another kind)
stands in `Form.warnings` and is not repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrant_office.i18n import LANGUAGE_NAMES, N_
from migrant_office.models.forms import conditions
from migrant_office.models.forms.columns import language
from migrant_office.models.forms.form import ChoiceList, Form, Issue, Question, Repeat, Src, Text

ASKED = ("label", "hint", "constraint_message", "required_message")
"""The texts that reach the person; guidance is for the officer."""

REFUSALS = frozenset(
    {
        *("refused", "refuse", "prefer_not", "prefers_not", "prefer_not_to_say", "prefer_not_to_answer", "no_answer"),
        *("prefiere_no", "prefiere_no_responder", "no_responde", "nr", "ref", "pnts"),
    }
)


def lint(
    form: Form, languages: Sequence[str] = ("es", "ht"), fields: frozenset[str] | None = None
) -> tuple[Issue, ...]:
    """Everything doubtful about a form, in the order of its rows. `languages` are those it should speak; `fields`, when
    known, all that `maps_to` may name.
    """
    found = [
        *_silent(form, languages),
        *conditions.doubts(form),
        *_twice(form),
        *_sensitive(form),
        *_names(form),
        *(_unknown(form, fields) if fields is not None else ()),
    ]
    order = {"survey": 1, "choices": 2}
    return tuple(sorted(found, key=lambda one: (order.get(one.src.sheet, 0), one.src.row)))


# -- languages


def _silent(form: Form, languages: Sequence[str]) -> Iterator[Issue]:
    texts = list(_texts(form))
    for lang in languages:
        name = {"language": f"{LANGUAGE_NAMES.get(lang, lang)} ({lang})"}
        if lang not in form.languages:
            yield Issue("warning", Src(""), N_("The form has no texts in {language}."), name)
            continue
        missing = [src for src, text in texts if text and not text.has(lang)]
        told = [one for one in form.warnings if language(str(one.data.get("language", ""))) == lang]
        if missing and not told:
            data = {**name, "missing": len(missing), "all": sum(bool(text) for _src, text in texts)}
            yield Issue("warning", Src(""), N_("{language}: {missing} of {all} texts are missing."), data)
        known = {_cell(one.src) for one in form.warnings}
        for src in missing:
            if (src.sheet, src.row, src.column, lang) not in known:
                yield Issue("warning", src, N_("The words in {language} are missing."), name)


def _cell(src: Src) -> tuple[str, int, str, str]:
    """The place of an empty cell that loading told: its column's meaning and language apart."""
    meaning, _colons, lang = src.column.partition("::")
    return src.sheet, src.row, meaning, language(lang)


def _texts(form: Form) -> Iterator[tuple[Src, Text]]:
    for item in form.root.walk():
        for meaning in ASKED:
            if isinstance(text := getattr(item, meaning, None), Text):
                yield item.src.at(meaning), text
    for listed in _asked_lists(form):
        for choice in listed.choices:
            yield choice.src.at("label"), choice.label


def _asked_lists(form: Form) -> list[ChoiceList]:
    names = dict.fromkeys(question.list_name for question in form.root.questions() if question.list_name)
    return [form.lists[name] for name in names]


# -- names


def _twice(form: Form) -> Iterator[Issue]:
    seen: dict[str, int] = {}
    for item in form.root.walk():
        first = seen.setdefault(item.name, item.src.row)
        if first != item.src.row:
            sentence = N_("Row {row} has the name {name} too: searching and counting need every name once.")
            yield Issue("warning", item.src.at("name"), sentence, {"name": item.name, "row": first})


def _names(form: Form) -> Iterator[Issue]:
    sentence = N_("Not every program can read the name {name}: use only a to z, figures and _.")
    named = [(item.src, item.name) for item in form.root.walk()]
    named += [(choice.src, choice.value) for listed in _asked_lists(form) for choice in listed.choices]
    for src, name in dict.fromkeys(named):
        if not name.isascii():
            yield Issue("warning", src.at("name"), sentence, {"name": name})


def _unknown(form: Form, fields: frozenset[str]) -> Iterator[Issue]:
    records = {field.partition(".")[0] for field in fields}
    for item in form.root.walk():
        if not isinstance(item, Question | Repeat) or not item.maps_to or item.maps_to in fields:
            continue
        if isinstance(item, Repeat) and item.maps_to.rpartition(".")[2] in records:
            continue
        sentence = N_("No record here has {field}: the answer is kept with the case, and fills nothing.")
        yield Issue("warning", item.src.at("maps_to"), sentence, {"field": item.maps_to})


# -- what is sensitive


def _sensitive(form: Form) -> Iterator[Issue]:
    leaning = False
    for question in form.root.questions():
        if not question.sensitive or not question.takes_answer:
            continue
        if question.required is not None:
            sentence = N_("{name} is sensitive and must be answered: let the person be silent about it.")
            yield Issue("warning", question.src.at("required"), sentence, {"name": question.name})
        if not question.list_name or REFUSALS & form.lists[question.list_name].by_value.keys():
            continue
        leaning = True
        if not form.missing_answers:
            sentence = N_("{name} is sensitive and offers no way to prefer not to answer: add such a choice.")
            yield Issue("warning", question.src.at("type"), sentence, {"name": question.name})
    if leaning and form.missing_answers:
        sentence = N_(
            "Sensitive questions offer “prefers not to answer” here; for other readers give them such a choice."
        )
        yield Issue("info", Src("survey"), sentence)
