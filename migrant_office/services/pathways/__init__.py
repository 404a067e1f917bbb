"""The three pathways at the desk: begin, note what happened, decide what comes next, close; and what they show."""

from migrant_office.services.milestones import News
from migrant_office.services.pathways.barriers import Check, barrier_check, check_before, of_kind
from migrant_office.services.pathways.verbs import (
    Beginning,
    Next,
    add_milestone,
    asks_next,
    begin,
    close,
    decide,
    describe,
    note_situation,
    placement_services,
    profiles,
    record_step,
    reopen,
    take_back,
    take_step,
)

__all__ = [
    "Beginning",
    "Check",
    "News",
    "Next",
    "add_milestone",
    "asks_next",
    "barrier_check",
    "begin",
    "check_before",
    "close",
    "decide",
    "describe",
    "note_situation",
    "of_kind",
    "placement_services",
    "profiles",
    "record_step",
    "reopen",
    "take_back",
    "take_step",
]
