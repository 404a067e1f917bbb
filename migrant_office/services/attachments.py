"""Files kept with a case: taken in sealed, named by the case in an operation of their own, read, and looked after."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from migrant_office import clock
from migrant_office.errors import Gone, StorageFailed, UserError
from migrant_office.i18n import N_
from migrant_office.models.attachment import LARGEST, Attachment, Kept, kept_of, kind_of, plain_name
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.reads import attachments as reads
from migrant_office.models.vault import access
from migrant_office.models.vault.attachments import DamagedFile
from migrant_office.models.vault.operation import Done, Operation

MEGABYTES = LARGEST // 1024 // 1024


def keep(office: Office, data: bytes, name: str) -> Kept:
    """Write a file, sealed and durable when this returns; no case names it yet, so a draft must hold what comes back.

    The bytes are kept as they are: what a camera wrote into a picture (place and time of it) stays in it, and nobody
    outside sees it. Raises `UserError` for an empty file or one over 20 MB, `StorageFailed` when the disk refuses.
    """
    if not data:
        raise UserError(N_("This file is empty. Choose another one."))
    if len(data) > LARGEST:
        raise UserError(N_("This file is larger than {n} MB. Choose a smaller copy of it."), n=MEGABYTES)
    id, key = office.vault.files.keep(data)
    return Kept(id=id, key=key.hex(), kind=kind_of(data), name=plain_name(name), size=len(data), digest=digest(data))


def keep_path(office: Office, path: Path) -> Kept:
    """`keep` a file that somebody chose; never more of it is read than may be kept. Raises as `keep`."""
    try:
        if not path.is_file():  # a folder, or a device that never ends
            raise UserError(N_("This is not a file. Choose one file."))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UserError(N_("This file could not be read. Copy it to this computer and choose it again.")) from error
    return keep(office, data, path.name)


def attach(op: Operation, case: str, kept: Kept, about: str = "") -> Attachment:
    """Let a case name a kept file, inside an operation. Naming it again in the same case changes nothing."""
    told = Attachment(
        id=kept.id,
        made=clock.today(),
        officer=op.vault.keys.officer,
        kind=kept.kind,
        name=kept.name,
        size=kept.size,
        digest=kept.digest,
        key=kept.key,
        about=about,
    )
    known = op.file_of(told, case).all(Attachment).get(kept.id)
    return known or op.put(told, on=case)


def put(office: Office, case: str, kept: Kept | None, instead_of: str = "") -> Done:
    """Let an open case name a file, or none, in the place of another. Raises `Gone` without the case."""
    with office.case_operation(Op.ATTACH, case) as op:
        if instead_of:
            detach(op, case, instead_of)
        if kept is not None:
            attach(op, case, kept)
    return op.done


def detach(op: Operation, case: str, id: str) -> None:
    """Let a case name a file no more, inside an operation. Undo brings it back while the program is open; a start a day
    later drops the file.
    """
    op.take_away(Attachment, id, on=case)


def forget(office: Office, kept: Kept) -> None:
    """Drop a kept file that was taken out of its form: as soon as neither a case nor a saved draft names it."""
    office.vault.files.doom([kept.id])
    office.vault.files.bury()


# reading


def read(office: Office, case: str, id: str) -> bytes:
    """A file of a case; the look is written into the access log. Raises `Gone`, `DamagedFile`, `NotAllowed`."""
    found = office.case(case).all(Attachment).get(id)
    if found is None:
        raise Gone(N_("This file is not in the case any more."))
    access.note(office.vault, "file", id)
    return read_kept(office, kept_of(found))


def read_kept(office: Office, kept: Kept) -> bytes:
    """The content of a file that a form holds, before a case names it. Raises `Gone`, `DamagedFile`."""
    try:
        key = bytes.fromhex(kept.key)
    except ValueError as error:
        raise DamagedFile from error
    data = office.vault.files.read(kept.id, key)
    if digest(data) != kept.digest:
        raise DamagedFile
    return data


def digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


# looking after them


def broken(office: Office) -> list[str]:
    """Ids of the files that cases name and that are missing or do not open; reads every file once."""
    return [id for id, sound in looked_at(office) if not sound]


def looked_at(office: Office) -> Iterator[tuple[str, bool]]:
    for case in reads.cases(office.vault):
        try:
            named = office.case(case).all(Attachment)
        except UserError:  # a damaged case is somebody else's finding
            continue
        for id, attachment in named.items():
            try:
                read_kept(office, kept_of(attachment))
            except (Gone, StorageFailed):
                yield id, False
            else:
                yield id, True
