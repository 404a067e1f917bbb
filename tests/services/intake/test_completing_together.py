"""An intake writes more than a person: consents under the notice in force, the compartment, files that were chosen."""

from __future__ import annotations

from datetime import date

import pytest

from migrant_office.models.attachment import to_json
from migrant_office.models.consent import Consent, ConsentState, Manner, SaidBy
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.mobility import HeldDocument
from migrant_office.models.office import Office
from migrant_office.models.reads.tables import dump
from migrant_office.models.restricted import Protection, Sign
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import attachments, consents, history, intake, people, protection

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture(params=["santiago", "cdmx"])
def office(request: pytest.FixtureRequest, desk: Office) -> Office:
    """The same desk under the forms of either city."""
    from migrant_office.models.city import load_city

    desk.city = load_city(request.param)
    return desk


def answer(filling: FormFilling, **answers: object) -> FormFilling:
    for name, value in answers.items():
        filling.set(filling.form.question(name).addr, value)  # type: ignore[arg-type]  # what a screen may give
    return filling


def field(filling: FormFilling, name: str) -> str:
    found = filling.form.mapped(name)
    assert found is not None, name
    return found.addr


def test_consents_are_written_under_the_notice_in_force(office: Office) -> None:
    filling = answer(FormFilling(intake.intake_form(office)), given="Rose")
    filling.set(field(filling, "consent.contact"), "yes")
    filling.set(field(filling, "consent.share_private"), "no")
    filling.set(field(filling, "consent.manner"), "interpreted")
    _, case = intake.complete(office, intake.new_draft(office), filling)
    kept = {one.purpose: one for one in office.case(case).all(Consent).values()}
    assert {purpose: one.state for purpose, one in kept.items()} == {
        "contact": ConsentState.GIVEN,
        "share_private": ConsentState.REFUSED,
    }
    notice = consents.notice_of(office)
    assert {(one.notice, one.version, one.by, one.manner) for one in kept.values()} == {
        (notice.id, notice.edition, SaidBy.SELF, Manner.INTERPRETED)
    }


def test_a_child_agrees_to_nothing_alone(office: Office) -> None:
    filling = answer(FormFilling(intake.intake_form(office)), given="Eva", birth_date="2019-05-04")
    filling.set(field(filling, "consent.contact"), "yes")
    _, case = intake.complete(office, intake.new_draft(office), filling)
    assert office.case(case).all(Consent) == {}
    filling = answer(FormFilling(intake.intake_form(office)), given="Eva", birth_date="2019-05-04")
    filling.set(field(filling, "consent.contact"), "yes")
    filling.set(field(filling, "consent.by"), "guardian")
    filling.set(field(filling, "consent.guardian"), "su tía")
    _, case = intake.complete(office, intake.new_draft(office), filling)
    (kept,) = office.case(case).all(Consent).values()
    assert (kept.by, kept.guardian) == (SaidBy.GUARDIAN, "su tía")


def test_a_sign_opens_the_rapid_path_with_the_case(office: Office) -> None:
    filling = answer(FormFilling(intake.intake_form(office)), given="Rose", contact_rule="only_in_person")
    filling.set(field(filling, "protection.signs"), ("gender_violence",))
    _, case = intake.complete(office, intake.new_draft(office), filling)
    person = people.read_case(office, case).person
    assert person.restricted
    kept = office.vault.file(Ref(Home.RESTRICTED, case)).one(Protection)
    assert kept is not None
    assert kept.signs == {Sign.GENDER_VIOLENCE}
    assert kept.opened is not None
    assert protection.read_protection(office, case).protection.signs == kept.signs
    tables = {name: rows for name, rows in dump(office.vault).items() if name != "service"}  # an area has that name
    assert "gender_violence" not in str(tables)
    history.undo(office)
    assert people.count(office) == 0


def test_a_chosen_file_waits_in_the_draft_and_goes_with_the_paper(office: Office) -> None:
    kept = attachments.keep(office, PNG, "pasaporte.png")
    filling = answer(FormFilling(intake.intake_form(office)), given="Rose")
    (repeat,) = (one for one in filling.form.by_path.values() if getattr(one, "maps_to", "") == "held_document")
    filling.add(repeat.addr)
    (paper,) = filling.instances(repeat.addr)
    for addr in filling.questions(paper):
        told = {
            "held_document.kind": "passport",
            "held_document.state": "has",
            "held_document.number": "AB123456",
            "held_document.expires": "2031-02-28",
            "held_document.copy": kept.id,
        }.get(filling.form.at(addr).maps_to)  # type: ignore[union-attr]  # a question
        if told:
            filling.set(addr, told)
    beside = {intake.ATTACHMENTS: {kept.id: to_json(kept)}}
    draft = intake.save_draft(office, intake.new_draft(office), filling, beside)
    resumed = intake.resumed(office, draft)
    _, case = intake.complete(office, draft, resumed.filling, resumed.beside)
    (held,) = office.case(case).all(HeldDocument).values()
    assert (held.kind, held.number, held.expires, held.copy) == ("passport", "AB123456", date(2031, 2, 28), kept.id)
    assert attachments.read(office, case, kept.id) == PNG


def test_a_family_agrees_by_the_one_who_speaks(office: Office) -> None:
    draft, filling = intake.begin(office, intake.FAMILY)
    (repeat,) = (one for one in filling.form.by_path.values() if getattr(one, "maps_to", "") == "household.member")
    assert len(filling.instances(repeat.addr)) == 1
    filling.add(repeat.addr)
    for instance, given in zip(filling.instances(repeat.addr), ("Rose", "Ana"), strict=True):
        filling.set(f"{instance}/given", given)
    _, case = intake.complete(office, draft, filling)
    rose = people.read_case(office, case).person
    assert rose.given == "Rose"
    assert rose.household == draft.subject
    assert people.count(office) == 2


def test_a_phone_is_kept_so_that_every_desk_can_dial_it(office: Office) -> None:
    typed = {"CL": "9 6123 4567", "MX": "55 1234 5678"}[office.city.country]
    filling = answer(FormFilling(intake.intake_form(office)), given="Rose", contact_rule="any", phone=typed)
    _, case = intake.complete(office, intake.new_draft(office), filling)
    phone = people.read_case(office, case).person.phone
    assert phone.startswith("+")
    assert phone.replace(" ", "").endswith(typed.replace(" ", ""))
    filling = answer(
        FormFilling(intake.intake_form(office)), given="Eva", contact_rule="any", phone="el de mi prima: 12"
    )
    _, case = intake.complete(office, intake.new_draft(office), filling)
    assert "el de mi prima: 12" in f"{people.read_case(office, case).person.phone} {office.case(case).cells}"
