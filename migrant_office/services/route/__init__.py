"""La Ruta: what a person can have, what is missing, what to ask, and how far she is."""

from migrant_office.services.route.reading import Route, RouteNeed, RouteService, read_route, rules_of, service_verdict
from migrant_office.services.route.stations import Progress, Station, StationCode
from migrant_office.services.route.telling import answer_fact, change_verdict, new_change, note_unmet, tell_needs

__all__ = [
    "Progress",
    "Route",
    "RouteNeed",
    "RouteService",
    "Station",
    "StationCode",
    "answer_fact",
    "change_verdict",
    "new_change",
    "note_unmet",
    "read_route",
    "rules_of",
    "service_verdict",
    "tell_needs",
]
