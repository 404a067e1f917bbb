"""Splink's model of two records of one person: how fields are compared, and which pairs are looked at."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

if TYPE_CHECKING:
    import pyarrow

BLOCKS: list[Any] = [  # a pair is looked at when it agrees on one of these; they hold 98 % of the planted doubles
    block_on("document"),
    block_on("phone"),
    block_on("surname", "first"),
    block_on("surname", "second"),
    block_on("surname", "birth"),
    block_on("first", "birth"),
    block_on("first", "second"),
    block_on("birth", "sex", "nationality"),
    block_on("surname", "year", "sex", "nationality"),
    block_on("first", "year", "nationality"),
    block_on("surname", "substr(first, 1, 3)", "sex"),
    block_on("surname", "substr(first, 1, 1)", "sex", "nationality"),
    block_on("first", "substr(surname, 1, 3)", "nationality"),
    block_on("given", "substr(surname, 1, 2)", "nationality"),
    "l.surname = r.second AND l.first = r.first",
    "l.second = r.surname AND l.first = r.first",
    "l.given = r.surname AND l.surname = r.given",
]
SURE: list[Any] = [  # pairs that are nearly always one person, and the share of all doubles that agree so
    block_on("document"),
    block_on("given", "surname", "birth"),
    block_on("given", "surname", "phone"),
]
SURE_RECALL = 0.5
TRAINED_ON = block_on("document")  # phones are families', and namesakes too many to learn from
COMMON_NAME = "list_has_any(string_split(given_l, ' '), string_split(given_r, ' '))"
SWAPPED = 0.005  # doubles whose given and family names changed places
NEVER_SEEN = 1e-8  # a random pair with one document or one phone: too rare for a sample of pairs to hold


def settings() -> Any:
    """What Splink is told before it learns."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            _given(),
            _surname(),
            _second(),
            _birth(),
            _phone(),
            _same_or_not("document", 0.98, NEVER_SEEN),
            _same_or_not("sex", 0.995, 0.5),
            _same_or_not("nationality", 0.99, 0.4),
        ],
        blocking_rules_to_generate_predictions=BLOCKS,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def predicted(table: pyarrow.Table, at_least: float, seed: int) -> pyarrow.Table:
    """Learns from the table without labels, and gives its likely pairs."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    linker = Linker(DuckDBAPI(connection).register(table), settings())
    logging.getLogger("splink").setLevel(logging.ERROR)  # a linker sets its own
    train = linker.training
    train.estimate_probability_two_random_records_match(SURE, recall=SURE_RECALL)
    train.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    train.estimate_parameters_using_expectation_maximisation(TRAINED_ON)
    return linker.inference.predict(threshold_match_probability=at_least).as_pyarrow_table()


def _given() -> Any:
    return compare.CustomComparison(
        output_column_name="given",
        comparison_levels=[
            level.NullLevel("given"),
            level.ExactMatchLevel("given", term_frequency_adjustments=True),
            level.DamerauLevenshteinLevel("given", 1),
            level.ExactMatchLevel("first"),
            level.CustomLevel(COMMON_NAME, "one name in common"),
            level.JaroWinklerLevel("first", 0.88),
            _names_swapped(u=1e-6),
            level.ElseLevel(),
        ],
    )


def _surname() -> Any:
    return compare.CustomComparison(
        output_column_name="surname",
        comparison_levels=[
            level.NullLevel("surname"),
            level.ExactMatchLevel("surname", term_frequency_adjustments=True),
            level.DamerauLevenshteinLevel("surname", 1),
            level.JaroWinklerLevel("surname", 0.88),
            level.CustomLevel("surname_l = second_r OR second_l = surname_r", "surnames swapped"),
            _names_swapped(u=SWAPPED),  # counted once, in the given name
            level.ElseLevel(),
        ],
    )


def _names_swapped(u: float) -> Any:
    return _fixed(level.CustomLevel("given_l = surname_r AND surname_l = given_r", "names swapped"), SWAPPED, u)


def _second() -> Any:
    return compare.CustomComparison(
        output_column_name="second",
        comparison_levels=[
            level.NullLevel("second"),
            level.ExactMatchLevel("second", term_frequency_adjustments=True),
            level.JaroWinklerLevel("second", 0.88),
            level.CustomLevel("surname_l = second_r OR second_l = surname_r", "surnames swapped"),
            level.ElseLevel(),
        ],
    )


def _birth() -> Any:
    new_year = "(birth_l LIKE '%-01-01' OR birth_r LIKE '%-01-01')"
    return compare.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            level.NullLevel("birth"),
            level.CustomLevel("birth_l = birth_r AND birth_l LIKE '%-01-01'", "the same 1 January"),
            level.ExactMatchLevel("birth"),
            level.CustomLevel(f"substr(birth_l, 1, 4) = substr(birth_r, 1, 4) AND {new_year}", "one made up"),
            level.CustomLevel(
                "birth_l = substr(birth_r, 1, 5) || substr(birth_r, 9, 2) || '-' || substr(birth_r, 6, 2)",
                "day and month swapped",
            ),
            level.LevenshteinLevel("birth", 1),
            level.ElseLevel(),
        ],
    )


def _phone() -> Any:
    """One phone under different given names is a family's, and speaks neither for nor against one person."""
    alike = f"jaro_winkler_similarity(first_l, first_r) >= 0.8 OR {COMMON_NAME}"
    same = level.ExactMatchLevel("phone").configure(u_probability=NEVER_SEEN, fix_u_probability=True)
    family = level.CustomLevel(f"phone_l = phone_r AND NOT ({alike})", "a phone of a family")
    return compare.CustomComparison(
        output_column_name="phone",
        comparison_levels=[level.NullLevel("phone"), _fixed(family, 0.02, 0.02), same, level.ElseLevel()],
    )


def _same_or_not(field: str, m: float, u: float) -> Any:
    """Fixed, for what the names nearly settle (the model would take it for the mark of one person) or nobody shares."""
    same, other = level.ExactMatchLevel(field), level.ElseLevel()
    return compare.CustomComparison(
        output_column_name=field,
        comparison_levels=[level.NullLevel(field), _fixed(same, m, u), _fixed(other, 1 - m, 1 - u)],
    )


def _fixed(one: Any, m: float, u: float) -> Any:
    return one.configure(m_probability=m, u_probability=u, fix_m_probability=True, fix_u_probability=True)
