"""One dialog for every sheet: made aside, seen, put into other words, printed, saved; counted only when it left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from migrant_office.errors import NotAllowed
from migrant_office.i18n import N_, _
from migrant_office.models.office import Office
from migrant_office.models.sheet import BOTH, ENGLISH, SPANISH, Choice, MadeSheet, Paper
from migrant_office.models.sheet_print import SheetKind
from migrant_office.services import sheet_prints
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.printing import cups
from migrant_office.ui.theme.apply import theme
from tests.ui.conftest import NOON
from tests.ui.looking import (
    activate,
    cut_labels,
    live,
    out_of_sight,
    overlapping,
    press,
    settle,
    squeezed,
    unnamed,
    write,
)
from tests.ui.printers import HANGS, REFUSES, PrintingSystem
from tests.ui.printing.papers import paper
from tests.ui.walking import until

CTRL = Qt.KeyboardModifier.ControlModifier
POINTS = 72 / 25.4


@dataclass
class Maker:
    """Makes sheets of a page or two, and remembers how they were asked for."""

    asked: list[Choice] = field(default_factory=list)
    waits: dict[tuple[str, str], Event] = field(default_factory=dict)
    refused: set[tuple[str, str]] = field(default_factory=set)

    def __call__(self, office: Office, choice: Choice) -> MadeSheet:
        self.asked.append(choice)
        if choice.languages in self.waits:
            assert self.waits[choice.languages].wait(10)
        if choice.languages in self.refused:
            raise NotAllowed(N_("This referral was cancelled. Its sheet is not printed."))
        width, height = (choice.paper or Paper.LETTER).value
        size = (width * POINTS, height * POINTS)
        pdf = paper(*[size] * (1 if choice.languages == SPANISH else 2), padding=20_000 if choice.tagged else 10)
        spoken = tuple(dict.fromkeys(choice.languages))
        draft = "ht" in spoken
        return MadeSheet(pdf, SheetKind.REFERRAL, "referral-" + "-".join(spoken), spoken, "1f2e3d4c", draft, 2)


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def over(qtbot, dressed: None) -> QWidget:
    """A window as a municipality's screen has it."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def opened(operations: Operations, over: QWidget, make: Maker, printers: PrintingSystem) -> Iterator[PaperDialog]:
    printers.queues("Sala_2", "Mesa", usual="Mesa")
    dialog = PaperDialog(operations, make, "Hoja de una derivación", over)
    dialog.open()
    yield dialog
    if shiboken6.isValid(dialog) and dialog.isVisible():
        dialog.reject()
        live(30)


@pytest.fixture
def dialog(opened: PaperDialog) -> PaperDialog:
    until(lambda: opened.pdf and opened.known, "sheet and printers")
    activate(opened)
    return opened


def counted(operations: Operations) -> list[tuple[object, ...]]:
    settle(operations)
    found: list[sheet_prints.Printed] = []
    day = NOON.date().isoformat()
    operations.ask(operations, lambda office: sheet_prints.between(office, day, day), found.extend)
    settle(operations)
    return [(p.sheet, p.languages, p.version, p.printed, p.saved) for p in found]


def saved_to(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(target), ""))


# making


def test_it_opens_at_once_and_nothing_leaves_before_the_sheet_is_made(
    operations: Operations, over: QWidget, make: Maker
):
    make.waits[BOTH] = Event()
    dialog = PaperDialog(operations, make, "Hoja", over)
    dialog.open()
    live(60)
    assert dialog.isVisible()
    assert dialog.view.waiting == _("Making the sheet…")
    assert not dialog.primary.isEnabled()
    assert not dialog.save.isEnabled()
    make.waits[BOTH].set()
    until(lambda: dialog.primary.isEnabled(), "sheet")
    assert len(dialog.view.shown.boxes) == 2
    dialog.reject()


def test_the_papers_of_the_office_come_first_and_every_choice_makes_it_again(dialog: PaperDialog, make: Maker):
    assert make.asked == [Choice(BOTH, None)]
    assert dialog.paper.value() == "LETTER"
    assert not dialog.draft.isHidden()
    dialog.language.setCurrentIndex(2)
    until(lambda: dialog.made is not None and dialog.made.languages == ("es",), "Spanish alone")
    assert dialog.draft.isHidden()
    assert dialog.both.isHidden(), "one page has no other side"
    dialog.paper.setCurrentIndex(dialog.paper.findData("OFICIO"))
    until(lambda: len(make.asked) == 3 and dialog.primary.isEnabled(), "oficio")
    assert make.asked[-1] == Choice(SPANISH, Paper.OFICIO)
    assert round(dialog.view.leaves.sizes[0][1] / POINTS) == 330  # type: ignore[union-attr]


