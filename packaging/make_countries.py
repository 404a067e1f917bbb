"""Write `resources/i18n/countries.csv`: the usual names of the countries in Spanish, English and Creole.

    python packaging/make_countries.py iso3166-1.json iso3166-1-ht.mo

The two files come from iso-codes (the package of that name, or the one inside pycountry). Run once, at development
time: the program reads the CSV alone. Spanish and English are Babel's (CLDR), because iso-codes gives Spanish names in
their official, inverted form; Creole is iso-codes's human catalogue, because CLDR has none. A Creole name nobody gave
stays empty and the program shows the Spanish one.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from babel import Locale
from babel.messages import mofile

TARGET = Path(__file__).resolve().parent.parent / "resources" / "i18n" / "countries.csv"

# What Haitians in Chile read on municipal pages, or our own where the catalogue is silent (glossary.csv says which).
PREFERRED = {"DO": "Repiblik Dominikèn", "CN": "Lachin", "RU": "Larisi", "SY": "Siri", "TR": "Tiki"}


def main(database: Path, catalogue: Path) -> None:
    rows = json.loads(database.read_text(encoding="utf-8"))["3166-1"]
    with catalogue.open("rb") as file:
        creole = {message.id: message.string for message in mofile.read_mo(file)}
    spanish, english = (Locale.parse(lang).territories for lang in ("es", "en"))
    with TARGET.open("w", encoding="utf-8", newline="") as file_out:
        table = csv.writer(file_out, lineterminator="\n")
        table.writerow(["code", "es", "en", "ht"])
        for row in sorted(rows, key=lambda row: row["alpha_2"]):
            code = row["alpha_2"]
            name = PREFERRED.get(code) or creole.get(row.get("common_name")) or creole.get(row["name"]) or ""
            table.writerow([code, spanish[code], english[code], name])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
