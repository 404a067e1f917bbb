"""Every rule of the collected reference (1 to 41) and of the evaluation (3.3): who meets it, who does not, who may.

Each line: the rule, a service it speaks of, facts, and the verdict: C cumple, F falta documento, P por confirmar, N no.
"""

from __future__ import annotations

from typing import Any

import pytest

from migrant_office.models.eligibility.book import Effect
from migrant_office.models.eligibility.library import city_rules
from tests.models.eligibility.judged import SHORT, every_city, truth, verdict

IRREGULAR: dict[str, Any] = {"status": "irregular"}
TEMPORARY: dict[str, Any] = {"status": "temporary_residence"}
CDMX: dict[str, Any] = {"commune": "Iztapalapa"}
BONO: dict[str, Any] = {"sex": "woman", "age": 30, "situation": "other_job", "state_employee": "no"}
YOUNG: dict[str, Any] = {"age": 20, "situation": "related_job", "low_income": "yes"}
SEED: dict[str, Any] = {"age": 30, "first_category": "no", "has_debts": "no"}
JOBLESS: dict[str, Any] = {"age": 30, **CDMX, "formal_job_lost": "yes"}
LOOKING: dict[str, Any] = {"age": 30, **CDMX, "situation": "looking"}

EXAMPLES: list[tuple[str, str, dict[str, Any], str]] = [
    ("cl-01", "scl-urgencia-vital", {}, "C"),
    ("cl-01", "scl-urgencia-vital", IRREGULAR, "C"),
    ("cl-02", "scl-fonasa-sin-papeles", {**IRREGULAR, "no_means": "yes"}, "C"),
    ("cl-02", "scl-fonasa-sin-papeles", {"has_run_card": "lacks", "no_means": "no"}, "F"),
    ("cl-02", "scl-fonasa-sin-papeles", {**TEMPORARY, "has_run_card": "has"}, "N"),
    ("cl-02", "scl-fonasa-sin-papeles", {**IRREGULAR}, "P"),
    ("cl-02-cesfam", "scl-cesfam", {**IRREGULAR, "no_means": "yes"}, "C"),
    ("cl-02-cesfam", "scl-cesfam", {"has_run_card": "lacks", "no_means": "no", "age": 30}, "F"),
    ("cl-03", "scl-cesfam", {**TEMPORARY, "has_run_card": "has", "proof_of_address": "yes"}, "C"),
    ("cl-03", "scl-cesfam", {**TEMPORARY, "has_run_card": "has", "proof_of_address": "no"}, "F"),
    ("cl-03", "scl-cesfam", {**TEMPORARY, "has_run_card": "has"}, "P"),
    ("cl-03", "scl-cesfam", {}, "P"),
    ("cl-04", "scl-salud-nna-embarazo", {"age": 12, **IRREGULAR}, "C"),
    ("cl-04", "scl-salud-nna-embarazo", {"age": 30, "pregnant": "yes", **IRREGULAR}, "C"),
    ("cl-04", "scl-salud-nna-embarazo", {"age": 30, "gave_birth": "yes"}, "C"),
    ("cl-04", "scl-salud-nna-embarazo", {"age": 30, "sex": "man", "children": 0}, "N"),
    ("cl-04", "scl-salud-nna-embarazo", {"age": 30, "sex": "woman", "children": 0}, "P"),
    ("cl-04-public-health", "scl-cesfam", {"age": 12, **IRREGULAR}, "C"),
    ("cl-04-public-health", "scl-chcc", {"age": 30, "pregnant": "yes"}, "C"),
    ("cl-04-public-health", "scl-chcc", {"age": 30, "sex": "man"}, "P"),
    ("cl-05", "scl-ipe", {"child_without_run": "yes"}, "C"),
    ("cl-05", "scl-ipe", {"age": 12, "has_run_card": "lacks"}, "C"),
    ("cl-05", "scl-ipe", {"child_without_run": "no", "age": 30, "children": 0}, "P"),
    ("cl-05", "scl-ipe", {"child_without_run": "no", "age": 30, "children": 2}, "P"),
    ("cl-05", "scl-ipe", {"age": 12, "has_run_card": "has"}, "P"),
    ("cl-06", "scl-dem", {"age": 12}, "C"),
    ("cl-06", "scl-sae", {"children": 2, "age": 30}, "C"),
    ("cl-06", "scl-sae", {"children": 0, "age": 30}, "P"),
    ("cl-06", "scl-sae", {}, "P"),
    ("cl-07", "scl-rsh", {"age": 30, "has_run_card": "has", **TEMPORARY}, "C"),
    ("cl-07", "scl-rsh", {"age": 30, "has_run_card": "expired", "residence_pending": "yes"}, "C"),
    ("cl-07", "scl-rsh", {"age": 30}, "P"),
    ("cl-07-no-card", "scl-rsh", {"age": 30, "has_run_card": "lacks"}, "P"),
    ("cl-08", "scl-btm", {**BONO, "registry": "registered", "rsh_40": "yes", "contributions_paid": "yes"}, "C"),
    ("cl-08", "scl-btm", {**BONO, "registry": "not_registered", "contributions_paid": "yes"}, "F"),
    ("cl-08", "scl-btm", {**BONO, "sex": "man", "registry": "registered", "rsh_40": "yes"}, "P"),
    ("cl-08", "scl-btm", {**BONO, "age": 60}, "P"),
    ("cl-08", "scl-btm", {}, "P"),
    ("cl-09", "scl-sej", {**YOUNG, "registry": "registered", "rsh_40": "yes"}, "C"),
    ("cl-09", "scl-sej", {**YOUNG, "age": 22, "registry": "registered", "rsh_40": "yes", "schooling": "primary"}, "F"),
    (
        "cl-09",
        "scl-sej",
        {**YOUNG, "age": 22, "registry": "registered", "rsh_40": "yes", "schooling": "technical"},
        "C",
    ),
    ("cl-09", "scl-sej", {**YOUNG, "age": 25}, "P"),
    ("cl-09", "scl-sej", {**YOUNG}, "P"),
    ("cl-10", "scl-chilevalora", {"experience": "yes", **TEMPORARY}, "C"),
    ("cl-10", "scl-chilevalora", {}, "P"),
    ("cl-10", "scl-chilevalora", {"experience": "yes"}, "P"),
    ("cl-10-irregular", "scl-chilevalora", {"experience": "yes", **IRREGULAR}, "P"),
    ("cl-11", "scl-sercotec-semilla", {**SEED, **TEMPORARY}, "P"),
    ("cl-11", "scl-sercotec-semilla", {**SEED, "has_debts": "yes"}, "P"),
    ("cl-11-status", "scl-sercotec-semilla", {**SEED, **IRREGULAR}, "P"),
    ("cl-12", "scl-fosis", {"nationality": "HT"}, "P"),
    ("cl-12", "scl-fondo-esperanza", {"nationality": "VE"}, "P"),
    ("cl-13", "scl-autorizacion-trabajo", {"transitory_stay": "yes"}, "C"),
    ("cl-13", "scl-autorizacion-trabajo", {"transitory_stay": "no"}, "P"),
    ("cl-13-jobs", "scl-omil", {"transitory_stay": "yes", **TEMPORARY}, "P"),
    ("cl-14", "scl-omil", {"residence_pending": "yes", "age": 30, **TEMPORARY}, "C"),
    ("cl-14", "scl-omil", {"residence_pending": "yes", "age": 16, "status": "refuge_application"}, "P"),
    ("cl-14", "scl-omil", {}, "P"),
    (
        "cl-15",
        "scl-residencia-nna",
        {"age": 12, "has_birth_certificate": "has", "notarised_statement": "yes", **IRREGULAR},
        "C",
    ),
    ("cl-15", "scl-residencia-nna", {"age": 12, "has_birth_certificate": "has", "notarised_statement": "no"}, "F"),
    ("cl-15", "scl-residencia-nna", {"age": 12, "has_birth_certificate": "lacks", "notarised_statement": "yes"}, "F"),
    ("cl-15", "scl-residencia-nna", {"age": 12, "has_birth_certificate": "has"}, "P"),
    ("cl-15", "scl-residencia-nna", {"age": 30, "children": 0}, "N"),
    ("cl-15", "scl-residencia-nna", {"age": 30}, "P"),
    ("cl-16", "scl-residencia-embarazo", {"sex": "woman", "pregnant": "yes", **TEMPORARY}, "C"),
    ("cl-16", "scl-residencia-embarazo", {"sex": "woman", "pregnant": "yes", "transitory_stay": "yes"}, "C"),
    ("cl-16", "scl-residencia-embarazo", {"sex": "woman", **TEMPORARY}, "P"),
    ("cl-16-irregular", "scl-residencia-embarazo", {"sex": "woman", "pregnant": "yes", **IRREGULAR}, "P"),
    ("cl-16-not-pregnant", "scl-residencia-embarazo", {"sex": "woman", "pregnant": "no"}, "N"),
    ("cl-16-not-pregnant", "scl-residencia-embarazo", {"sex": "man"}, "N"),
    ("cl-17", "scl-residencia-definitiva", {**TEMPORARY, "definitive_allowed": "yes", "expires_90": "yes"}, "C"),
    ("cl-17", "scl-residencia-definitiva", {**TEMPORARY, "definitive_allowed": "yes", "expires_90": "no"}, "N"),
    ("cl-17", "scl-residencia-definitiva", {**TEMPORARY}, "P"),
    ("cl-18", "scl-cedula", {"residence_granted": "yes"}, "C"),
    ("cl-18", "scl-estampado", {**TEMPORARY}, "C"),
    ("cl-18", "scl-estampado", {"residence_granted": "no", **IRREGULAR}, "P"),
    ("cl-19", "scl-refugio", {}, "C"),
    ("cl-19", "scl-refugio", {**IRREGULAR}, "C"),
    ("cl-19-late", "scl-refugio", {"recent_entry": "no"}, "C"),
    ("cl-20", "scl-refugio", {"third_country_60": "yes"}, "P"),
    ("cl-21", "scl-autodenuncia", {**IRREGULAR}, "P"),
    ("cl-22", "scl-dt", {**IRREGULAR}, "C"),
    ("cl-23", "scl-caj", {"no_means": "yes", **IRREGULAR}, "C"),
    ("cl-23", "scl-caj", {"no_means": "no"}, "P"),
    ("cl-23-udp", "scl-udp", {}, "C"),
    ("cl-24", "scl-1455", {**IRREGULAR}, "C"),
    ("cl-24-cae", "scl-cae-vg", {}, "C"),
    ("cl-25-mineduc", "scl-titulos-mineduc", {"degree_from": "mineduc"}, "C"),
    ("cl-25-mineduc", "scl-titulos-mineduc", {"degree_from": "other"}, "P"),
    ("cl-25-minrel", "scl-titulos-minrel", {"degree_from": "minrel"}, "C"),
    ("cl-25-minrel", "scl-titulos-minrel", {}, "P"),
    ("cl-25-uchile", "scl-revalidacion-uchile", {"degree_from": "other"}, "P"),
    ("body-cl-jobs", "scl-omil", {**IRREGULAR, "residence_pending": "no"}, "P"),
    ("body-cl-jobs", "scl-omil", {**IRREGULAR, "residence_pending": "yes", "age": 30}, "P"),
    ("body-cl-bne", "scl-bne", {**IRREGULAR}, "P"),
    ("body-cl-business", "scl-fosis", {**IRREGULAR, "nationality": "HT"}, "P"),
    ("body-cl-subsidies", "scl-rsh", {**IRREGULAR, "age": 30}, "P"),
    ("body-cl-health", "scl-cesfam", {**IRREGULAR, "no_means": "yes"}, "C"),
    ("body-cl-school", "scl-dem", {**IRREGULAR, "age": 12}, "C"),
    ("body-cl-office", "scl-oficina-migrantes", {**IRREGULAR}, "C"),
    ("body-cl-relief", "scl-humanitaria-municipal", {**IRREGULAR}, "C"),
    ("body-cl-relief", "scl-humanitaria-municipal", {**TEMPORARY}, "P"),
    ("body-cl-certification", "scl-chilevalora", {**IRREGULAR, "experience": "yes"}, "P"),
    ("body-cl-regular", "scl-omil", {**TEMPORARY}, "C"),
    ("body-cl-regular", "scl-omil", {"status": "refuge_application"}, "P"),
    ("mx-26", "mx-a3h-20", {**IRREGULAR}, "C"),
    ("mx-26-padron", "mx-a3h-12", {"has_passport": "expired"}, "C"),
    (
        "mx-26-padron",
        "mx-a3h-12",
        {f"has_{kind}": "lacks" for kind in ("passport", "national_id", "inm_card", "humanitarian_card", "comar")},
        "F",
    ),
    ("mx-26-padron", "mx-a3h-12", {"has_passport": "lacks"}, "P"),
    ("mx-27", "mx-a3h-04", {"has_padron_huespedes": "has"}, "P"),
    (
        "mx-27-curp",
        "mx-beca-pilares",
        {"age": 20, **CDMX, "has_curp": "lacks", "has_passport": "has", "proof_of_address": "yes"},
        "F",
    ),
    (
        "mx-27-curp",
        "mx-beca-pilares",
        {"age": 20, **CDMX, "has_curp": "has", "has_passport": "has", "proof_of_address": "yes"},
        "C",
    ),
    ("mx-27-curp", "mx-beca-pilares", {"age": 12, **CDMX}, "P"),
    ("mx-28", "mx-escuela", {"age": 10}, "C"),
    ("mx-28", "mx-escuela", {"age": 30, "children": 1}, "C"),
    ("mx-28", "mx-escuela", {"age": 30, "children": 0}, "P"),
    ("mx-29", "mx-salud", {"social_security": "no", **IRREGULAR}, "C"),
    ("mx-29", "mx-salud", {"social_security": "yes"}, "P"),
    ("mx-29", "mx-salud", {}, "P"),
    ("mx-30", "mx-comar", {}, "C"),
    ("mx-30-late", "mx-comar", {"recent_entry": "no"}, "C"),
    ("mx-31", "mx-curp-temporal", {"has_comar": "has"}, "C"),
    ("mx-31", "mx-curp-temporal", {"status": "asylum_applicant", "has_comar": "lacks"}, "F"),
    ("mx-31", "mx-curp-temporal", {}, "P"),
    ("mx-31-tvrh", "mx-tvrh", {"has_comar": "has"}, "C"),
    (
        "mx-32",
        "mx-comar-traslado",
        {"status": "asylum_applicant", "leaving_state": "yes", "comar_permission": "no"},
        "F",
    ),
    (
        "mx-32",
        "mx-comar-traslado",
        {"status": "asylum_applicant", "leaving_state": "yes", "comar_permission": "yes"},
        "C",
    ),
    ("mx-32", "mx-comar-traslado", {"status": "asylum_applicant"}, "P"),
    ("mx-33", "mx-residente-permanente", {"status": "refugee"}, "C"),
    ("mx-33", "mx-residente-permanente", {"category": "complementary", "status": "irregular"}, "C"),
    ("mx-33", "mx-residente-permanente", {"status": "irregular", "category": "migrant"}, "N"),
    ("mx-33", "mx-residente-permanente", {"category": "migrant"}, "P"),
    ("mx-34", "mx-styfe-empleo", {"has_humanitarian_card": "has"}, "C"),
    ("mx-34", "mx-styfe-empleo", {"status": "permanent_resident"}, "C"),
    ("mx-34-none", "mx-styfe-empleo", {"has_humanitarian_card": "lacks", "has_inm_card": "lacks", **IRREGULAR}, "P"),
    ("mx-34", "mx-styfe-empleo", {}, "P"),
    ("mx-35", "mx-a3h-19", {**JOBLESS, "has_curp": "has", "llave_cdmx": "yes"}, "C"),
    ("mx-35", "mx-a3h-19", {**JOBLESS, "has_curp": "lacks", "llave_cdmx": "yes"}, "F"),
    ("mx-35", "mx-a3h-19", {**JOBLESS, "age": 70}, "P"),
    ("mx-35-guest", "mx-a3h-19", {**JOBLESS, "has_curp": "has", "llave_cdmx": "yes", "registry": "registered"}, "P"),
    ("mx-36", "mx-a3h-08", {**LOOKING, "ine": "yes"}, "C"),
    ("mx-36", "mx-a3h-08", {**LOOKING, "age": 64, "ine": "yes"}, "P"),
    ("mx-36", "mx-a3h-08", {**LOOKING}, "P"),
    ("mx-36", "mx-a3h-08", {**CDMX, "age": 30, "situation": "other_job", "underemployed": "yes", "ine": "yes"}, "C"),
    ("mx-36-ine", "mx-a3h-08", {**LOOKING, "ine": "no"}, "P"),
    ("mx-36-age", "mx-a3h-08", {**LOOKING, "age": 65}, "N"),
    ("mx-36-age", "mx-a3h-08", {**CDMX, "situation": "looking"}, "P"),
    (
        "mx-37",
        "mx-a3h-16",
        {
            **CDMX,
            "nationality": "MX",
            "cooperative": "yes",
            "has_passport": "has",
            "has_curp": "has",
            "rfc_constancia": "yes",
            "proof_of_address": "yes",
        },
        "C",
    ),
    ("mx-37", "mx-a3h-16", {**CDMX, "nationality": "MX", "cooperative": "yes", "has_curp": "lacks"}, "F"),
    ("mx-37", "mx-a3h-16", {**CDMX, "nationality": "MX", "cooperative": "no", "has_curp": "has"}, "P"),
    ("mx-37-foreign", "mx-a3h-16", {**CDMX, "nationality": "HN"}, "P"),
    (
        "mx-38",
        "mx-a3h-03",
        {"child_in_public_school": "yes", "child_curp": "yes", "has_passport": "has", "proof_of_address": "yes"},
        "C",
    ),
    ("mx-38", "mx-a3h-03", {"child_in_public_school": "yes", "child_curp": "no"}, "F"),
    ("mx-38", "mx-a3h-03", {"child_in_public_school": "no"}, "P"),
    ("mx-39", "mx-a3h-21", {**IRREGULAR}, "C"),
    ("mx-40", "mx-sos-mujeres", {"sex": "woman"}, "C"),
    ("mx-40", "mx-lunas", {"sex": "man", "gender": "trans_woman"}, "C"),
    ("mx-40", "mx-lunas", {"sex": "man"}, "P"),
    ("mx-40-money", "mx-a3h-01", {"sex": "woman", **CDMX}, "P"),
    ("body-mx-orientation", "mx-a3h-20", {}, "C"),
    ("body-mx-papers", "mx-a3h-17", {**CDMX, "has_comar": "has"}, "C"),
    (
        "body-mx-papers",
        "mx-a3h-17",
        {**CDMX, **{f"has_{kind}": "lacks" for kind in ("curp", "comar", "inm_card", "humanitarian_card")}},
        "F",
    ),
    ("body-mx-papers", "mx-a3h-17", {**CDMX}, "P"),
]
OF_NEEDS = {"mx-41": {}, "body-mx-bank": {"status": "permanent_resident"}}