def test_the_latest_choice_wins_even_over_a_refusal_that_comes_late(dialog: PaperDialog, make: Maker):
    make.waits[ENGLISH], make.refused = Event(), {ENGLISH}
    dialog.language.setCurrentIndex(1)
    live(60)
    dialog.language.setCurrentIndex(2)
    make.waits[ENGLISH].set()
    until(lambda: dialog.made is not None and dialog.made.languages == ("es",), "Spanish alone")
    live(60)
    assert dialog.trouble.isHidden()
    assert dialog.pdf


def test_a_sheet_that_is_refused_says_why_and_another_language_may_do(dialog: PaperDialog, make: Maker):
    make.refused = {ENGLISH}
    dialog.language.setCurrentIndex(1)
    until(lambda: not dialog.trouble.isHidden(), "refused")
    assert not dialog.primary.isEnabled()
    assert dialog.view.shown.boxes == ()
    dialog.language.setCurrentIndex(2)
    until(lambda: dialog.primary.isEnabled(), "made")
    assert dialog.trouble.isHidden()


# printing


def test_what_went_to_the_printer_is_counted_by_kind_and_language(
    dialog: PaperDialog, operations: Operations, printers: PrintingSystem
):
    shown = dialog.pdf
    dialog.copies.setFocus()
    dialog.copies.selectAll()
    write("3")
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: QApplication.activeModalWidget() is None, "printed")
    assert printers.printed() == [shown]
    assert printers.told()[:6] == ["-d", "Mesa", "-n", "3", "-t", _(SheetKind.REFERRAL.label)]
    assert counted(operations) == [(SheetKind.REFERRAL, "es ht", "1f2e3d4c", 3, 0)]


def test_a_printer_that_vanished_counts_nothing_and_another_one_prints(
    dialog: PaperDialog, operations: Operations, printers: PrintingSystem
):
    kept = (printers.folder / "lp").read_text().partition("\n")[2]
    printers.program("lp", REFUSES)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: not dialog.trouble.isHidden(), "told")
    assert "class does not exist" not in dialog.trouble.accessibleName()
    assert counted(operations) == []
    printers.program("lp", kept)
    dialog.printer.setCurrentIndex(1)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: printers.printed(), "printed")
    assert printers.told()[:2] == ["-d", "Sala_2"]
    assert [line[3] for line in counted(operations)] == [1]


def test_escape_stops_the_job_first_and_then_leaves(
    dialog: PaperDialog, operations: Operations, printers: PrintingSystem
):
    printers.program("lp", HANGS)
    press(Qt.Key.Key_Return, CTRL)
    live(150)
    assert not dialog.language.isEnabled(), "what is leaving is not made otherwise"
    press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    until(lambda: not dialog.trouble.isHidden(), "stopped")
    assert counted(operations) == []
    assert dialog.primary.isEnabled()
    assert dialog.language.isEnabled()
    press(Qt.Key.Key_Escape)
    until(lambda: QApplication.activeModalWidget() is None, "left")


def test_a_printing_system_that_hangs_is_told(
    dialog: PaperDialog, printers: PrintingSystem, monkeypatch: pytest.MonkeyPatch
):
    printers.program("lp", HANGS)
    monkeypatch.setattr(cups, "PATIENCE", 0.4)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: not dialog.trouble.isHidden(), "told")
    assert dialog.primary.isEnabled()


def test_without_a_printer_the_button_says_so_and_finds_one_switched_on_later(
    operations: Operations, over: QWidget, make: Maker, printers: PrintingSystem
):
    dialog = PaperDialog(operations, make, "Hoja", over)
    dialog.open()
    until(lambda: dialog.pdf and not dialog.printer.isEnabled(), "no printer")
    dialog.agree()
    until(lambda: not dialog.trouble.isHidden(), "told")
    printers.queues("Nueva")
    dialog.agree()
    until(lambda: printers.printed(), "printed")
    assert printers.told()[:2] == ["-d", "Nueva"]


# saving


