"""The pathways of a person on her case page: each with its line of stations; a row opens what may be noted next."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.models.case_file import CaseFile
from migrant_office.models.office import Office
from migrant_office.models.pathway.following import FollowedPathway
from migrant_office.models.pathway.kinds import Ending
from migrant_office.services import catalogue, pathways
from migrant_office.ui import pathway_words
from migrant_office.ui.case_file.milestone_dialog import MilestoneDialog
from migrant_office.ui.case_file.pathway_dialog import PathwayDialog
from migrant_office.ui.case_file.rows_card import RowsCard
from migrant_office.ui.operations import Operations
from migrant_office.ui.pathway_words import Profiles
from migrant_office.ui.widgets.row import RowSpec
from migrant_office.ui.widgets.track import Track

NOUNS = ("pathway", "milestone", "labour_snapshot")
"""What a page that holds this card watches."""


class PathwaysCard(RowsCard):
    """Asks once for the trades that are certified in this city, and for the names of services."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.case: CaseFile | None = None
        self.profiles: Profiles | None = None
        self.services: dict[str, str] = {}
        self.opened.connect(self._open)
        self.add_wanted.connect(self._begin)

    def show_case(self, case: CaseFile) -> None:
        self.case = case
        if self.profiles is None:
            self.operations.ask(self, read, self._take, key="pathway-words")
        else:
            self._fill(case, self.profiles)

    def _take(self, answer: tuple[Profiles, dict[str, str]]) -> None:
        self.profiles, self.services = answer
        if self.case:
            self._fill(self.case, self.profiles)

    def _fill(self, case: CaseFile, profiles: Profiles) -> None:
        self.show_rows(
            _("Pathways"),
            [self._row(way, profiles) for way in case.pathways],
            empty=_("Certification, own business or employment: each step with its day, until the outcome is known."),
            add=_("Begin a pathway"),
        )
        for row, way in zip(self.row_widgets, case.pathways, strict=True):
            if way.is_open or way.pathway.ending is Ending.DONE:  # of the others the reason says enough
                track = Track(_("Stations of the pathway"), pathway_words.stations(way))
                self.body.insertWidget(self.body.indexOf(row) + 1, track)

    def _name(self, way: FollowedPathway) -> str:
        return self.services.get(way.pathway.service, "")

    def _row(self, way: FollowedPathway, profiles: Profiles) -> RowSpec:
        name = self._name(way)
        return RowSpec(
            way.pathway.id,
            pathway_words.title(way, profiles),
            pathway_words.hint(way, name),
            marks=pathway_words.marks(way),
            anchor_icon=pathway_words.ICONS.get(way.pathway.kind, "route"),
        )

    def _open(self, id: object) -> None:
        way = next((w for w in self.case.pathways if w.pathway.id == id), None) if self.case else None
        if way and self.case:
            title = pathway_words.title(way, self.profiles or {})
            MilestoneDialog(self.operations, self.case, way, title, self).open()

    def _begin(self) -> None:
        if self.case:
            PathwayDialog(self.operations, self.case.person, self.profiles or {}, self).open()


def read(office: Office) -> tuple[Profiles, dict[str, str]]:
    return pathways.profiles(office), {line.id: line.name for line in catalogue.lines(office)}