@pytest.mark.parametrize(("rule", "service", "facts", "wanted"), EXAMPLES)
def test_example(rule: str, service: str, facts: dict[str, Any], wanted: str) -> None:
    assert verdict(service, **facts).code is SHORT[wanted]


@pytest.mark.parametrize("city", every_city())
def test_every_rule_has_an_example_where_it_holds_and_unknown_never_says_no(city: str) -> None:
    shown = {rule for rule, service, facts, _wanted in EXAMPLES if truth(rule, **facts)} | OF_NEEDS.keys()
    book = city_rules(city)
    assert {rule.code for rule in book.rules} <= shown
    for rule in book.rules:
        for service in rule.services:
            assert verdict(service).code is not SHORT["N"], "no fact is known"


def test_all_41_and_only_those() -> None:
    numbers = {rule.number for city in every_city() for rule in city_rules(city).rules}
    assert numbers == {0, *range(1, 42)}


@pytest.mark.parametrize(("rule", "facts"), OF_NEEDS.items())
def test_rules_about_a_need(rule: str, facts: dict[str, Any]) -> None:
    assert truth(rule, **facts) is True
    found = next(r for r in city_rules("cdmx").rules if r.code == rule)
    assert found.kinds
    assert found.then in (Effect.NO_OFFER, Effect.CONFIRM)
    assert truth("body-mx-bank") is None
    assert truth("body-mx-bank", status="irregular") is False