def test_a_saved_copy_is_the_tagged_one_and_is_counted_apart(
    dialog: PaperDialog, operations: Operations, make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    saved_to(tmp_path / "hoja.pdf", monkeypatch)
    press(Qt.Key.Key_S, CTRL)
    until(lambda: (tmp_path / "hoja.pdf").exists() and dialog.save.isEnabled(), "saved")
    assert make.asked[-1] == Choice(BOTH, Paper.LETTER, tagged=True)
    assert len((tmp_path / "hoja.pdf").read_bytes()) > 20_000
    assert "hoja.pdf" in dialog.state.text()
    assert counted(operations) == [(SheetKind.REFERRAL, "es ht", "1f2e3d4c", 0, 1)]


def test_a_printing_system_that_hangs_keeps_nobody_from_seeing_and_saving(
    operations: Operations,
    over: QWidget,
    make: Maker,
    printers: PrintingSystem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    printers.program("lpstat", HANGS)
    monkeypatch.setattr(cups, "LIST_PATIENCE", 0.8)
    dialog = PaperDialog(operations, make, "Hoja", over)
    dialog.open()
    until(lambda: dialog.save.isEnabled(), "sheet")
    saved_to(tmp_path / "hoja.pdf", monkeypatch)
    dialog.save.click()
    until(lambda: (tmp_path / "hoja.pdf").exists() and dialog.primary.isEnabled(), "saved")
    assert not dialog.known
    dialog.agree()
    until(lambda: not dialog.trouble.isHidden(), "told")
    assert dialog.primary.isEnabled()
    dialog.reject()


def test_a_folder_that_refuses_is_told_and_nothing_is_counted(
    dialog: PaperDialog, operations: Operations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    saved_to(tmp_path / "nowhere" / "hoja.pdf", monkeypatch)
    press(Qt.Key.Key_S, CTRL)
    until(lambda: not dialog.trouble.isHidden(), "told")
    assert counted(operations) == []
    assert dialog.save.isEnabled()


def test_who_chooses_no_place_has_saved_nothing(
    dialog: PaperDialog, operations: Operations, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: ("", ""))
    press(Qt.Key.Key_S, CTRL)
    assert counted(operations) == []
    assert dialog.primary.isEnabled()


# keys and looks


def test_everything_is_reached_by_keys(dialog: PaperDialog):
    assert dialog.view.hasFocus()
    press(Qt.Key.Key_Plus)
    assert (dialog.view.zoom, dialog.size_.value()) == (100, "100")
    press(Qt.Key.Key_PageDown)
    assert dialog.view.verticalScrollBar().value() > 0
    press(Qt.Key.Key_Minus)
    assert dialog.view.zoom == 0
    wanted = {dialog.language, dialog.paper, dialog.size_, dialog.printer, dialog.copies, dialog.both, dialog.save}
    reached = set()
    for _step in range(14):
        press(Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert wanted <= reached
    assert {dialog.view, dialog.cancel, dialog.primary} <= reached
    dialog.primary.setFocus()
    press(Qt.Key.Key_PageUp)
    assert dialog.view.verticalScrollBar().value() == 0


def test_copies_are_a_small_number(dialog: PaperDialog):
    dialog.copies.setFocus()
    dialog.copies.setText("")
    assert dialog.copies.copies() == 1
    press(Qt.Key.Key_Down)
    assert dialog.copies.text() == "1"
    press(Qt.Key.Key_Up)
    assert dialog.copies.copies() == 2
    dialog.copies.selectAll()
    write("0")
    assert dialog.copies.copies() == 1
    dialog.copies.selectAll()
    write("12345")
    assert dialog.copies.copies() == 123


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 100), ((1024, 600), 100), ((1024, 600), 130)])
def test_nothing_is_cut_on_small_screens_and_with_large_letters(
    over: QWidget, operations: Operations, make: Maker, printers: PrintingSystem, size: tuple[int, int], scale: int
):
    theme().choose("light", scale)
    printers.queues("Sala_de_espera_2_HP_LaserJet")
    over.resize(*size)
    dialog = PaperDialog(operations, make, "Hoja de una derivación", over)
    dialog.open()
    until(lambda: dialog.pdf and dialog.known, "sheet")
    live(60)
    assert (dialog.width(), dialog.height()) <= size
    assert dialog.view.height() >= 160
    dialog.tell_trouble("La impresora no recibió la hoja: no se imprimió nada.")
    live(60)
    assert dialog.height() <= size[1]
    for find in (cut_labels, squeezed, unnamed, overlapping, out_of_sight):
        assert find(dialog) == []
    dialog.reject()
    live(30)


def test_no_title_names_a_person(dialog: PaperDialog):
    assert dialog.windowTitle() == "migrant_office"
    assert dialog.name == "referral-es-ht.pdf"
