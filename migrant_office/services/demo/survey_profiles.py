"""The two published profiles as spreadsheets of invented people whose one-way tables are the printed ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from migrant_office import paths
from migrant_office.services.demo.names import invented_name
from migrant_office.services.demo.persons import before
from migrant_office.services.demo.profile import told

PROFILES = ("entrepreneurship", "certification")
SEED = 2023
AGES = {"Y0T29": (19, 29), "Y30T60": (30, 60), "Y_GE61": (61, 74)}  # full years on the day of the survey
OTHERS = {"entrepreneurship": ("PE", "EC", "BO"), "certification": ("HT", "EC", "BO", "DO", "CU", "AR", "EC", "BO")}
WORDS = {
    "woman": "Mujer",
    "man": "Hombre",
    "primary": "Primaria",
    "secondary": "Secundaria",
    "technical": "Superior no universitaria",
    "university": "Superior universitaria",
    "postgraduate": "Postgrado",
    "es": "Castellano",
    "fr": "Francés",
    "CL": "Chile",
    "MX": "México",
    "?refused": "No responde",
    "certified": "Completó, con certificado",
    "finished": "Completó, sin certificado",
    "dropped_out": "No completó",
    "competent": "Competente",
    "not_yet_competent": "Aún no competente",
    "result_pending": "Todavía no sabe",
}
FILES = {  # how each file is written: separator, form of days, heading of the course
    "entrepreneurship": (";", "%d-%m-%Y", "Curso"),
    "certification": (",", "%Y-%m-%d", "Perfil"),
}


def write_profiles(folder: Path, seed: int = SEED) -> list[Path]:
    """Write both files into a folder, the same bytes for the same seed; returns their paths."""
    written = []
    for name in PROFILES:
        path = folder / f"{name}.csv"
        paths.write_atomically(path, profile_bytes(name, seed), private=False)
        written.append(path)
    return written


def profile_bytes(name: str, seed: int = SEED) -> bytes:
    """One file as a spreadsheet program saves it: .csv, UTF-8 with its mark."""
    separator, form, course = FILES[name]
    lines = list(respondents(name, seed, form, course))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def respondents(name: str, seed: int, form: str, course: str) -> Iterator[dict[str, str]]:
    """Invented people: for each printed table a shuffled deck of its counts, one card a person."""
    profile: dict[str, Any] = told("published_profiles")[name]
    rng = Random(f"survey {name} {seed}")  # noqa: S311 - invented data, no secret
    decks = {by: deck(rng, counts) for by, counts in profile.items() if isinstance(counts, dict)}
    others = iter(OTHERS[name])
    nationalities = [next(others) if code == "others" else code for code in decks["nationality"]]
    speak_french_at_home(decks["language"], nationalities)
    day: date = profile["survey_day"]
    for n, nationality in enumerate(nationalities):
        card = {by: cards[n] for by, cards in decks.items()}
        person = invented_name(rng, nationality, woman=card["sex"] == "woman")
        country, taken = card["course"].split(": ", 1)
        yield {
            "Código": f"{name[0].upper()}{n + 1:03d}",
            "Nombre": person.given,
            "Primer apellido": person.surname,
            "Segundo apellido": person.second_surname,
            "Sexo": WORDS[card["sex"]],
            "Fecha de nacimiento": born(rng, day, card["age"]).strftime(form),
            "Nacionalidad": WORDS["?refused"] if nationality.startswith("?") else nationality,
            "Nivel educativo": WORDS[card["schooling"]],
            "Número de hijos": children(rng, card["children"]),
            "Lengua materna": WORDS[card["language"]],
            "País": WORDS[country],
            course: taken,
            "Resultado": WORDS[card["outcomes"]],
            "Fecha de encuesta": day.strftime(form),
        }


def deck(rng: Random, counts: dict[str, int]) -> list[str]:
    """As many cards of each kind as were printed, shuffled."""
    cards = [code for code, count in counts.items() for _ in range(count)]
    rng.shuffle(cards)
    return cards


def speak_french_at_home(languages: list[str], nationalities: list[str]) -> None:
    """Give the card "French" to somebody from Haiti: the tables stay, the person becomes likely."""
    if "fr" in languages and "HT" in nationalities:
        here, there = languages.index("fr"), nationalities.index("HT")
        languages[here], languages[there] = languages[there], languages[here]


def born(rng: Random, survey: date, band: str) -> date:
    """A birth date that lies in the band on the day of the survey."""
    return date.fromordinal(before(survey, rng.randint(*AGES[band])).toordinal() - rng.randrange(365))


def children(rng: Random, answer: str) -> str:
    """How many, for those who say they have children: the evaluation prints only that they have."""
    many = str(rng.choice((1, 1, 2, 2, 2, 3, 4)))
    return {"yes": many, "no": "0"}.get(answer, WORDS["?refused"])
