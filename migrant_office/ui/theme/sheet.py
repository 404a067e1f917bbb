"""The look of Qt's own widgets: a palette and one short style sheet, both made from the tokens.

What we paint ourselves does not read the sheet. Menus, dialogs and tooltips read the palette, so both are set.
The sheet names no font size but for tooltips and headings: a size there would beat `setFont`.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from migrant_office.ui.theme.metrics import CARD_RADIUS, CONTROL_RADIUS, Metrics
from migrant_office.ui.theme.tokens import Tokens

# A plate is a QFrame with the property `plate`; scoping by property keeps the rule off its children.
_SHEET = """
QMainWindow, QDialog, QMessageBox {{ background: {window}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {edge}; padding: {pad_small}px; }}

QFrame[plate="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: {card}px; }}
QFrame[plate="sunken"] {{ background: {sunken}; border: 1px solid {sunken_edge}; border-radius: {card}px; }}
QFrame[plate="side"] {{ background: {side}; border: 0; border-right: 1px solid {line}; }}
QFrame[plate="top"] {{ background: {window}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[plate="window"] {{ background: {window}; border: 0; }}
QFrame[plate="line"] {{ background: {line}; border: 0; max-height: 1px; min-height: 1px; }}
QScrollArea, QFrame[plate="none"] {{ background: transparent; border: 0; }}
QScrollArea:focus {{ border: 2px solid {blue}; border-radius: 4px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox {{
    background: {surface}; border: 1px solid {edge}; border-radius: {control}px;
    padding: 0 {field_pad}px; placeholder-text-color: {hint};
}}
QPlainTextEdit, QTextEdit {{ padding: {pad_small}px; }}
QLineEdit, QAbstractSpinBox {{ min-height: {field_inner}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus {{
    border: 2px solid {blue}; padding: 0 {field_pad_2}px;
}}
QLineEdit:focus, QAbstractSpinBox:focus {{ min-height: {field_inner_2}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {pad_small_2}px; }}
QLineEdit[warning="true"], QPlainTextEdit[warning="true"] {{ border: 2px solid {warn}; padding: 0 {field_pad_2}px; }}
QLineEdit[warning="true"] {{ min-height: {field_inner_2}px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {sunken}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {{ background: {sunken}; color: {hint}; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ background: transparent; border: 0; padding: 0; }}

QDialogButtonBox QPushButton {{ background: {surface}; border: 1px solid {edge}; border-radius: {control}px;
    padding: 0 {button_pad}px; min-height: {field_inner}px; }}
QDialogButtonBox QPushButton:hover {{ border-color: {text}; }}
QDialogButtonBox QPushButton:default {{ border-color: {blue}; color: {blue}; font-weight: bold; }}
QDialogButtonBox QPushButton:focus {{
    border: 2px solid {blue}; padding: 0 {button_pad_2}px; min-height: {field_inner_2}px;
}}
QDialogButtonBox QPushButton:disabled {{ background: {sunken}; color: {hint}; }}

QCheckBox, QRadioButton {{ spacing: 8px; min-height: {tick}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {blue}; border-radius: 4px; }}

QListView, QTreeView, QTableView {{ background: {surface}; border: 0; outline: 0; gridline-color: {line}; }}
QAbstractItemView#choices {{ background: {surface}; border: 1px solid {edge}; padding: 4px; outline: 0; }}
QAbstractItemView#choices::item {{ min-height: {option}px; padding: 0 {pad_small}px; border-radius: 6px; }}
QAbstractItemView#choices::item:selected {{ background: {chosen}; color: {chosen_text}; }}
QComboBox {{ combobox-popup: 0; }}
QTableCornerButton::section {{ background: {surface}; border: 0; }}
QHeaderView {{ background: {surface}; border: 0; }}
QHeaderView::section {{
    background: {surface}; color: {hint}; border: 0; border-bottom: 1px solid {line}; padding: 6px {pad_small}px;
}}
QTableView::item {{ padding: 4px {pad_small}px; }}
QTableView::item:selected {{ background: {chosen}; color: {chosen_text}; }}

QMenu {{ background: {surface}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: {pad_small}px {field_pad}px; border-radius: 6px; }}
QMenu::item:selected {{ background: {chosen}; color: {chosen_text}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}

QTabBar {{ background: transparent; border: 0; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 3px solid transparent; padding: 8px 2px;
    margin-right: 26px; color: {text}; }}
QTabBar::tab:selected {{ color: {blue}; border-bottom: 3px solid {blue}; font-weight: bold; }}
QTabBar::tab:hover:!selected {{ border-bottom: 3px solid {line}; }}
QTabBar::tab:focus {{ border: 2px solid {blue}; border-radius: 4px; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {hint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QProgressBar {{ background: {sunken}; border: 1px solid {edge}; border-radius: 6px; text-align: center; }}
QProgressBar::chunk {{ background: {blue}; border-radius: 5px; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {line}; }}
"""


def style_sheet(tokens: Tokens, metrics: Metrics) -> str:
    """The sheet of the application. Borders grow from 1 to 2 px with the focus; the padding gives that pixel back."""
    colours = {key: value for key, value in vars(tokens).items() if isinstance(value, str)}
    return _SHEET.format(
        **colours,
        sunken_edge=tokens.sunken if tokens.plates else tokens.edge,
        chosen=tokens.blue_bg if tokens.plates else tokens.blue,
        chosen_text=tokens.text if tokens.plates else tokens.on_blue,
        card=CARD_RADIUS,
        control=CONTROL_RADIUS,
        pad_small=8,
        pad_small_2=7,
        field_pad=11,
        field_pad_2=10,
        button_pad=15,
        button_pad_2=14,
        field_inner=metrics.control - 2,
        field_inner_2=metrics.control - 4,
        option=metrics.px(34),
        tick=metrics.px(28),
    )


def palette(tokens: Tokens) -> QPalette:
    """The palette that Fusion, menus, dialogs and tooltips read."""
    role = QPalette.ColorRole
    made = QPalette()
    everywhere = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.hint,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.bad,
        role.Highlight: tokens.blue,
        role.HighlightedText: tokens.on_blue,
        role.Accent: tokens.blue,
        role.Link: tokens.blue,
        role.LinkVisited: tokens.blue,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Light: tokens.surface,
        role.Midlight: tokens.sunken,
        role.Mid: tokens.line,
        role.Dark: tokens.edge,
        role.Shadow: tokens.edge,
    }
    for key, colour in everywhere.items():
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.hint))
    return made
