"""What the office keeps about one person, on paper in her languages: a short summary to read, correct and keep.

It is no complete access report. What a paper found by others must not tell stands on none: nothing of the restricted
part, no migration status or category, no papers and no services of protection, and no words an officer wrote
(docs/decisions/036).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from migrant_office import clock
from migrant_office.i18n import N_, Translator
from migrant_office.models.appointment import Appointment
from migrant_office.models.case_file import CaseFile, FollowedReferral
from migrant_office.models.coded import label_of
from migrant_office.models.eligibility.library import city_rules
from migrant_office.models.missing import Missing
from migrant_office.models.mobility import DocumentState, HeldDocument
from migrant_office.models.notice import Notice
from migrant_office.models.office import Office
from migrant_office.models.parity import Reviews
from migrant_office.models.person import Person
from migrant_office.models.referral import State
from migrant_office.models.restricted import Sign
from migrant_office.models.service import Service
from migrant_office.models.sheet import USUAL, Choice, MadeSheet, SheetText
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.spoken import Spoken
from migrant_office.models.vault import access
from migrant_office.models.vault.nouns import Home, Ref
from migrant_office.services import agenda, consents, making, papers, parity, people, protection, sheet_wording
from migrant_office.services.sheets.own_facts import Entry, Hint, OwnData

ACT = "own_data"  # what the access log calls the making of this sheet
Pair = tuple[str, str]
Columns = tuple[Translator, Translator]
ENDING = 3  # signs of a paper's number: enough to know it by, too few to misuse
RIGHTS = ("who", "rights", "change", "how_long", "complaint")  # paragraphs of the notice
NOTHING: Pair = ("", "")


def own_data_sheet(office: Office, case: str, choice: Choice = USUAL) -> MadeSheet:
    """The sheet with today's date; the look is written into the access log.

    Raises `Gone` when there is no such case, `NotAllowed` for a restricted one, `UserError` when the notice or the
    rules of the city cannot be used.
    """
    from migrant_office.services.sheets.fitting import Printing  # reportlab: the start need not pay for it
    from migrant_office.services.sheets.own_data import own_data_document

    found = people.read_case(office, case)
    protection.refuse_paper(found.person)
    form = making.form_of(office, choice)
    printing = Printing(office.about.name, office.city.office_ht, clock.today(), office.about.demo)
    wording = sheet_wording.definition(office, "own_data")
    document = own_data_document(own_data(office, found, form.columns), wording, form, printing)
    made = making.made(document, SheetKind.OWN_DATA, choice)
    access.note(office.vault, ACT, case)
    return made


def own_data(office: Office, found: CaseFile, columns: Columns) -> OwnData:
    """Everything the sheet says."""
    notice, kept = consents.notice_of(office), consents.standing(found)
    sensitive = consents.is_given(kept.get((consents.SENSITIVE, "")))
    services, told = _Services(office), _Telling(columns, parity.standing(office))
    facts = {**told.person(found.person), **told.contact(found.person), **told.visits(found)}
    if sensitive:
        facts |= told.sensitive(found.person)
    own = [name for name, value in told.contact(found.person).items() if any(value)]
    flags = {
        "no_contact": consents.may_contact(found) is False,
        "reach": own or consents.may_contact(found) is False,
        "interpreter": found.person.interpreter is True,
        "sensitive": sensitive and any(any(value) for value in told.sensitive(found.person).values()),
    }
    referrals = [f for f in found.referrals if f.state is not State.MISTAKE and services.shown(f.referral.service)]
    lists = {
        "papers": tuple(told.papers(office, found.papers)),
        "needs": tuple(told.needs(found)),
        "referrals": tuple(told.referral(f, services) for f in referrals),
        "received": tuple(told.received(referrals, services)),
        "appointments": tuple(told.appointments(office, found.person.id, services)),
        "consents": tuple(told.decided(found, notice, services)),
    }
    return OwnData(
        facts=facts,
        flags=frozenset(name for name, is_so in flags.items() if is_so),
        lists=lists,
        rights=rights(notice, parity.standing(office)),
        person=found.person.name,
        told={
            "version": (str(notice.version),) * 2,
            "since": told.both(lambda t: t.long_date(notice.date)),
            "last": told.day(max((e.made for e in found.encounters if isinstance(e.made, date)), default=None)),
        },
        borrowed=tuple(told.borrowed.values()),
    )


def rights(notice: Notice, reviews: Reviews) -> tuple[SheetText, ...]:
    """What the person may ask, in the words of her city's own notice: one source, with its law and its date."""
    by_key = {paragraph.key: paragraph for paragraph in notice.paragraphs}
    rows = (by_key[key] for key in RIGHTS if key in by_key)
    texts = ((p.key, p.icon, p.spoken.es, p.spoken.ht, p.spoken.en) for p in rows)
    return tuple(SheetText("rights", *text).judged(reviews) for text in texts)


