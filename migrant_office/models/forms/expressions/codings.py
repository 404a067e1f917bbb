"""Texts in another writing: the digest of a text, and base64."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from migrant_office.models.forms.expressions.values import Value, to_string

_ALGORITHMS = {"md5": "md5", "sha-1": "sha1", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
ALGORITHMS = frozenset(_ALGORITHMS)
WRITINGS = frozenset({"base64", "hex"})


def digest(text: Value, algorithm: Value, writing: Value = "base64") -> str:
    """`digest()` of the ODK specification, of the text in UTF-8; '' for an algorithm or writing it does not name."""
    name = _ALGORITHMS.get(to_string(algorithm).strip().lower())
    how = to_string(writing).strip().lower()
    if name is None or how not in WRITINGS:
        return ""
    made = hashlib.new(name, to_string(text).encode(), usedforsecurity=False).digest()
    return made.hex() if how == "hex" else base64.b64encode(made).decode("ascii")


def base64_decoded(text: Value) -> str:
    """`base64-decode()`: the text in UTF-8 that was written in base64; '' for what is none."""
    written = re.sub(r"\s+", "", to_string(text))
    try:
        return base64.b64decode(written + "=" * (-len(written) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
