"""A directory that came from outside, as it came: its form, the order of its columns, what no table of ours holds."""

from __future__ import annotations

from typing import Any

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("hsds_package", Home.SERVICE)
class HsdsPackage:
    """What it takes to give a package back unchanged.

    `form` is `csv`, `tabular`, `one`, `many` or `list`; `root` the table of a nested form and `full` whether its
    objects hold lists. `columns` and `paths` are by table. `envelope` is what stands around the contents of a page of
    a list, `descriptor` the package's own `datapackage.json` where it differs from the published one.
    """

    id: str
    name: str = scalar(default="", index=True)
    form: str = scalar(default="")
    root: str = scalar(default="", column=False)
    full: bool = scalar(default=False, column=False)
    columns: dict[str, Any] | None = scalar(default=None, column=False)
    paths: dict[str, Any] | None = scalar(default=None, column=False)
    envelope: dict[str, Any] | None = scalar(default=None, column=False)
    descriptor: dict[str, Any] | None = scalar(default=None, column=False)


@noun("hsds_other", Home.SERVICE)
class HsdsOther:
    """A row of a table that HSDS does not know, kept as it came. `values` by column."""

    id: str
    table: str = scalar(default="", column=False)
    values: dict[str, Any] | None = scalar(default=None, column=False)
    row: int = scalar(default=0)
