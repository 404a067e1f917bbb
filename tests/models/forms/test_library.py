"""A city's form is read once, and again when somebody changed the file."""

from __future__ import annotations

from pathlib import Path

from migrant_office.models.forms.library import city_form


def test_a_form_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    file = tmp_path / "intake.md"
    file.write_text("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    first = city_form(tmp_path)
    assert city_form(tmp_path) is first
    file.write_text("| survey |\n| | type | name | label |\n| | text | a | Another |\n")
    assert city_form(tmp_path).question("a").label.get("es") == "Another"
