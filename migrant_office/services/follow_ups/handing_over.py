"""All the work of one officer given to another in one operation, with the note that goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrant_office import clock
from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.follow_up import FollowUp, Handover
from migrant_office.models.office import Office, new_id
from migrant_office.models.operations import Op
from migrant_office.models.reads import follow_ups as reads
from migrant_office.models.referral import Referral, stays_open
from migrant_office.models.vault.nouns import File, Home, Ref
from migrant_office.models.vault.operation import Done, Operation


@dataclass(frozen=True, slots=True)
class Work:
    """What an officer has in one case: ids of open follow-ups and of open referrals."""

    case: str
    follow_ups: tuple[str, ...]
    referrals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    cases: int = 0
    follow_ups: int = 0
    referrals: int = 0


def work_in(file: File, officer: str, *, follow_ups: bool, referrals: bool) -> Work:
    mine = [f.id for f in file.all(FollowUp).values() if follow_ups and f.officer == officer and f.is_open(file)]
    open_ = [
        r.id
        for r in file.all(Referral).values()
        if referrals and r.owner(file) == officer and stays_open(r.state(file), r.outcome(file))
    ]
    return Work(file.ref.id, tuple(sorted(mine)), tuple(sorted(open_)))


def work_of(office: Office, officer: str, *, follow_ups: bool = True, referrals: bool = True) -> Iterator[Work]:
    """Case by case; restricted ones only for whoever has their key."""
    for case in reads.cases_of(office.vault, officer):
        work = work_in(office.case(case), officer, follow_ups=follow_ups, referrals=referrals)
        if work.follow_ups or work.referrals:
            yield work


def preview(office: Office, officer: str, *, follow_ups: bool = True, referrals: bool = True) -> Preview:
    """How much would change hands."""
    work = list(work_of(office, officer, follow_ups=follow_ups, referrals=referrals))
    return Preview(len(work), sum(len(w.follow_ups) for w in work), sum(len(w.referrals) for w in work))


def hand_over(
    office: Office, source: str, target: str, note: str, *, follow_ups: bool = True, referrals: bool = True
) -> Done:
    """Give everything that `source` has open to `target`; each case keeps the note. One operation, one undo.

    Raises `NotAllowed` without a note, without another officer, or when there is nothing to give.
    """
    target = target.strip()
    if not target or target == source:
        raise NotAllowed(N_("Choose another officer who goes on with the work."))
    if not note.strip():
        raise NotAllowed(N_("Write what the next officer has to know. Nobody else will tell her."))
    all_work = list(work_of(office, source, follow_ups=follow_ups, referrals=referrals))
    if not all_work:
        raise NotAllowed(N_("This officer has nothing open."))
    with office.operation(Op.HAND_OVER, all_work[0].case) as op:
        for work in all_work:
            known = op.on(Ref(Home.CASE, work.case)).before.all(FollowUp)
            for id in work.follow_ups:
                op.set(known[id], on=work.case, officer=target)
            for part in by_file(op, work):
                op.put(
                    Handover(
                        id=new_id(),
                        of=(*part.referrals, *part.follow_ups)[0],
                        source=source,
                        target=target,
                        made=clock.today(),
                        note=note.strip(),
                        referrals=part.referrals,
                        follow_ups=part.follow_ups,
                        officer=office.officer,
                    ),
                    on=work.case,
                )
    return op.done


def by_file(op: Operation, work: Work) -> list[Work]:
    """The work of a case by the file that holds it: each of two that are joined keeps its own when they are separated,
    and does not go back to whoever gave it away.
    """
    files: dict[str, Work] = {}
    for cls, ids in ((Referral, work.referrals), (FollowUp, work.follow_ups)):
        for id in ids:
            file = op.holder_of(cls, id, on=work.case)
            had = files.get(file, Work(work.case, (), ()))
            if cls is Referral:
                files[file] = replace(had, referrals=(*had.referrals, id))
            else:
                files[file] = replace(had, follow_ups=(*had.follow_ups, id))
    return list(files.values())
