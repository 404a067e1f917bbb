"""Write `resources/forms/common/survey_profiles/*.csv`: the two published profiles as spreadsheets of invented people.

    python packaging/make_profiles.py     with the Python of packaging/setup.sh, which finds the program

Run at development time, after the figures of the profiles or the invented names have changed: the program and its
tests read the files, and a test says when they are no longer what this writes.
"""

from __future__ import annotations

from pathlib import Path

from migrant_office.services.demo.survey_profiles import write_profiles

TARGET = Path(__file__).resolve().parent.parent / "resources" / "forms" / "common" / "survey_profiles"

if __name__ == "__main__":
    for path in write_profiles(TARGET):
        print(path.relative_to(TARGET.parents[3]))
