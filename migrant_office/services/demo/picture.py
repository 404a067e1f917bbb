"""A picture of a paper that is none, drawn here so that no document of anybody is needed."""

from __future__ import annotations

import struct
import zlib
from random import Random

WIDTH, HEIGHT = 320, 210  # pixels
PAPER, INK, FRAME = 238, 120, 90  # greys


def drawn_paper(rng: Random) -> bytes:
    """A small grey picture, PNG; the lines differ from paper to paper."""
    rows = [bytearray([PAPER]) * WIDTH for _ in range(HEIGHT)]
    for x, y, width, height in (
        (0, 0, WIDTH, 3),
        (0, HEIGHT - 3, WIDTH, 3),
        (0, 0, 3, HEIGHT),
        (WIDTH - 3, 0, 3, HEIGHT),
    ):
        block(rows, x, y, width, height, FRAME)
    block(rows, 20, 45, 80, 100, 205)
    block(rows, 44, 62, 32, 34, INK)
    block(rows, 32, 102, 56, 43, INK)
    for line in range(7):
        block(rows, 120, 48 + 15 * line, rng.randint(60, 175), 6, INK)
    block(rows, 20, 172, WIDTH - 40, 7, INK)
    block(rows, 20, 187, WIDTH - 40, 7, INK)
    return png(rows)


def block(rows: list[bytearray], x: int, y: int, width: int, height: int, grey: int) -> None:
    for row in rows[y : y + height]:
        row[x : x + width] = bytes([grey]) * width


def png(rows: list[bytearray]) -> bytes:
    """Rows of greys as PNG (W3C, third edition): eight bits, no filter."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