def test_what_is_closed_or_not_for_persons_is_never_offered() -> None:
    assert {"scl-empadronamiento", "scl-impulsa-migrante", "scl-sello-migrante"} <= city_rules("santiago").never
    assert {"mx-ciudad-hospitalaria", "mx-apoyo-emergente", "mx-a3h-22"} <= city_rules("cdmx").never


def test_a_late_request_for_refuge_gets_its_own_words() -> None:
    found = verdict("scl-refugio", recent_entry="no")
    assert found.rule is not None
    assert (found.rule.code, found.rule.advice is not None) == ("cl-19-late", True)


def test_the_reason_for_a_no_is_the_services_condition() -> None:
    found = verdict("scl-residencia-nna", age=30, children=0)
    assert found.rule is not None
    assert "menores de 18" in found.rule.words.es


def test_a_law_that_only_the_evaluation_names_is_no_law() -> None:
    """Whether somebody without papers may be hired is contested (services.md 3.12): the office asks."""
    for city in every_city():
        for rule in city_rules(city).rules:
            if rule.then is Effect.NOT_MET and "Evaluación final" in rule.source:
                assert rule.weak


def test_missing_papers_are_named_with_the_service_that_gives_them() -> None:
    found = verdict("mx-curp-temporal", status="asylum_applicant", has_comar="lacks")
    assert [(paper.code, paper.service) for paper in found.missing] == [("comar", "mx-comar-constancia")]


def test_nothing_asks_for_fear_violence_or_the_way_somebody_entered() -> None:
    names = {name for city in every_city() for name in city_rules(city).questions}
    assert not [n for n in names if any(word in n for word in ("fear", "violence", "crossing", "asylum", "persecut"))]
