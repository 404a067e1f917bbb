"""Any form, filled in any order: what was evaluated step by step is what evaluating everything at once says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrant_office.models.forms.answers import Cell
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Repeat
from migrant_office.models.forms.reading import load_form
from migrant_office.models.missing import Missing

NOON = datetime(2026, 7, 15, 12, 0, tzinfo=timezone(timedelta(hours=-4)))
# Where questions stand: the rows that open and close each place, and the repeats around it.
PLACES = {
    "top": ((), (), ()),
    "g": (("begin_group|g|G||||",), ("end_group||||||",), ()),
    "r": (("begin_repeat|r|R||||{r_count}",), ("end_repeat||||||",), ("r",)),
    "rg": (("begin_group|rg|RG|{rg_shown}|||",), ("end_group||||||",), ("r",)),
    "n": (("begin_repeat|n|N||||",), ("end_repeat||||||",), ("r", "n")),
    "s": (("begin_repeat|s|S|{s_shown}|||",), ("end_repeat||||||",), ("s",)),
}
READING = (
    *(
        "${{{0}}}",
        "${{{0}}} = '1'",
        "selected(${{{0}}}, '2')",
        "sum(${{{0}}})",
        "count(${{{0}}})",
        "join('-', ${{{0}}})",
    ),
    *("number(${{{0}}}) + 1", "count-non-empty(${{{0}}})", "string(/data/{path})", "if(${{{0}}} = '', 'x', ${{{0}}})"),
)
OWN = ("position(..)", "count(${{r}})", "count(${{n}})", "count(${{r}}/n)", "concat('k', position(..))")
FAR = ("indexed-repeat(${{{0}}}, ${{r}}, 2)", "${{r}}[position() = 1]/{0}", "count(${{r}}[{0} = '1'])")


@st.composite
def forms(draw: st.DrawFn) -> bytes:
    """A form whose expressions read questions above them, so that none goes in a circle."""
    rows: list[str] = []
    known: list[tuple[str, str, str]] = []  # name, path, place

    def expression(number: int) -> str:
        if not known:
            return "true()"
        name, path, place = draw(st.sampled_from(known))
        forms = [*READING, *(OWN if number > 0 else ()), *(FAR if place == "r" else ())]
        chosen: str = draw(st.sampled_from(forms))
        return chosen.format(name, path=path)

    def questions(place: str, before: str) -> None:
        for _number in range(draw(st.integers(1, 2))):
            name = f"q{len(known)}"
            kind = draw(st.sampled_from(["text", "text", "calculate", "watched"]))
            relevant = expression(0) if draw(st.booleans()) else ""
            inside = 1 if PLACES[place][2] else 0
            if kind == "calculate":
                rows.append(f"calculate|{name}||{relevant}|{expression(inside)}||")
            else:
                constraint = expression(inside) if kind == "watched" else ""
                rows.append(
                    f"text|{name}|L ${{{known[0][0]}}}|{relevant}||{constraint}|" if known else f"text|{name}|L||||"
                )
            known.append((name, f"{before}{name}", place))

    questions("top", "")
    for place, before, inner in (("g", "g/", ()), ("r", "r/", (("rg", "r/rg/"), ("n", "r/n/"))), ("s", "s/", ())):
        shown = {key: expression(0) if draw(st.booleans()) else "" for key in ("rg_shown", "s_shown")}
        shown["r_count"] = f"${{{known[0][0]}}}" if draw(st.booleans()) else ""
        rows.extend(row.format(**shown) for row in PLACES[place][0])
        questions(place, before)
        for one, path in inner:
            shown["rg_shown"] = expression(0) if draw(st.booleans()) else ""
            rows.extend(row.format(**shown) for row in PLACES[one][0])
            questions(one, path)
            rows.extend(PLACES[one][1])
        rows.extend(PLACES[place][1])
    questions("top", "")
    head = "| survey |\n| | type|name|label|relevant|calculation|constraint|repeat_count |\n"
    return (head + "".join(f"| | {row} |\n" for row in rows)).encode()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "set", "set", "set"]),
        st.integers(0, 30),
        st.one_of(st.none(), st.sampled_from(list(Missing)), st.sampled_from(["1", "2", "3", "x"])),
    ),
    max_size=14,
)


def repeats(filling: FormFilling, form: Form) -> list[str]:
    """The addresses of every repeat there is now."""
    found = []
    for item in form.root.walk():
        if isinstance(item, Repeat):
            outer = filling.instances("/r") if item.name == "n" else ("",)
            found += [f"{one}/{item.name}" for one in outer]
    return found


def act(filling: FormFilling, verb: str, place: int, what: str | None) -> frozenset[str]:
    form = filling.form
    if verb == "set":
        asked = [addr for addr in filling.questions(form.root) if form.at(addr) and not filling.cell(addr).calculated]
        return filling.set(asked[place % len(asked)], what) if asked else frozenset()
    addrs = repeats(filling, form)
    addr = addrs[place % len(addrs)]
    if verb == "add":
        return filling.add(addr) if filling.can_add(addr) else frozenset()
    instances = filling.instances(addr)
    return filling.remove(instances[place % len(instances)]) if instances else frozenset()


def seen(filling: FormFilling) -> dict[str, tuple[Cell, str]]:
    return {a: (filling.cell(a), filling.label(a, "es")) for a in filling.questions(filling.form.root)}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms(), ACTS)
def test_the_graph_forgets_nobody(data, acts):
    form = load_form(data, "md")
    filling = FormFilling(form, moment=NOON)
    for one in acts:
        before = seen(filling)
        changed = act(filling, *one)
        after = seen(filling)
        new = {addr for addr in after if addr not in before and not after[addr][0].relevant}
        assert {addr for addr in after if after[addr] != before.get(addr)} - new <= changed
        snapshot = json.loads(json.dumps(filling.snapshot()))
        again = FormFilling.restore(form, snapshot)
        assert seen(again) == after
        assert again.snapshot() == snapshot
        assert again.submission() == filling.submission()
