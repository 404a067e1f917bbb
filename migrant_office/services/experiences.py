"""What somebody has worked in: noted and corrected."""

from __future__ import annotations

from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.operations import Op
from migrant_office.models.vault.operation import Done
from migrant_office.models.work import Experience


def put_experience(office: Office, case: str, experience: Experience) -> Done:
    """Note an occupation of an open case. Raises `UserError` when nothing was told, `Gone` without the case."""
    if not experience.words.strip() and isinstance(experience.group, Missing):
        raise UserError(N_("Write what the work was, or choose its group."))
    with office.case_operation(Op.EDIT_EXPERIENCE, case) as op:
        op.put(experience, on=case)
    return op.done


def edit_experience(office: Office, case: str, shown: Experience, **values: Any) -> Done:
    """Change what differs from `shown`. Raises `Gone` when the case is not there any more."""
    with office.case_operation(Op.EDIT_EXPERIENCE, case) as op:
        op.set(shown, on=case, **values)
    return op.done
