"""What may keep a person from finishing a course or an assessment, before she is enrolled. It warns, nothing more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.models.pathway.kinds import PathwayKind
from migrant_office.services import pathways
from migrant_office.services.pathways import Check
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.banner import Banner


class BarrierNotice(Banner):
    """Hidden while nothing speaks for a reason, or no pathway would begin."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", icon="alert-triangle", parent=parent)
        self.operations, self.case = operations, case
        self.hide()

    def look(self, service: str, kind: PathwayKind | None = None) -> None:
        """Look at a service by its id ("" for none yet); without `kind`, at the one that a referral to it begins."""
        self.hide()
        case = self.case
        self.operations.ask(
            self, lambda office: pathways.check_before(office, case, service, kind), self._show, key="barriers"
        )

    def _show(self, check: Check) -> None:
        self.setVisible(bool(check.risks))
        if check.risks:
            title, hint = barrier_title(check), barrier_hint(check)
            self.set_texts(title, hint)
            self.setAccessibleName(f"{title} {hint}")


def barrier_title(check: Check) -> str:
    """The reasons, as people gave them for not finishing."""
    told = ", ".join(words.coded(reason).lower() for reason in check.risks)
    return _("May keep the person from finishing: {reasons}").format(reasons=told)


def barrier_hint(check: Check) -> str:
    parts = []
    if check.instead:
        names = "; ".join(line.name for line in check.instead)
        parts.append(_("May fit better: {services}.").format(services=names))
    if check.helps:
        names = "; ".join(line.name for line in check.helps)
        parts.append(_("Looks after children: {services}.").format(services=names))
    return " ".join(parts) or _("Speak about it before enrolling. It can begin all the same.")
