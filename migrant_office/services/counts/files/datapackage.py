"""`datapackage.json`: the description of both CSV files for programs (Frictionless Data Package, written by hand)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from migrant_office.i18n import LANGUAGES, Translator
from migrant_office.models.counts.release import CONF_STATUS, MARKERS, Release
from migrant_office.models.counts.terms import TOTAL, Label
from migrant_office.services.counts.files import sdmx, texts
from migrant_office.services.counts.files.rows import DIMENSIONS, VALUES, columns


def datapackage_bytes(release: Release, data: bytes, other: bytes, t: Translator) -> bytes:
    """The description of a release whose `data.csv` has these bytes, and its `data-sdmx.csv` the others; UTF-8 JSON,
    keys sorted.
    """
    package = {
        "profile": "tabular-data-package",
        "name": release.name.lower() + ("-demo" if release.office.demo else ""),  # the format has no capital letters
        "title": texts.title(release, t),
        "description": " ".join(texts.how_to_read(release, t)),
        "version": f"{release.period}-r{release.revision}",
        "created": release.created_at.isoformat(),
        "contributors": [{"title": texts.plain(release.office.name), "role": "publisher"}],
        "licenses": [{"name": texts.LICENCE, "path": texts.LICENCE_ADDRESS, "title": texts.LICENCE_NAME}],
        "resources": [_data(release, data), _sdmx(release, other)],
        "method": {
            "name": "key rounding, threshold, frozen release",
            "catalogue": release.catalogue_version,
            "total_only": release.total_only,
            **{name: getattr(release.parameters, name) for name in release.parameters.__slots__},
        },
        "legal": _languages(release.legal),
        "how_to_read": {lang: texts.how_to_read(release, Translator(lang)) for lang in LANGUAGES},
        "codes": _codes(release),
        "release_sha256": release.sha256,
    }
    return (json.dumps(package, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def _data(release: Release, data: bytes) -> dict[str, Any]:
    return _resource("data", "data.csv", data) | {
        # The HXL row under the names is no data.
        "dialect": {"headerRows": [1], "commentRows": [2], "lineTerminator": "\r\n"},
        "schema": {
            "fields": [_field(column.name, column.hxl, release, number=column.number) for column in columns(release)],
            "missingValues": [""],
            "primaryKey": ["indicator", *DIMENSIONS],
        },
    }


def _sdmx(release: Release, data: bytes) -> dict[str, Any]:
    listed = {name.upper(): list(codes) for name, codes in _codes(release).items()} | sdmx.FIXED
    return _resource("data-sdmx", "data-sdmx.csv", data) | {
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {
            "fields": [
                {
                    "name": name,
                    "type": "integer" if name in ("REVISION", sdmx.MEASURE) else "string",
                    "constraints": {"required": name != sdmx.MEASURE} | _enum(listed.get(name, ())),
                }
                for name in sdmx.COLUMNS
            ],
            "missingValues": [""],
            "primaryKey": list(sdmx.KEY),
        },
    }


def _resource(name: str, path: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
    }


def _field(name: str, hxl: str, release: Release, *, number: bool) -> dict[str, Any]:
    kind = "integer" if number else "date" if name in ("period_start", "period_end") else "string"
    required = name not in {column for column, _tag in VALUES.values()}
    return {
        "name": name,
        "type": kind,
        "constraints": {"required": required} | _enum(_codes(release).get(name, ())),
        "hxl": hxl,
    }


def _enum(codes: Iterable[str]) -> dict[str, list[str]]:
    return {"enum": sorted(codes)} if codes else {}


def _codes(release: Release) -> dict[str, dict[str, Any]]:
    """Code lists by column: what each code of the file means, in three languages."""
    found: dict[str, dict[str, Any]] = {
        "indicator": {one.code: _languages(one.label) | {"unit": one.unit} for one in release.indicators},
        "unit": {unit: {} for unit in VALUES},
        "obs_status": {status: {"marker": marker} for status, marker in MARKERS.items()},
        "conf_status": {CONF_STATUS: {}},
        **{name: {TOTAL: {}} for name in DIMENSIONS},
    }
    for lines in release.dimensions:
        found[lines.column] |= {one.code: _languages(one.label) for one in lines.categories}
    return found


def _languages(label: Label) -> dict[str, str]:
    return {"es": label.es, "en": label.en, "ht": label.ht}
