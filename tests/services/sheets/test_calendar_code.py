"""The calendar entry in the QR code."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from migrant_office.services.sheets.calendar_code import calendar_entry, qr_matrix

DAY = date(2026, 11, 3)


def test_an_appointment_has_its_hour_in_local_time():
    lines = calendar_entry("Cita / Randevou", DAY, time(10, 30), "Calle Ñuñoa 1, piso 2; Santiago").split("\r\n")
    assert "SUMMARY:Cita / Randevou" in lines
    assert "DTSTART:20261103T103000" in lines
    assert r"LOCATION:Calle Nunoa 1\, piso 2\; Santiago" in lines
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_a_last_day_lasts_all_day():
    assert "DTSTART;VALUE=DATE:20261103" in calendar_entry("Plazo", DAY, None, "")


def test_an_unknown_place_is_left_out():
    assert "LOCATION" not in calendar_entry("Plazo", DAY, None, " ")


@given(st.text(max_size=90))
def test_any_place_is_one_line_of_plain_letters_and_fits_a_code(place: str):
    entry = calendar_entry("Cita", DAY, time(10, 30), place)
    assert entry.isascii()
    assert len(entry.splitlines()) == len(entry.split("\r\n")) - 1
    matrix = qr_matrix(entry)
    assert len(matrix) == len(matrix[0]) <= 177


def test_a_code_has_its_three_corners():
    matrix = qr_matrix(calendar_entry("Cita", DAY, time(10, 30), "Calle 1"))
    corner = [[True] * 7, [True, False, False, False, False, False, True]]
    for rows, columns in ((slice(0, 2), slice(0, 7)), (slice(0, 2), slice(-7, None)), (slice(-7, -5), slice(0, 7))):
        assert [list(row[columns]) for row in matrix[rows]] == corner
