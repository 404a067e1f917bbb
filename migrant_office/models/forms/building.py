"""Sheets to a form: every expression compiled, every finding with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from migrant_office.i18n import N_
from migrant_office.models.forms import other_words
from migrant_office.models.forms.answers import misfit, stored
from migrant_office.models.forms.columns import UNNAMED, Columns, language, untranslated
from migrant_office.models.forms.expressions import grammar
from migrant_office.models.forms.expressions.compile import compile_expression
from migrant_office.models.forms.expressions.functions import ELSEWHERE, FUNCTIONS, SPECIAL
from migrant_office.models.forms.expressions.scope import Names
from migrant_office.models.forms.expressions.tokens import ExpressionError
from migrant_office.models.forms.fields import Fields
from migrant_office.models.forms.form import (
    NO_VALUES,
    Expr,
    Form,
    Group,
    Issue,
    Kind,
    Path,
    Question,
    Repeat,
    Src,
    Text,
)
from migrant_office.models.forms.graph import dependencies
from migrant_office.models.forms.list_files import ListFiles
from migrant_office.models.forms.lists import YES, choice_lists
from migrant_office.models.forms.meaning import digest
from migrant_office.models.forms.outline import Draft, Outline
from migrant_office.models.forms.sheets import Row, Sheet, Sheets

NO = frozenset({"no", "false", "false()", "0"})
# What other readers make of these words, also in a constraint and a calculation.
_WORDS = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_EMPTY_ROW = Row(0, {})
# What a screen of this program does something with; `officer-only` is ours: never on the screen turned to the person.
_APPEARANCES = re.compile(
    r"(?:field-list|minimal|autocomplete|multiline|numbers|table-list|list-nolabel|list|label|columns(?:-\d+|-pack)?"
    r"|month-year|year|officer-only)\Z"
)
_MEDIA = ("image", "audio", "video", "big-image")


def build(sheets: Sheets, issues: list[Issue], files: Mapping[str, bytes] = NO_VALUES) -> Form:
    """The form that the sheets and the csv files beside them describe.

    What is wrong goes to `issues`: with an error there the form is unusable.
    """
    return _Builder(sheets, issues, files).form()


class _Builder:
    def __init__(self, sheets: Sheets, issues: list[Issue], files: Mapping[str, bytes]) -> None:
        self._issues = issues
        survey = sheets["survey"]
        self._columns = Columns(survey)
        settings = sheets.get("settings", Sheet("settings", (), ()))
        self._settings = Columns(settings)
        self._setting_row = settings.rows[0] if settings.rows else _EMPTY_ROW
        choices = sheets.get("choices", Sheet("choices", (), ()))
        self._choice_columns = Columns(choices)
        self._default = self._default_language()
        self._twice = self._setting("allow_choice_duplicates").lower() in YES
        self._lists = choice_lists(choices, self._choice_columns, self._default, twice=self._twice, issues=issues)
        self._outline = Outline(survey, self._columns, frozenset(self._lists), issues)
        self._files = ListFiles(files, survey, self._default, issues)
        languages = dict.fromkeys(lang or self._default for lang in self._columns.languages())
        self._languages = tuple(languages)
        self._names = self._all_names()
        self._fields = Fields(self._outline.root, self._columns, issues)
        unread = N_("This desk does not know this column; it is not read.")
        issues += [
            Issue("warning", Src("survey", survey.heading_row, heading), unread) for heading in self._columns.unknown
        ]

    def _setting(self, meaning: str) -> str:
        return self._settings.cell(self._setting_row, meaning)

    def _default_language(self) -> str:
        if named := self._setting("default_language"):
            return language(named)
        languages = self._columns.languages()
        return "default" if UNNAMED in languages or not languages else languages[0]

    def _all_names(self) -> Names:
        questions: dict[Path, str] = {}
        groups: set[Path] = {()}
        repeats: set[Path] = set()
        waiting = list(self._outline.root.children)
        while waiting:
            draft = waiting.pop()
            if draft.kind is None:
                groups.add(draft.path)
                repeats |= {draft.path} if draft.repeat else set()
                waiting += draft.children
            else:
                self._prepare_list(draft)
                questions[draft.path] = draft.list_name
        extra = frozenset(self._choice_columns.unknown) | {"name", "label"}
        lists = dict.fromkeys(self._lists, extra)
        for name, table in self._files.tables.items():
            self._lists.setdefault(name, table)
            lists |= {
                one: lists.get(one, frozenset()) | self._files.columns(name) for one in self._lists if _of(one, name)
            }
        return Names(questions, frozenset(groups), lists, frozenset({self._root_name()}), frozenset(repeats))

    def _prepare_list(self, draft: Draft) -> None:
        """The list of a question that chooses from a file or, with or_other, beyond its list."""
        if draft.file:
            draft.list_name = self._list_of_file(draft)
        elif draft.other and draft.list_name in self._lists:
            listed = self._lists[draft.list_name]
            draft.list_name = f"{listed.name} or_other"
            self._lists[draft.list_name] = other_words.widened(listed, draft.list_name, self._languages, self._default)

    def _list_of_file(self, draft: Draft) -> str:
        name = draft.file.removesuffix(".csv")
        if name == draft.file:
            self._wrong(draft, "type", N_("Choices are read from csv files only, not from {file}."), file=draft.file)
            return ""
        if name not in self._files.tables:
            self._wrong(draft, "type", N_("The file {file} does not lie beside the form."), file=draft.file)
            return ""
        if name in self._outline.lists:
            self._wrong(draft, "type", N_("A list of choices has the same name as {file}: rename it."), file=draft.file)
            return ""
        given = dict(part.split("=", 1) for part in self._cell(draft, "parameters").split() if "=" in part)
        value, label = given.get("value", "name"), given.get("label", "label")
        found = self._files.choices(name, value, label, twice=self._twice)
        if found is None:
            sentence = N_("The file {file} needs a column {value} with codes and a column {label} with words.")
            self._wrong(draft, "type", sentence, file=draft.file, value=value, label=label)
            return ""
        key = (
            name if (value, label) == ("name", "label") else f"{name} {value} {label}"
        )  # no list of the sheet has spaces
        self._lists[key] = replace(found, name=key)
        return key

    def _root_name(self) -> str:
        return self._setting("name") or "data"

    def form(self) -> Form:
        children = tuple(self._item(draft) for draft in self._outline.root.children)
        root = Group((), Src("survey"), children=children)
        self._fields.check(root)
        if not any(question.takes_answer for question in root.questions()):
            self._issues.append(Issue("error", Src("survey"), N_("The form asks nothing.")))
        self._issues.extend(untranslated((self._columns, self._choice_columns)))
        graph = dependencies(root)
        self._issues.extend(graph.issues)
        return Form(
            id=self._setting("form_id") or "form",
            version=self._setting("version"),
            title=self._setting("form_title") or self._setting("form_id") or "",
            digest=digest(root, self._lists, self._fields.taken),
            languages=self._languages,
            default_language=self._default,
            root_name=self._root_name(),
            root=root,
            lists=self._lists,
            order=graph.order,
            readers=graph.readers,
            watchers=graph.watchers,
            wide=graph.wide,
            missing_answers=self._setting("missing_answers").lower() not in NO,
        )

    # -- one row

    def _item(self, draft: Draft) -> Question | Group:
        if draft.words_of:
            return self._other_words(draft)
        self._issues.extend(self._columns.untranslated(draft.row))
        return self._group(draft) if draft.kind is None else self._question(draft, draft.kind)

    def _group(self, draft: Draft) -> Group:
        label = self._text(draft, "label")
        group = Group(
            draft.path,
            Src("survey", draft.row.number),
            label=label,
            hint=self._text(draft, "hint"),
            relevant=self._condition(draft, "relevant"),
            children=tuple(self._item(child) for child in draft.children),
            appearance=self._appearance(draft),
            shown_deps=self._shown(draft, label),
        )
        if not draft.repeat:
            return group
        parts = {one.name: getattr(group, one.name) for one in fields(Group)}
        return Repeat(**parts, count=self._expression(draft, "repeat_count"), maps_to=self._fields.record(draft))

    def _question(self, draft: Draft, kind: Kind) -> Question:
        label, hint, guidance = (self._text(draft, one) for one in ("label", "hint", "guidance_hint"))
        calculate = self._expression(draft, "calculation")
        if kind is Kind.CALCULATE and calculate is None and not self._cell(draft, "calculation"):
            self._wrong(draft, "calculation", N_("The calculation is missing."))
        if kind is not Kind.CALCULATE and not label and not hint:
            self._wrong(draft, "label", N_("The question has no words to show."))
        self._check_unsupported(draft)
        return Question(
            draft.path,
            kind,
            Src("survey", draft.row.number),
            label=label,
            hint=hint,
            guidance=guidance,
            list_name=draft.list_name,
            appearance=self._appearance(draft),
            relevant=self._condition(draft, "relevant"),
            required=self._condition(draft, "required"),
            constraint=self._expression(draft, "constraint"),
            calculate=calculate,
            default=self._default_value(draft, kind),
            readonly=self._condition(draft, "read_only"),
            choice_filter=self._expression(draft, "choice_filter", choices=draft.list_name),
            constraint_message=self._text(draft, "constraint_message"),
            required_message=self._text(draft, "required_message"),
            maps_to=self._fields.field(draft, kind),
            sensitive=self._cell(draft, "sensitive").lower() in YES,
            shown_deps=self._shown(draft, label, hint, guidance),
        )

    def _other_words(self, draft: Draft) -> Question:
        """The question that or_other adds: which one, when "other" was chosen."""
        source = f"selected(../{draft.words_of}, '{other_words.CODE}')"
        return Question(
            draft.path,
            Kind.TEXT,
            Src("survey", draft.row.number),
            label=other_words.text(other_words.SPECIFY, self._languages, self._default),
            relevant=self._compiled(draft, "type", source, ""),
            sensitive=self._cell(draft, "sensitive").lower() in YES,
        )

    def _cell(self, draft: Draft, meaning: str) -> str:
        return self._columns.cell(draft.row, meaning)

    def _text(self, draft: Draft, meaning: str) -> Text:
        return self._columns.text(draft.row, meaning, self._default)

    def _place(self, draft: Draft, meaning: str) -> Src:
        return Src("survey", draft.row.number, self._columns.heading(meaning))

    def _wrong(self, draft: Draft, meaning: str, sentence: str, **data: object) -> None:
        self._issues.append(Issue("error", self._place(draft, meaning), sentence, data))

    def _appearance(self, draft: Draft) -> frozenset[str]:
        written = self._cell(draft, "appearance").split()
        for word in written:
            if not _APPEARANCES.match(word):
                sentence = N_("The appearance {word} has no effect on this desk.")
                self._issues.append(Issue("info", self._place(draft, "appearance"), sentence, {"word": word}))
        return frozenset(written)

    def _check_unsupported(self, draft: Draft) -> None:
        if self._cell(draft, "trigger"):
            self._wrong(draft, "trigger", N_("Calculations on a trigger are not on this desk yet."))
        for meaning in (*(() if draft.file else ("parameters",)), *_MEDIA):
            if self._cell(draft, meaning) or self._text(draft, meaning):
                idle = N_("This column has no effect on this desk.")
                self._issues.append(Issue("warning", self._place(draft, meaning), idle))

    # -- expressions

    def _expression(self, draft: Draft, meaning: str, *, choices: str = "") -> Expr | None:
        source = self._cell(draft, meaning)
        if not source or (choices and choices not in self._lists):
            return None
        word = "" if choices else _WORDS.get(source.lower(), "")
        return self._compiled(draft, meaning, word or source, choices)

    def _condition(self, draft: Draft, meaning: str) -> Expr | None:
        """A condition; `yes` and `no` are short for true() and false()."""
        source = self._cell(draft, meaning)
        if not source or (source.lower() in NO and meaning != "relevant"):
            return None
        short = "true()" if source.lower() in YES else "false()" if source.lower() in NO else source
        return self._compiled(draft, meaning, short, "")

    def _compiled(self, draft: Draft, meaning: str, source: str, choices: str) -> Expr | None:
        place = self._place(draft, meaning)
        try:
            expr, lints = compile_expression(source, draft.path, self._names, place, choices=choices)
        except ExpressionError as error:
            self._issues.append(Issue("error", place.at(place.column, error.offset), error.sentence, error.data))
            return None
        self._issues += [
            Issue("warning", place.at(place.column, lint.offset), lint.sentence, lint.data) for lint in lints
        ]
        return expr

    def _default_value(self, draft: Draft, kind: Kind) -> Expr | str | None:
        written = self._cell(draft, "default")
        if not written or kind in (Kind.NOTE, Kind.CALCULATE):
            return None
        if _is_expression(written):
            return self._compiled(draft, "default", written, "")
        choices = self._lists.get(draft.list_name)
        written = stored(kind, written, choices)
        if misfit(kind, written) or (choices and not choices.by_value.keys() >= set(written.split())):
            self._wrong(
                draft, "default", N_("The answer {answer} given beforehand does not fit the question."), answer=written
            )
        return written

    def _shown(self, draft: Draft, *texts: Text) -> frozenset[Path]:
        """The questions whose answers stand in the words of this one."""
        found: set[Path] = set()
        for text in texts:
            for words in text.by_lang.values():
                for reference in re.finditer(r"\$\{\s*([^}\s]*)\s*\}", words):
                    try:
                        path = self._names.find(reference.group(1), reference.start())
                        found |= {path, *self._names.trail(path)} - set(self._names.trail(draft.path)) - {draft.path}
                    except ExpressionError as error:
                        self._wrong(draft, "label", error.sentence, **error.data)
        return frozenset(found)


def _of(list_name: str, file: str) -> bool:
    return list_name.partition(" ")[0] == file


def _is_expression(default: str) -> bool:
    """Whether a default is calculated: it names a question, or calls a function that exists."""
    if "${" in default:
        return True
    try:
        waiting: list[Any] = [grammar.parse(default)]
    except ExpressionError:
        return False
    while waiting:
        tree = waiting.pop()
        if isinstance(tree, grammar.Call) and (
            tree.name in FUNCTIONS or tree.name in SPECIAL or tree.name in ELSEWHERE
        ):
            return True
        if is_dataclass(tree):
            inner = [getattr(tree, one.name) for one in fields(tree)]
            waiting += [leaf for value in inner for leaf in (value if isinstance(value, tuple) else (value,))]
    return False
