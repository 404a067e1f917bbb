"""What went wrong, as data; the sentence is made when it is shown, in the reader's language."""

from __future__ import annotations

from migrant_office.i18n import N_, Translator


class UserError(Exception):
    """One clear sentence that says what happened and what to do.

    `message` is an English message id with named placeholders, marked with `N_` where it is raised; `data` fills
    them and never holds anything about a person.
    """

    def __init__(self, message: str, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.data = data

    def text(self, translator: Translator) -> str:
        return translator.gettext(self.message).format(**self.data)


class Gone(UserError):
    """What was asked for is not there any more: undone here, or erased."""


class NotAllowed(UserError):
    """A write outside an operation, on something erased, against a rule, or behind a closed compartment."""


class WrongPassphrase(UserError):
    """The passphrase or recovery code opens no slot."""

    def __init__(self) -> None:
        super().__init__(N_("The passphrase does not match. Check capital letters and try again."))


class NotAnOffice(UserError):
    """The folder holds no office, or a file in it is not what it should be."""


class OfficeInUse(UserError):
    """Another copy of the program has the same office open."""


class NewerOffice(UserError):
    """A newer version of the program wrote this office."""


class StorageFailed(UserError):
    """The disk is full, the folder cannot be written, or the file is damaged."""
