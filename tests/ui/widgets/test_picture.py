"""Pictures from outside: shown when they are what they say, refused in words when they are not."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from migrant_office.models.attachment import JPEG, PDF, PNG, kind_of
from migrant_office.ui.widgets.picture import HugePicture, NoPicture, decoded, png_of

BOX = QSize(64, 64)


def a_jpeg(width: int = 90, height: int = 30, turned: int = 1) -> bytes:
    picture, buffer = Image.new("RGB", (width, height), "#3366aa"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112] = turned
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def a_png(width: int, height: int) -> bytes:
    """A picture that says it is so large and holds next to nothing."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", body), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    chunks = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_a_picture_is_made_small_enough_and_keeps_its_shape() -> None:
    small = decoded(a_jpeg(), JPEG, BOX)
    assert (small.width(), small.height()) == (64, 21)
    assert decoded(a_jpeg(20, 10), JPEG, BOX).size() == QSize(20, 10)


def test_a_picture_is_turned_as_its_camera_said() -> None:
    turned = decoded(a_jpeg(turned=6), JPEG, QSize(200, 200))
    assert (turned.width(), turned.height()) == (30, 90)


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (900_000, 60), (8_000, 7_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_head(width: int, height: int) -> None:
    with pytest.raises(HugePicture):
        decoded(a_png(width, height), PNG, BOX)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"MZ\x90\0", a_jpeg()[:40], a_png(0, 0)])
def test_what_is_no_picture_is_told_so(data: bytes) -> None:
    for kind in (JPEG, PNG):
        with pytest.raises(NoPicture):
            decoded(data, kind, BOX)


@pytest.mark.parametrize("kind", [PDF, "image/svg+xml", "image/gif", "application/octet-stream"])
def test_no_other_kind_is_even_tried(kind: str) -> None:
    with pytest.raises(NoPicture):
        decoded(a_jpeg(), kind, BOX)


def test_a_drawing_that_calls_itself_a_picture_is_not_drawn() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    for kind in (JPEG, PNG):
        with pytest.raises(NoPicture):
            decoded(drawing, kind, BOX)


@given(tail=st.binary(max_size=400), cut=st.integers(0, 300))
def test_spoilt_pictures_raise_nothing_but_sentences(tail: bytes, cut: int) -> None:
    for data, kind in ((a_jpeg()[:cut] + tail, JPEG), (a_png(40, 40)[:cut] + tail, PNG)):
        try:
            decoded(data, kind, BOX)
        except (NoPicture, HugePicture):
            continue


def test_a_pasted_picture_becomes_a_file_of_its_kind() -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = png_of(image)
    assert kind_of(data) == PNG
    assert decoded(data, PNG, BOX).pixelColor(5, 5) == QColor("red")
    with pytest.raises(NoPicture):
        png_of(QImage())
