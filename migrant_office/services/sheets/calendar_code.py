"""The calendar entry a telephone reads from the paper: when and where, never who or what for."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import segno  # small, no dependency, writes every QR size; reportlab's own needs modules a frozen build misses

from migrant_office.services.sheets import scripts

Matrix = tuple[tuple[bool, ...], ...]


def calendar_entry(title: str, day: date, at: time | None, place: str) -> str:
    """A VEVENT (RFC 5545) in local time, lasting the whole day when there is no hour.

    `title` is a neutral word such as "Cita": whoever picks the paper up, or sees the telephone, learns no service.
    Letters lose their accents: telephones guess the encoding of a code, and guess Shift JIS or Big5 for an "í".
    Other scripts are written in Latin letters.
    """
    start = f";VALUE=DATE:{day:%Y%m%d}" if at is None else f":{datetime.combine(day, at):%Y%m%dT%H%M%S}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", f"SUMMARY:{_escaped(title)}", f"DTSTART{start}"]
    where = _escaped(place)
    return "\r\n".join([*lines, *([f"LOCATION:{where}"] if where else []), "END:VEVENT", "END:VCALENDAR", ""])


def _escaped(text: str) -> str:
    return " ".join(re.sub(r"([\\;,])", r"\\\1", scripts.latin(text)).split())


def qr_matrix(text: str) -> Matrix:
    """The modules of a QR code, dark is True, without the quiet zone. 15 % of it may be lost to a fold or a stain."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make_qr(text, error="m").matrix)
