"""An unlocked office: what services work on. Built by the roof, held by one thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from migrant_office import clock
from migrant_office.errors import Gone
from migrant_office.i18n import N_
from migrant_office.ids import new_id
from migrant_office.models.city import City, load_city
from migrant_office.models.consent import Consent
from migrant_office.models.everything import NOUNS_OF_AN_OFFICE
from migrant_office.models.names import memory
from migrant_office.models.names.vocabulary import Vocabulary
from migrant_office.models.notice import load_notice
from migrant_office.models.operations import Op
from migrant_office.models.person import Person
from migrant_office.models.referral import Referral, ReferralStep, State
from migrant_office.models.service import Service
from migrant_office.models.sharing import check_referral, check_sharing
from migrant_office.models.vault.folder import About, Opened, is_free, open_office, read_about
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.models.vault.reading import Readable, Reader
from migrant_office.models.vault.vault import Vault

__all__ = ["About", "Desk", "Office", "Reading", "is_free", "new_id", "read_about", "unlock"]

KEPT_STEPS = 30
NOT_THERE = N_("This case file does not exist any more. Look for the person again.")
if not NOUNS_OF_AN_OFFICE:  # its import is what matters: an office opened without a noun would lose that noun's table
    raise ImportError("no nouns")


class Desk(Protocol):
    """What a verb needs that only looks: the office itself, or a `Reading` beside it on another thread."""

    @property
    def vault(self) -> Readable: ...

    @property
    def vocabulary(self) -> Vocabulary: ...


class Reading:
    """An office seen from another thread: it only reads, and is closed before the office is."""

    def __init__(self, vault: Reader) -> None:
        self.vault, self.vocabulary = vault, Vocabulary()

    def close(self) -> None:
        self.vault.close()


class Office:
    """The store, the city's profile, the officer, and what this session can undo."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        self.opened, self.folder = opened, folder
        self.vault: Vault = opened.vault
        self.about: About = opened.about
        self.city: City = load_city(opened.about.city)
        self.officer = opened.officer
        self.vault.guards |= {
            Referral: partial(guard_referral, self.city),
            ReferralStep: partial(guard_step, self.city),
        }
        clock.live_in(ZoneInfo(self.city.timezone))
        self.vault.files.sweep()
        self.vocabulary = Vocabulary()
        self.undoable: list[Done] = []
        self.redoable: list[Done] = []

    def close(self) -> None:
        clock.live_in(None)
        memory.forget()
        self.opened.close()

    def reading(self) -> Reading:
        """A way to look that another thread may own. Raises `StorageFailed`."""
        return Reading(self.opened.reader())

    def case(self, id: str) -> File:
        """The file of one case. Raises `NotAllowed` when it was erased, `Gone` when this officer may not know of it."""
        file = self.vault.file(Ref(Home.CASE, id))
        self._refuse_hidden(file)
        return file

    def _refuse_hidden(self, file: File) -> None:
        """A restricted case is not there for whoever has no key of the compartment; the sentence is that of any other
        that is not there, for it must not tell more.
        """
        person = file.one(Person)
        if person is not None and person.restricted and not self.vault.keys.may_open(Home.RESTRICTED):
            raise Gone(NOT_THERE)

    @contextmanager
    def operation(self, op: Op, id: str, *, undoable: bool = True) -> Iterator[Operation]:
        """One named act that can be undone; inside `batch` it cannot be undone alone, nor where `undoable` says so."""
        in_batch = self.vault.conn.in_transaction
        with self.vault.operation(op, id) as operation:
            yield operation
        if operation.done.envelopes and undoable and not in_batch:
            self.undoable = [*self.undoable[-KEPT_STEPS + 1 :], operation.done]
            self.redoable = []

    @contextmanager
    def case_operation(self, op: Op, case: str) -> Iterator[Operation]:
        """An act on a case that must still be there: what is written to one undone meanwhile would be nobody's.

        Raises `UserError` when it is not there any more.
        """
        with self.operation(op, case) as operation:
            before = operation.on(Ref(Home.CASE, case)).before
            if before.one(Person) is None:
                raise Gone(NOT_THERE)
            self._refuse_hidden(before)
            yield operation

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many operations taken whole or not at all."""
        with self.vault.transaction():
            yield


def guard_referral(city: City, op: Operation, referral: Referral, case: str) -> None:
    """Nobody's data are handed over without the yes that allows it, whichever verb writes the referral."""
    if referral.orientation:
        return
    service = op.on(Ref(Home.SERVICE, referral.service)).before.one(Service)
    told = op.now(Ref(Home.CASE, case)).all(Consent).values()
    check_referral(load_notice(city.id), told, service, referral)


def guard_step(city: City, op: Operation, step: ReferralStep, case: str) -> None:
    """Sent again, or only now, is a handing over: today's yes is asked."""
    if step.state is not State.REQUESTED:
        return
    file = op.now(Ref(Home.CASE, case))
    referral = file.all(Referral).get(step.referral)
    if referral is None or referral.orientation:
        return
    service = op.on(Ref(Home.SERVICE, referral.service)).before.one(Service)
    if referral.state(file) is not State.REQUESTED:
        check_sharing(load_notice(city.id), file.all(Consent).values(), service, referral.service)


def unlock(folder: Path, passphrase: str) -> Office:
    """Open the office in a folder: 0.3 s, so not for the window's thread. Raises as `vault.folder.open_office`."""
    opened = open_office(folder, passphrase)
    try:
        return Office(opened, folder)
    except BaseException:
        opened.close()
        raise
