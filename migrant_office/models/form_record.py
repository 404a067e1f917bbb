"""A form that was filled for a case, and its answers that have no field of their own."""

from __future__ import annotations

from datetime import date

from migrant_office.models.vault.nouns import Home, Searched, Sensitivity, noun, scalar


@noun("form_record", Home.CASE, once=True, together=(("use", "doc"),))
class FormRecord:
    """One filled form: which one, in which version, when and by whom. `use` is what it was filled as ("quick",
    "intake", "family", "completion", "survey"); `about` the referral that a survey asks about. `digest` is that of the
    form's meaning, so that the answers stay bound to the form they were given under; `shown` keeps the words of each
    chosen code (field or question → words), because lists change.
    """

    id: str
    form: str = scalar(index=True)
    use: str = scalar(default="")
    version: str = scalar()
    digest: str = scalar()
    made: date = scalar()
    recorded: date = scalar(index=True)
    officer: str = scalar(default="")
    language: str = scalar(default="es")
    answered: int = scalar(default=0)
    asked: int = scalar(default=0)
    about: str = scalar(default="", follows=True)
    shown: dict[str, str] | None = scalar(default=None, column=False)


@noun("answer", Home.CASE, once=True)
class Answer:
    """One answer to a question that fills no field of a record. `value` is what can be counted: codes by spaces, a
    number, an ISO date, the sign of a missing answer; `text` what was written freely, which people are found by and
    nothing counts. `label` is the question and `words` the answer as they were shown. A newer answer to the same
    question stands beside it; the latest counts. A sensitive one is a `PrivateAnswer` instead.
    """

    id: str
    record: str = scalar(index=True, follows=True)
    question: str = scalar(index=True, sensitivity=Sensitivity.COUNTED)
    value: str = scalar(default="", sensitivity=Sensitivity.COUNTED)
    text: str = scalar(default="", search=Searched.TEXTS)
    words: str = scalar(default="", column=False)
    label: str = scalar(default="", column=False)
    made: date | None = scalar(default=None)
