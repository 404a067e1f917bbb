"""The form engine: reading a form of 300 questions and 200 expressions, and what one answer costs while filling it;
the same with a repeat of 20 instances, and one choice out of 5,000 behind a filter.

The floor of one answer is a bare dict update of the same question and everything that reads it, directly or not.
Fails when an answer takes more than 5 ms at the median or 16 ms (a frame) at p95.
Run: python benchmarks/bench_forms.py
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Group, Path, Question
from migrant_office.models.forms.reading import load_form

QUESTIONS, GROUPS, ANSWERS = 300, 30, 4_000


def form_text() -> str:
    """30 groups of 10 questions; 200 cells with an expression, of the functions that public forms use most."""
    rows = ["type|name|label|relevant|constraint|calculation|required"]
    for group in range(GROUPS):
        before = f"g{group - 1}" if group else "g0"
        opened = f"${{{before}_number}} != 3" if group else ""
        rows.append(f"begin_group|g{group}|G|{opened}|||")
        g = f"g{group}"
        rows += [
            f"integer|{g}_number|Q||. >= 0 and . <= 120||",
            f"select_one yes|{g}_yes|Q||||${{{g}_number}} > 17",
            f"select_multiple need|{g}_need|Q|${{{g}_yes}} = 'yes'|count-selected(.) <= 3||",
            f"text|{g}_other|Q|selected(${{{g}_need}}, 'other')|||",
            f"date|{g}_date|Q||. <= today()||" if group % 3 else f"date|{g}_date|Q||||",
            f"text|{g}_phone|Q||regex(., '^[0-9]+$')||" if group % 2 else f"text|{g}_phone|Q||||",
            f"calculate|{g}_age||||if(${{{g}_date}} = '', '', int((today() - ${{{g}_date}}) div 365.25))|",
            f"text|{g}_a|Q||||",
            f"text|{g}_b|Q||||",
            f"text|{g}_c|Q||||",
            "end_group||||||",
        ]
    choices = [
        "list_name|name|label",
        "yes|yes|Y",
        "yes|no|N",
        *(f"need|{name}|X" for name in ("a", "b", "c", "other")),
    ]
    table = {"survey": rows, "choices": choices}
    return "".join(f"| {name} |\n" + "".join(f"| | {row} |\n" for row in lines) for name, lines in table.items())


def expressions(form: Form) -> int:
    names = ("relevant", "required", "constraint", "calculate", "readonly", "choice_filter")
    return sum(getattr(item, name, None) is not None for item in form.root.walk() for name in names)


MEDIAN, FRAME = 5.0, 16.0  # milliseconds that one answer may take, at the median and at p95
INSTANCES, CHOICES = 20, 5_000


def household_text() -> str:
    """The same form with a repeat of 10 questions, whose expressions look at their own instance and at the others."""
    rows = [
        "begin_repeat|members|M||||",
        "integer|m_age|Q||. >= 0 and . <= 120||",
        "text|m_given|Q||||${m_age} > 17",
        "select_one yes|m_works|Q|${m_age} > 14|||",
        "text|m_trade|Q|${m_works} = 'yes'|||",
        "calculate|m_place||||position(..)|",
        "calculate|m_older||||count(${members}[number(m_age) > number(current()/../m_age)])|",
        "calculate|m_before||||indexed-repeat(${m_age}, ${members}, position(..) - 1)|",
        "calculate|m_adult||||if(${m_age} >= 18, 'yes', 'no')|",
        "text|m_a|Q||||",
        "text|m_b|Q||||",
        "end_repeat||||||",
        "calculate|people||||count(${members})|",
        "calculate|years||||sum(${m_age})|",
        "calculate|adults||||count(${members}[m_adult = 'yes'])|",
    ]
    head, tail = form_text().split("| choices |")
    return head + "".join(f"| | {row} |\n" for row in rows) + "| choices |" + tail


def cascade_text() -> str:
    rows = ["type|name|label|choice_filter", "text|k|K|", "select_one l|a|A|kind = ${k}"]
    choices = ["list_name|name|label|kind", *(f"l|c{n}|Choice {n}|{n % 50}" for n in range(CHOICES))]
    table = {"survey": rows, "choices": choices}
    return "".join(f"| {name} |\n" + "".join(f"| | {row} |\n" for row in lines) for name, lines in table.items())


def steps(filling: FormFilling) -> list[tuple[str, str | None]]:
    """Answers to random questions, half of them sensible, some cleared."""
    chance = random.Random(7)
    form = filling.form
    asked = [addr for addr in filling.questions(form.root) if takes_answer(form.at(addr))]
    values = [None, "3", "40", "yes", "no", "a other", "2001-02-03", "912345678", "words"]
    return [(chance.choice(asked), chance.choice(values)) for _ in range(ANSWERS)]


def takes_answer(item: Question | Group) -> bool:
    return isinstance(item, Question) and item.takes_answer


def reached(form: Form, path: Path) -> set[Path]:
    found, waiting = {path}, [path]
    while waiting:
        fresh = form.readers.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return found


def timed(answer: Callable[[str, str | None], object], answers: list[tuple[str, str | None]]) -> list[float]:
    """Milliseconds of each answer, sorted."""
    out = []
    for addr, value in answers:
        started = time.perf_counter()
        answer(addr, value)
        out.append((time.perf_counter() - started) * 1_000)
    return sorted(out)


def often(act: Callable[[], object], times: int = 50) -> list[float]:
    return timed(lambda _addr, _value: act(), [("", None)] * times)


def line(name: str, times: list[float]) -> str:
    p50, p95, p99 = (times[int(len(times) * part)] for part in (0.5, 0.95, 0.99))
    return f"{name:<38} p50 {p50:.4f}  p95 {p95:.4f}  p99 {p99:.4f}  max {times[-1]:.4f} ms"


def answering(filling: FormFilling) -> bool:
    """Prints what answers cost; whether they are within what they may."""
    form, answers = filling.form, steps(filling)
    engine = timed(filling.set, answers)
    print(line("one answer", engine))

    store: dict[Path, str | None] = {}
    dependents = {addr: reached(form, form.at(addr).path) for addr in filling.questions(form.root)}

    def bare(addr: str, value: str | None) -> None:
        for path in dependents[addr]:
            store[path] = value

    floor = timed(bare, answers)
    print(line("floor: dict update of dependents", floor))
    print(f"ratio of the means                     {statistics.fmean(engine) / statistics.fmean(floor):.1f}")

    def repainted(addr: str, value: str | None) -> None:
        for changed in filling.set(addr, value):
            if isinstance(form.at(changed), Question):
                filling.cell(changed)

    shown = timed(repainted, answers)
    print(line("one answer and its changed cells", shown))
    print(line("snapshot", often(filling.snapshot)))
    print(line("snapshot, restore, everything anew", often(lambda: FormFilling.restore(form, filling.snapshot()))))
    return all(times[len(times) // 2] < MEDIAN and times[int(len(times) * 0.95)] < FRAME for times in (engine, shown))


def household() -> FormFilling:
    filling = FormFilling(load_form(household_text().encode(), "md"))
    for number in range(1, INSTANCES + 1):
        filling.add("/members")
        filling.set(f"/members[{number}]/m_age", str(number * 3))
    return filling


def cascade() -> bool:
    filling = FormFilling(load_form(cascade_text().encode(), "md"))
    filling.set("/k", "7")
    filling.choices("/a")
    times = often(lambda: filling.choices("/a"), 1_000)
    print(line(f"choices of {CHOICES} behind a filter", times))
    return times[500] < 1.0


def main() -> int:
    data = form_text().encode()
    load_form(data, "md")  # imports of pyxform are not the form's
    started = time.perf_counter()
    form = load_form(data, "md")
    print(f"reading                                {(time.perf_counter() - started) * 1_000:.0f} ms")
    print(f"questions {sum(1 for _ in form.root.questions())}, expressions {expressions(form)}")
    met = answering(FormFilling(form))
    filling = household()
    print(f"with a repeat of {INSTANCES} instances: questions {len(filling.questions(filling.form.root))}")
    met = answering(filling) and met

    def grown() -> None:
        filling.add("/members")
        filling.remove("/members[10]")

    print(line("one instance added and one removed", often(grown)))
    met = cascade() and met
    print("met" if met else "not met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
