"""Signed and sealed envelopes in one chain a device: the only truth, of which tables are a projection.

The header tells a hub who wrote and in what order, and nothing of what: a document shows itself by a random tag, its
home and its id are sealed with the body.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple

import cbor2
from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_

FORMAT = 1
MOST = 2**53  # envelopes of one device: what every program and hub can count
PADDING = 64  # bytes: sizes are told only in steps


class Applied(IntEnum):
    """What this device has done with an envelope."""

    NEW = 0
    MERGED = 1
    WAITS = 2  # for an update not seen yet
    QUARANTINED = 3
    ERASED = 4


class Forged(StorageFailed):
    """An envelope whose signature, digest or key does not belong to it, or whose device nobody granted."""

    def __init__(self) -> None:
        super().__init__(N_("Data from another device could not be verified and was not taken."))


class Envelope(NamedTuple):
    """One update on its way. The signature covers the digest, so that an emptied body can still be proved ours.

    `kind` is U (update), E (erasure) or A (counts of a closed month). `kid` names the key of the document, `wrapped`
    is that key under the office's epoch key, in the envelope that brings it; it stays outside the signature, bound by
    `about` and `kid`.
    """

    device: str
    seq: int
    kind: str
    tag: bytes
    epoch: int
    kid: bytes
    prev: bytes
    digest: bytes
    sig: bytes = b""
    wrapped: bytes = b""
    body: bytes = b""

    def header(self) -> bytes:
        return cbor2.dumps([FORMAT, *self[:8]])

    def signed(self, key: SigningKey) -> Envelope:
        return self._replace(sig=key.sign(self.header()).signature)

    def checked(self, known: Mapping[str, VerifyKey]) -> Envelope:
        """This envelope, once its signature and digest are right. Raises `Forged`."""
        key = known.get(self.device)
        if key is None or not 0 < self.seq < MOST or (self.body and digest(self.body) != self.digest):
            raise Forged
        try:
            key.verify(self.header(), self.sig)
        except CryptoError as error:
            raise Forged from error
        return self


def about(tag: bytes, kid: bytes) -> bytes:
    """What a sealed thing belongs to, so that a hub cannot hang it elsewhere."""
    return cbor2.dumps([tag, kid])


def digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def seal(plaintext: bytes, key: bytes, about: bytes = b"") -> bytes:
    """XChaCha20-Poly1305 with a random nonce in front, padded to steps of 64 bytes."""
    nonce = random(24)
    padded = plaintext + b"\x80" + bytes(-(len(plaintext) + 1) % PADDING)
    return nonce + sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(padded, about, nonce, key)


def unseal(sealed: bytes, key: bytes, about: bytes = b"") -> bytes:
    """The way back. Raises `Forged` when the key or what it is about do not belong to it."""
    try:
        padded = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[24:], about, sealed[:24], key)
    except (CryptoError, ValueError) as error:
        raise Forged from error
    return padded.rstrip(b"\0")[:-1]
