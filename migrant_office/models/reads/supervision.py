"""Reads of what nobody followed: how many in each group of a section, and the cases behind one number.

`SECTIONS` gives (group, case, day, service or need) of what is counted; what can be counted from an index alone has its
own question in `COUNTS`, for a screen that shows all sections at once.
"""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.follow_ups import UNSEEN
from migrant_office.models.reads.pathways import UNPLACED
from migrant_office.models.reads.people import seen
from migrant_office.models.vault.nouns import Home
from migrant_office.models.vault.reading import Readable

NAME = "p.given, p.surname, p.second_surname, p.chosen_name"
OPEN = "r.state NOT IN ('rejected', 'failed', 'completed', 'cancelled', 'entered-in-error')"
WEEKS = "CASE WHEN day >= :week THEN 'a' WHEN day >= :month THEN 'b' WHEN day >= :quarter THEN 'c' ELSE 'd' END"
WAITING = (
    "SELECT f.doc, f.asked_on AS day, f.officer, f.referral FROM follow_up f WHERE f.asked_on < :today "
    "UNION ALL SELECT r.doc, r.promised_now, r.owner, r.id FROM referral r WHERE r.promised_now < :today"
)
COUNTED = "SELECT f.asked_on AS day, f.officer, f.doc FROM follow_up f WHERE f.asked_on < :today {unseen} UNION ALL "
COUNTED += "SELECT r.promised_now, r.owner, r.doc FROM referral r WHERE r.promised_now < :today {unseen}"
LATE = f"FROM ({WAITING}) w LEFT JOIN referral o ON o.doc = w.doc AND o.id = w.referral"
OWNER = "coalesce((SELECT coalesce(nullif(s.owner, ''), s.name) FROM service s WHERE s.doc = r.service), '')"
REASON = (
    "coalesce((SELECT t.rejection FROM referral_step t WHERE t.doc = r.doc AND t.referral = r.id "
    "AND t.rejection IS NOT NULL ORDER BY t.id DESC LIMIT 1), '')"
)
SINCE = " AND NOT EXISTS (SELECT 1 FROM {0} e WHERE e.doc = r.doc AND e.made >= :silent{1})"
SILENT = f"r.made < :silent AND {OPEN}" + "".join(
    SINCE.format(table, more)
    for table, more in (
        *(("referral", ""), ("encounter", ""), ("referral_step", "")),
        ("attempt", " AND e.result = 'reached'"),
    )
)
SECTIONS = {
    "overdue_weeks": f"SELECT {WEEKS} AS grp, w.doc, w.day, o.service AS words {LATE}",
    "overdue_officers": f"SELECT w.officer AS grp, w.doc, w.day, o.service AS words {LATE}",
    "unanswered": (
        f"SELECT {OWNER} AS grp, r.doc, r.made AS day, r.service AS words FROM referral r "
        "WHERE r.state = 'requested' AND NOT r.orientation AND r.made < :answer"
    ),
    "no_contact": (
        f"SELECT '' AS grp, r.doc, max(r.made) AS day, '' AS words FROM referral r WHERE {SILENT} GROUP BY r.doc"
    ),
    "unmet": (
        "SELECT n.unmet AS grp, n.doc, n.made AS day, n.kind AS words FROM need n "
        "WHERE n.unmet IS NOT NULL AND n.made BETWEEN :first AND :today"
    ),
    "no_placement": (
        "SELECT 'competent' AS grp, w.doc, w.competent_on AS day, w.service AS words FROM pathway w WHERE "
        + UNPLACED.replace("?", ":certified")
    ),
    "rejected": (
        f"SELECT {REASON} AS grp, r.doc, r.recorded AS day, r.service AS words FROM referral r "
        "WHERE r.state = 'rejected' AND r.made >= :year"
    ),
}
COUNTS = {
    "overdue_weeks": f"SELECT {WEEKS} AS grp, count(*) FROM ({COUNTED}) GROUP BY grp",
    "overdue_officers": f"SELECT officer, count(*) FROM ({COUNTED}) GROUP BY officer",
    "unanswered": (
        f"SELECT {OWNER} AS grp, sum(r.many) FROM (SELECT r.service, count(*) AS many FROM referral r "
        "WHERE r.state = 'requested' AND NOT r.orientation AND r.made < :answer {unseen} GROUP BY r.service) r "
        "GROUP BY grp"
    ),
}


def figures(vault: Readable, section: str, days: dict[str, str]) -> list[tuple[str, int]]:
    """(group, how many) of one section, the most first."""
    if section in COUNTS:
        unseen = "" if vault.keys.may_open(Home.RESTRICTED) else f"AND {UNSEEN}"
        found = vault.read(COUNTS[section].format(unseen=unseen), days)
    else:
        found = vault.read(
            f"SELECT x.grp, count(*) FROM ({SECTIONS[section]}) x JOIN person p ON p.doc = x.doc "
            f"WHERE {seen(vault)} GROUP BY x.grp",
            days,
        )
    return sorted(((group or "", count) for group, count in found), key=lambda told: (-told[1], told[0]))


def cases(vault: Readable, section: str, group: str, days: dict[str, str], limit: int) -> list[tuple[Any, ...]]:
    """(case, four name parts, number, restricted, day, the service's name or the need) behind one number, the oldest
    first.
    """
    return vault.read(
        f"SELECT x.doc, {NAME}, p.number, p.restricted, x.day, coalesce(s.name, x.words) FROM ({SECTIONS[section]}) x "
        "JOIN person p ON p.doc = x.doc LEFT JOIN service s ON s.doc = x.words "
        f"WHERE x.grp = :grp AND {seen(vault)} ORDER BY x.day, x.doc LIMIT :most",
        days | {"grp": group, "most": limit},
    )
