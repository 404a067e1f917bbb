"""Before a joined file is taken out again: what will be where, and by which rule."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.vault.operation import Done
from migrant_office.services import merging
from migrant_office.services.merging import FileTold, Separation
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.merging import field_words
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.text import Text


class SeparateDialog(Dialog):
    """`joined` is the id of the file that was joined to `case`."""

    def __init__(self, operations: Operations, case: str, joined: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Separate two case files"), _("Separate them"), width=640, parent=parent)
        self.operations, self.joined = operations, joined
        self.primary.setEnabled(False)
        self.first = self.cancel
        operations.ask(
            self,
            lambda office: merging.separation(office, case, joined),
            self._show,
            key="separate",
            failed=self._failed,
        )

    def _show(self, plan: Separation) -> None:
        for file, new in ((plan.stays, plan.stays_new), (plan.leaves, plan.leaves_new)):
            self.body.addWidget(Text(title(file), "body_bold", wrap=True))
            told = _("It will hold: {counts}").format(counts=field_words.counts(file.counts))
            self.body.addWidget(Text(told, "body", wrap=True))
            since = _("Written since they were joined: {counts}").format(counts=field_words.counts(new))
            self.body.addWidget(Text(since, "hint", "hint", wrap=True))
            self.body.addSpacing(SMALL)
        rule = _(
            "What was written since goes where it belongs: a follow-up, a consent or an answer with what it is about; "
            "a corrected field with the file it had been taken from; everything else with the file that was kept."
        )
        self.body.addWidget(Text(rule, "hint", "hint", wrap=True))
        for name in plan.unrestricted:
            hint = _("It was restricted only because it was joined to one that is.")
            self.body.addWidget(Banner("warn", _("Everybody will see {name} again").format(name=name), hint))
        self.primary.setEnabled(True)
        self.fit()

    def agree(self) -> None:
        joined = self.joined
        self.primary.setEnabled(False)
        self.operations.run(self, lambda office: merging.separate(office, joined), self._done, failed=self._failed)

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.tell_trouble(error.text(translator()))


def title(file: FileTold) -> str:
    return f"{file.person.number}  ·  {file.person.name or _('No name noted')}"
