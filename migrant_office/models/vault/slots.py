"""The slot file: each officer's passphrase, and the recovery code, wraps the same random keys.

Changing a passphrase rewrites one slot and never the database. Argon2id by argon2-cffi, which binds the reference
implementation; the wrap is XChaCha20-Poly1305 with the slot's header as associated data, so that a lowered cost shows.
"""

from __future__ import annotations

import base64
import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import cbor2
from argon2.low_level import Type, hash_secret_raw
from nacl.utils import random

from migrant_office.errors import NewerOffice, NotAllowed, NotAnOffice, WrongPassphrase
from migrant_office.i18n import N_
from migrant_office.models.vault.log import Forged, seal, unseal

FORMAT = 1
RECOVERY_BYTES = 20
MEMORY, PASSES, LANES = 4 * 1024 * 1024, 64, 64  # more than any slot asks: a damaged file must not stop the machine


class Cost(NamedTuple):
    """Argon2id: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


STRONG = Cost(128 * 1024, 3, 2)  # 0.3 s on a desk's machine (docs/decisions/002)


class OfficeKeys(NamedTuple):
    """What every slot wraps: the key of the database, and that of the restricted compartment if the officer has it."""

    data: bytes
    compartment: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to open the office. `wrapped` is base64; everything else is bound to it."""

    id: str
    kind: str  # passphrase | recovery
    officer: str
    label: str
    memory: int
    passes: int
    lanes: int
    salt: str
    wrapped: str = ""

    def about(self, office: str) -> bytes:
        return cbor2.dumps([FORMAT, office, *(v for k, v in asdict(self).items() if k != "wrapped")])


def new_keys() -> OfficeKeys:
    return OfficeKeys(random(32), random(32))


def new_slot(
    office: str,
    keys: OfficeKeys,
    passphrase: str,
    *,
    kind: str = "passphrase",
    officer: str = "",
    label: str = "",
    cost: Cost = STRONG,
) -> Slot:
    """A slot that this passphrase opens. Takes the time of one Argon2id (0.3 s): not for the window's thread."""
    bare = Slot(
        id=random(6).hex(),
        kind=kind,
        officer=officer,
        label=label,
        memory=cost.memory,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=b64(random(16)),
    )
    wrapped = seal(cbor2.dumps(list(keys)), derived(bare, passphrase), bare.about(office))
    return Slot(**(asdict(bare) | {"wrapped": b64(wrapped)}))


def opened(office: str, slots: list[Slot], passphrase: str) -> tuple[OfficeKeys, Slot]:
    """The keys, and the slot that gave them. Raises `WrongPassphrase`."""
    for slot in slots:
        given = normal_code(passphrase) if slot.kind == "recovery" else passphrase
        try:
            data, compartment = cbor2.loads(
                unseal(base64.b64decode(slot.wrapped), derived(slot, given), slot.about(office))
            )
        except Forged:
            continue
        return OfficeKeys(data, compartment), slot
    raise WrongPassphrase


def derived(slot: Slot, passphrase: str) -> bytes:
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")  # keyboards differ on accents
    return hash_secret_raw(typed, base64.b64decode(slot.salt), slot.passes, slot.memory, slot.lanes, 32, Type.ID)


def recovery_code() -> str:
    """160 random bits to print: eight groups of four letters and digits that are not mistaken for each other."""
    text = base64.b32encode(random(RECOVERY_BYTES)).decode()
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def normal_code(text: str) -> str:
    """A recovery code as it was made, however it was typed."""
    bare = "".join(c for c in text.upper() if c.isalnum()).replace("0", "O").replace("1", "I").replace("8", "B")
    return "-".join(bare[i : i + 4] for i in range(0, len(bare), 4))


KINDS = {
    "id": str,
    "kind": str,
    "officer": str,
    "label": str,
    "memory": int,
    "passes": int,
    "lanes": int,
    "salt": str,
    "wrapped": str,
}


def to_json(office: str, slots: list[Slot]) -> bytes:
    if not any(slot.kind == "passphrase" for slot in slots):
        raise NotAllowed(N_("The last passphrase cannot be removed."))
    return json.dumps({"format": FORMAT, "office": office, "slots": [asdict(s) for s in slots]}, indent=1).encode()


def from_json(data: bytes) -> tuple[str, list[Slot]]:
    """(office id, slots). Raises `NotAnOffice` for anything else, `NewerOffice` for a format to come."""
    try:
        told: dict[str, Any] = json.loads(data)
        if told["format"] > FORMAT:
            raise NewerOffice(N_("A newer version of the program made this office. Update the program to open it."))
        return str(told["office"]), [slot_from(slot) for slot in told["slots"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAnOffice(N_("The key file of this office is damaged. Restore it from the last backup.")) from error


def slot_from(told: dict[str, Any]) -> Slot:
    """A slot that can be tried. Raises ValueError or TypeError for what no program wrote or no machine can derive."""
    slot = Slot(**told)
    if any(not isinstance(getattr(slot, name), kind) for name, kind in KINDS.items()):
        raise TypeError("not what a slot holds")
    "".join((slot.id, slot.kind, slot.officer, slot.label)).encode()  # ValueError for half a character
    if not (0 < slot.lanes <= LANES and 8 * slot.lanes <= slot.memory <= MEMORY and 0 < slot.passes <= PASSES):
        raise ValueError("a cost out of bounds")
    if len(base64.b64decode(slot.salt, validate=True)) < 8:
        raise ValueError("a salt too short")
    base64.b64decode(slot.wrapped, validate=True)
    return slot


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
