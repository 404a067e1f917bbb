"""The coin of the rounding: a keyed hash of exactly the persons (or events) behind a figure. Whole numbers only.

Method: cell keys (record keys summed modulo 2^32) deciding an unbiased random rounding. The same set of persons
gives the same figure in every table of a release; another indicator, period or revision tosses anew.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

SPACE = 1 << 32
SECRET_BYTES = 32


def record_keys(secret: bytes, indicator: str, period: str, revision: int, ids: Iterable[str]) -> list[int]:
    """The key of every id: the first 32 bits of HMAC-SHA256 over indicator, period, revision and id.

    Raises ValueError when the secret has not 32 bytes.
    """
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"the secret has {SECRET_BYTES} bytes")
    salt = f"{indicator}|{period}|{revision}|"
    return [int.from_bytes(hmac.digest(secret, (salt + one).encode(), "sha256")[:4], "big") for one in ids]


def rounded(count: int, keys: Iterable[int], base: int) -> int:
    """A count as a multiple of `base`, up or down by the keys behind it; its expectation is the count itself."""
    down, rest = divmod(count, base)
    up = sum(keys) % SPACE * base < rest * SPACE
    return (down + up) * base
