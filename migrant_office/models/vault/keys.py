"""What an unlocked program holds in memory, and which key opens which document."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from nacl.signing import SigningKey, VerifyKey

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_
from migrant_office.models.vault.nouns import Home

SUPERVISOR = "supervisor"


class CompartmentClosed(NotAllowed):
    """The restricted part of a case is never read as an empty one by whoever may not open it."""

    def __init__(self) -> None:
        super().__init__(N_("This part of the file is restricted. Ask your supervisor."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Of one device and the officer who unlocked it.

    `epochs` are the office's keys by number, the highest is in use; `compartment` is present only if the officer may
    open the restricted part. `known` and `roles` tell, by device, who may sign and what (`supervisor` may erase).
    """

    device: str
    officer: str
    signing: SigningKey
    epochs: dict[int, bytes]
    compartment: bytes | None
    known: dict[str, VerifyKey] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    @property
    def epoch(self) -> int:
        return max(self.epochs)

    @property
    def peer(self) -> int:
        """This device's number in every document; reusing it elsewhere makes documents differ in silence."""
        return peer_of(self.device)

    def may_open(self, home: Home) -> bool:
        return home is not Home.RESTRICTED or self.compartment is not None

    def wrapping(self, home: Home, epoch: int) -> bytes:
        """The key that wraps keys of documents of this home. Raises `CompartmentClosed`."""
        if home is not Home.RESTRICTED:
            return self.epochs[epoch]
        if self.compartment is None:
            raise CompartmentClosed
        return self.compartment

    def may_erase(self, device: str) -> bool:
        return self.roles.get(device) == SUPERVISOR


def peer_of(device: str) -> int:
    return int.from_bytes(blake2b(device.encode(), digest_size=7).digest())
