"""What the bytes of a file say it is, and what a draft holds of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from migrant_office.models.attachment import (
    JPEG,
    LONGEST_NAME,
    OTHER,
    PDF,
    PNG,
    SHOWN,
    TEXT,
    Attachment,
    Kept,
    from_json,
    kept_of,
    kind_of,
    plain_name,
    to_json,
)
from tests.factories import DAY

KEPT = Kept(id="a" * 32, key="b" * 64, kind=PDF, name="pasaporte.pdf", size=7, digest="c" * 32)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff\xe0....JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (b"%PDF-1.7\n", PDF),
        (b"\n\n%PDF-1.4", PDF),
        (b"GIF89a...", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"PK\x03\x04....", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1", "application/x-ole-storage"),
        (b"Certificado de nacimiento\n", TEXT),
        (b"MZ\x90\0\x03\0\0\0", OTHER),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", TEXT),
        (b"", OTHER),
    ],
)
def test_the_bytes_say_the_kind(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


def test_a_drawing_made_of_text_is_never_shown() -> None:
    assert kind_of(b"<svg/>") not in SHOWN
    assert kind_of(b"MZ\x90\0") not in SHOWN


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("/home/rosa/pasaporte.jpg", "pasaporte.jpg"),
        ("C:\\Users\\Rosa\\pasaporte.jpg", "pasaporte.jpg"),
        ("../../etc/passwd", "passwd"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("  acta\n.pdf ", "acta.pdf"),
        ("", ""),
    ],
)
def test_a_name_is_kept_without_its_folders_and_tricks(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@given(st.text(max_size=400))
@example("A\x1f:")
def test_a_name_is_short_and_stays_the_same_when_cleaned_again(name: str) -> None:
    assert len(plain_name(name)) <= LONGEST_NAME
    assert plain_name(plain_name(name)) == plain_name(name)


def test_a_long_name_keeps_its_ending() -> None:
    assert plain_name("x" * 300 + ".pdf").endswith("xxx.pdf")


def test_a_draft_holds_a_file_and_gives_it_back() -> None:
    assert from_json(json.loads(json.dumps(to_json(KEPT)))) == KEPT


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        {"id": 1},
        to_json(KEPT) | {"size": "7"},
        to_json(KEPT) | {"more": ""},
        to_json(KEPT) | {"size": True},
    ],
)
def test_what_no_program_wrote_is_refused(told: Any) -> None:
    with pytest.raises(ValueError, match="draft"):
        from_json(told)


def test_what_a_document_holds_opens_the_same_file() -> None:
    told = {name: getattr(KEPT, name) for name in ("id", "key", "kind", "name", "size", "digest")}
    assert kept_of(Attachment(made=DAY, **told)) == KEPT