class _Services:
    """The catalogue, and which of its services may stand on a paper."""

    def __init__(self, office: Office) -> None:
        self.office = office
        rapid = {code for step in protection.checklist(office).steps(Sign) for code in step.refer}
        self.unprinted = city_rules(office.city.id).unprinted | rapid
        self.read: dict[str, Service | None] = {}

    def get(self, id: str) -> Service | None:
        if id not in self.read:
            self.read[id] = self.office.vault.file(Ref(Home.SERVICE, id)).one(Service)
        return self.read[id]

    def shown(self, id: str) -> bool:
        """Not what betrays by its name what nobody may find; nor one of which nobody knows any more what it was."""
        service = self.get(id)
        return service is not None and id not in self.unprinted and service.area not in protection.SECRET


class _Telling:
    """Facts in both languages, with the labels of the screens."""

    def __init__(self, columns: Columns, reviews: Reviews) -> None:
        self.columns, self.reviews = columns, reviews
        self.borrowed: dict[Pair, SheetText] = {}

    def both(self, tell: Callable[[Translator], str]) -> Pair:
        return tell(self.columns[0]), tell(self.columns[1])

    def words(self, tell: Callable[[Translator], str]) -> Pair:
        """Words of the screens or of a table: whether somebody approved them counts for the sheet."""
        told = self.both(tell)
        self.borrowed[told] = SheetText("borrowed", "", "", *told, "").judged(self.reviews)
        return told

    def spoken(self, text: Spoken) -> Pair:
        return self.words(lambda t: text.text(t.lang))

    def coded(self, value: object) -> Pair:
        """A stored answer in words; nothing for one that was not asked."""
        if value is None or value is Missing.NOT_ASKED or value == "":
            return NOTHING
        return self.words(lambda t: t.gettext(label_of(value)))

    def same(self, text: str) -> Pair:
        return text, text

    def day(self, value: object) -> Pair:
        return self.both(lambda t: t.date(value)) if isinstance(value, date) else NOTHING

    # facts

    def person(self, person: Person) -> dict[str, Pair]:
        return {
            "number": self.same(person.number),
            "given": self.same(person.given),
            "surname": self.same(" ".join(filter(None, (person.surname, person.second_surname)))),
            "chosen": self.same(person.chosen_name),
            "others": self.same(person.other_names),
            "birth": self.birth(person),
            "country": self.country(person.birth_country),
            "nationality": self.country(person.nationality, person.nationality_words),
            "sex": self.coded(person.sex),
            "language": self.same(person.language_words) if person.language_words else self.coded(person.language),
        }

    def birth(self, person: Person) -> Pair:
        born = person.birth
        if not isinstance(born, date):
            return self.coded(born)
        if person.birth_estimated:
            left, right = self.words(lambda t: t.gettext(N_("about {year}")))
            return left.format(year=born.year), right.format(year=born.year)
        return self.day(born)

    def country(self, code: str | Missing, words: str = "") -> Pair:
        if isinstance(code, Missing):
            return self.coded(code)
        if words:
            return self.same(words)
        return self.coded(N_("Stateless")) if code == "stateless" else self.words(lambda t: t.country(code))

    def contact(self, person: Person) -> dict[str, Pair]:
        """The rule by its code: what she said of it in her own words may tell of whom she fears."""
        return {
            "phone": self.same(person.phone),
            "email": self.same(person.email),
            "rule": self.coded(person.contact_rule),
            "channel": self.coded(person.channel),
            "trusted": self.same(" · ".join(filter(None, (person.trusted, person.trusted_phone)))),
            "address": self.same(person.address),
            "commune": self.same(person.commune),
        }

    def sensitive(self, person: Person) -> dict[str, Pair]:
        own = person.indigenous_people
        abilities = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
        return {
            "gender": self.same(person.gender_words) if person.gender_words else self.coded(person.gender),
            "people": self.same(own) if own else NOTHING,
            **{name: self.coded(getattr(person, name)) for name in abilities},
        }

    def visits(self, found: CaseFile) -> dict[str, Pair]:
        return {"visits": self.same(str(len(found.encounters) or ""))}

    # lists

    def papers(self, office: Office, held: tuple[HeldDocument, ...]) -> Iterator[Entry]:
        secret, kinds = city_rules(office.city.id).unprinted_papers, papers.kinds(office)
        for paper in held:
            if paper.kind in secret:
                continue
            words = kinds.get(paper.kind) or {}
            ended = isinstance(paper.expires, date) and paper.expires < clock.today()
            said = paper.state is DocumentState.HAS or (ended and paper.state is DocumentState.EXPIRED)
            state = NOTHING if said else self.coded(paper.state)
            hints = (
                Hint(self.country(paper.country) if paper.country else NOTHING),
                Hint(state),
                Hint(self.day(paper.expires), "ended" if ended else "until"),
                Hint(self.same(ending(paper.number)), "ends"),
                Hint(self.same("1" if paper.copy else ""), "copy"),
            )
            yield Entry(self.kind(words), hints)

    def kind(self, words: Mapping[str, str]) -> Pair:
        """What a paper is, in the words of the city's form; never in those that somebody typed."""
        return self.words(lambda t: words.get(t.lang) or words.get("es") or t.gettext(N_("Another document")))

    def needs(self, found: CaseFile) -> Iterator[Entry]:
        for need in found.needs:
            unmet = Hint(self.coded(need.unmet))
            yield Entry(self.coded(need.kind), (Hint(self.day(need.made), "told"), unmet))

    def referral(self, followed: FollowedReferral, services: _Services) -> Entry:
        service = services.get(followed.referral.service)
        outcome = followed.outcome if followed.state is State.COMPLETED else None
        hints = (
            Hint(self.same(service.owner if service else "")),
            Hint(self.day(followed.referral.made), "sent"),
            Hint(self.coded(outcome or followed.state)),
        )
        return Entry(self.same(service.name if service else ""), hints)

    def received(self, referrals: list[FollowedReferral], services: _Services) -> Iterator[Entry]:
        """Who got data of hers: every referral that was sent and handed something over."""
        for followed in referrals:
            if followed.referral.orientation or followed.state is State.DRAFT:
                continue
            service = services.get(followed.referral.service)
            if service:
                hints = (Hint(self.same(service.name)), Hint(self.day(followed.referral.made), "sent"))
                yield Entry(self.same(service.owner or service.name), hints if service.owner else hints[1:])

    def appointments(self, office: Office, case: str, services: _Services) -> Iterator[Entry]:
        for held, _name in agenda.of_case(office, case):
            if not held.service or services.shown(held.service):
                yield self.appointment(office, held, services)

    def appointment(self, office: Office, held: Appointment, services: _Services) -> Entry:
        service = services.get(held.service) if held.service else None
        day = self.both(lambda t: t.long_date(held.on) if held.on else "")
        texts = tuple(", ".join(filter(None, (text, held.hour))) for text in day)
        where = Hint(self.same(service.name if service else office.about.name))
        return Entry((texts[0], texts[1]), (where, Hint(self.coded(held.state))))

    def decided(self, found: CaseFile, notice: Notice, services: _Services) -> Iterator[Entry]:
        """Each purpose of the notice with what was said last; single bodies below it."""
        kept = consents.standing(found)
        for purpose in notice.asked:
            title = self.spoken(purpose.title)
            answers = [(to, consent) for (code, to), consent in kept.items() if code == purpose.code]
            if not any(not to for to, _consent in answers):
                yield Entry(title, (Hint(self.words(lambda t: t.gettext(N_("Not asked")))),), purpose.icon)
            for to, consent in sorted(answers, key=lambda answer: (answer[0] != "", consents.when(answer[1]))):
                if to and not services.shown(to):
                    continue
                service = services.get(to) if to else None
                body = Hint(self.same((service.owner or service.name) if service else ""))
                yield Entry(
                    title, (body, Hint(self.coded(consent.state)), Hint(self.day(consent.made), "since")), purpose.icon
                )


def ending(number: str) -> str:
    """The last signs of a paper's number, and none of a very short one."""
    signs = "".join(c for c in number if c.isalnum())
    return signs[-ENDING:] if len(signs) > 2 * ENDING else ""
