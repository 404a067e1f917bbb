"""The named operations of an office: what the log says and what the menu offers to undo."""

from __future__ import annotations

from migrant_office.i18n import N_
from migrant_office.models.coded import Coded


class Op(Coded):
    """Codes are written into every envelope and never change. Labels complete "Undo: …"."""

    OPEN_CASE = "open-case", N_("open the case file")
    EDIT_PERSON = "edit-person", N_("change the person's data")
    OPEN_FAMILY = "open-family", N_("open the case files of a family")
    COMPLETE_INTAKE = "complete-intake", N_("complete the intake")
    EDIT_HOUSEHOLD = "edit-household", N_("change the household")
    CONSENT = "consent", N_("record the consent")
    PROTECT = "protect", N_("open or follow the rapid path")
    ADD_STORY = "add-story", N_("write down what was told")
    EDIT_PAPER = "edit-paper", N_("note a document of the person")
    EDIT_EXPERIENCE = "edit-experience", N_("note what the person has worked in")
    ATTACH = "attach", N_("keep a file")
    ADD_ENCOUNTER = "add-encounter", N_("record the attention")
    ADD_NEED = "add-need", N_("record the need")
    REFER = "refer", N_("make the referral")
    SURVEY = "survey", N_("record the survey")
    TELL_FACT = "tell-fact", N_("note an answer of the route")
    CHANGE_VERDICT = "change-verdict", N_("change the verdict")
    STEP_REFERRAL = "step-referral", N_("record the follow-up")
    BEGIN_PATHWAY = "begin-pathway", N_("begin the pathway")
    ADD_MILESTONE = "add-milestone", N_("note the milestone")
    CLOSE_PATHWAY = "close-pathway", N_("close the pathway")
    NOTE_PRINT = "note-print", N_("note that a sheet was printed")
    EDIT_FOLLOW_UP = "edit-follow-up", N_("change the follow-up")
    ATTEMPT = "attempt", N_("record the attempt")
    HAND_OVER = "hand-over", N_("hand over the work of an officer")
    JUDGE = "judge", N_("say whether two case files are of one person")
    MERGE = "merge", N_("join two case files of one person")
    UNMERGE = "unmerge", N_("separate joined case files")
    EDIT_SERVICE = "edit-service", N_("change the service")
    LOAD_CATALOGUE = "load-catalogue", N_("load the catalogue")
    IMPORT_DIRECTORY = "import-directory", N_("bring in the directory")
    LOAD_FORM = "load-form", N_("load the form")
    EDIT_OFFICE = "edit-office", N_("change the settings of the office")
    FIX_GROUPS = "fix-groups", N_("fix the groups of nationality of a year")
    APPROVE_TEXTS = "approve-texts", N_("approve texts in Creole")
    WITHDRAW_TEXTS = "withdraw-texts", N_("withdraw the approval of texts")
    EDIT_SHEET = "edit-sheet", N_("change a text of a sheet")
    ADD_SHEET_ROW = "add-sheet-row", N_("add a row to a sheet")
    REMOVE_SHEET_ROW = "remove-sheet-row", N_("take a row out of a sheet")
    RESTORE_SHEET_ROW = "restore-sheet-row", N_("put a row of a sheet back")
    MOVE_SHEET_ROW = "move-sheet-row", N_("move a row of a sheet")
    TAKE_TICKET = "take-ticket", N_("give a number of the queue")
    MOVE_TICKET = "move-ticket", N_("call or attend in the queue")
    BOOK = "book", N_("give the appointment")
    EDIT_APPOINTMENT = "edit-appointment", N_("change the appointment")
    IMPORT = "import", N_("import people")
    UNDO = "undo", N_("undo")
