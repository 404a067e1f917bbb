"""A form being filled: answers in, what changed out. No screen, no storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from migrant_office import clock
from migrant_office.models.forms import snapshots
from migrant_office.models.forms.answers import Answer
from migrant_office.models.forms.form import Form, Question
from migrant_office.models.forms.settling import Spots
from migrant_office.models.forms.spots import Container, Instance, Spot, within
from migrant_office.models.forms.telling import Telling


class FormFilling(Telling):
    """The answers to one form, always settled: every calculation and every relevance is up to date.

    An answer that is not relevant is kept and comes back when its question does; meanwhile expressions see it blank
    and `submission` leaves it out. The three missing answers live beside the value; expressions see them blank.
    A repeat begins without instances (or with as many as its count says); when a count becomes lower, the surplus
    waits unseen. `moment` (with its zone) is what `today()` and `now()` answer during the whole filling. With
    `answers` or a `draft` no defaults are given.
    """

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Answer] | None = None,
        *,
        moment: datetime | None = None,
        lang: str = "es",
        draft: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(form, moment or clock.local(clock.now()), lang)
        if answers is None and draft is None:
            self._start()
            return
        snapshots.take_back(self._garden, draft or snapshots.NONE)
        for addr, answer in (answers or {}).items():
            self._keep(self._question(addr), answer)
        self._settle_all(typed=True)
        self._finish()

    def _start(self) -> None:
        spots = list(within(self._garden.root))
        self._give_defaults(spots, calculated=False)
        self._settle_all()
        self._give_defaults(spots, calculated=True)
        self._finish()

    def _settle_all(self, *, typed: bool = False) -> None:
        spots = [spot for spot in within(self._garden.root) if not isinstance(spot, Instance)]
        self._settle(spots, frozenset(spots) if typed else frozenset())

    # -- answering

    def set(self, addr: str, answer: Answer) -> frozenset[str]:
        """Take an answer, valid or not, a missing value, or None to clear; answers every address to show anew.

        Raises KeyError for an unknown address, ValueError for one that takes no answer.
        """
        spot = self._question(addr)
        before = spot.missing
        self._keep(spot, answer)
        changed = self._settle((spot,), frozenset({spot})) | {spot} | self._looking_at(spot)
        if before is not spot.missing:
            changed.update(self._readers(spot))
        return self._addresses(changed | self._finish())

    def _question(self, addr: str) -> Spot:
        spot = self._spot(addr)
        if not isinstance(spot.item, Question) or not spot.item.takes_answer:
            raise ValueError(addr)
        return spot

    def _finish(self) -> Spots:
        """Give instances that a count made their calculated defaults; what that changed."""
        changed: Spots = {*()}
        while self._fresh:
            changed |= self._give_defaults(within(self._fresh.pop(0)), calculated=True)
        return changed

    @staticmethod
    def _addresses(changed: Iterable[Spot]) -> frozenset[str]:
        return frozenset(spot.addr for spot in changed)

    # -- repeats

    def instances(self, addr: str) -> tuple[str, ...]:
        """The addresses of a repeat's instances, those that a lower count left over not among them."""
        return tuple(one.addr for one in self._container(addr).instances if not one.surplus)

    def can_add(self, addr: str) -> bool:
        """Whether one more instance may be added: no count decides it, it is asked now, and there are not too many."""
        container = self._container(addr)
        return container.shown and container.repeat.count is None and len(container.instances) < container.repeat.limit

    def add(self, addr: str) -> frozenset[str]:
        """One more instance at the end of a repeat, with its defaults; answers every address to show anew.

        Raises KeyError for an unknown address, ValueError when none can be added.
        """
        if not self.can_add(addr):
            raise ValueError(addr)
        container = self._container(addr)
        instance = self._grow(container)
        inside = list(within(instance))
        changed = self._settle((container, *(one for one in inside if not isinstance(one, Instance))))
        changed |= self._give_defaults(inside, calculated=True) | self._finish()
        return self._addresses(changed | {container, *inside})

    def remove(self, addr: str) -> frozenset[str]:
        """Take an instance away with all its answers; those after it move up and lose nothing. It can be undone only
        by restoring a snapshot taken before. Answers every address to show anew, the repeat's among them.

        Raises KeyError for an unknown address, ValueError for one that is no instance.
        """
        instance = self._spot(addr)
        if not isinstance(instance, Instance):
            raise ValueError(addr)
        container = instance.container
        place = container.instances.index(instance)
        self._garden.cut(container, place)
        changed = self._settle((container,)) | self._finish() | {container}
        moved = (spot for one in container.instances[place:] for spot in within(one))
        return self._addresses(spot for spot in (*changed, *moved) if self._garden.by_addr.get(spot.addr) is spot)

    def _container(self, addr: str) -> Container:
        spot = self._spot(addr)
        if not isinstance(spot, Container):
            raise ValueError(addr)
        return spot

    # -- out and in again

    def snapshot(self) -> dict[str, Any]:
        """The draft as JSON: everything typed, valid or not, relevant or not. `restore` takes it back."""
        form = self.form
        head = {"form": form.id, "version": form.version, "digest": form.digest}
        return {
            **head,
            "moment": self.moment.isoformat(),
            "lang": self.lang,
            **snapshots.parts(self._garden, self.lang),
        }

    @classmethod
    def restore(cls, form: Form, snapshot: Mapping[str, Any]) -> FormFilling:
        """A draft taken up again, also under a newer version of its form: answers to questions that the form no
        longer has stay in the draft. Raises KeyError or ValueError when it is no snapshot.
        """
        return cls(form, moment=datetime.fromisoformat(snapshot["moment"]), lang=snapshot["lang"], draft=snapshot)
