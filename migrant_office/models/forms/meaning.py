"""What a form means, whatever file it came from: its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from migrant_office.models.forms.form import ChoiceList, Expr, Group, Path, Question


def digest(root: Group, lists: Mapping[str, ChoiceList], by_name: Collection[Path] = ()) -> str:
    """The SHA-256 of what a form means: the same from any kind of file and any place in it.

    Questions of `by_name` have their field from the table of standard names, which is no part of the form: a later
    program with a longer table finds the same digest.
    """
    meaning = {"survey": _plain(root, by_name), "choices": {name: _plain(one) for name, one in lists.items()}}
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any, by_name: Collection[Path] = ()) -> Any:
    if isinstance(value, Expr):
        return value.source
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        parts = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in ("src", "shown_deps")}
        if isinstance(value, Question) and value.path in by_name:
            parts["maps_to"] = ""
        return {name: _plain(part, by_name) for name, part in parts.items()}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one, by_name) for one in value] if isinstance(value, tuple | list) else value
