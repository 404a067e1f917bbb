from __future__ import annotations

from migrant_office.models.operations import Op
from migrant_office.models.vault.operation import Done
from migrant_office.services.history import Step
from migrant_office.ui.main_window import turned


def test_undo_never_says_more_than_was_put_back() -> None:
    something, nothing = Done("undo", (("device", 1),)), Done("undo")
    assert turned(Step(Op.REFER, something, 0), back=True).startswith("Se deshizo")
    assert turned(Step(Op.REFER, something, 2), back=True).endswith("se queda.")
    assert turned(Step(Op.REFER, nothing, 3), back=True).startswith("No se deshizo nada")
