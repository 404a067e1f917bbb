"""The form engine: reading a form of 300 questions and 200 expressions, and what one answer costs while filling it.

The floor of one answer is a bare dict update of the same question and everything that reads it, directly or not.
Run: python benchmarks/bench_forms.py
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Form, Path
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


def steps(form: Form) -> list[tuple[str, str | None]]:
    """Answers to random questions, half of them sensible, some cleared."""
    chance = random.Random(7)
    asked = [question for question in form.root.questions() if question.takes_answer]
    values = [None, "3", "40", "yes", "no", "a other", "2001-02-03", "912345678", "words"]
    return [(chance.choice(asked).addr, chance.choice(values)) for _ in range(ANSWERS)]


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


def line(name: str, times: list[float]) -> str:
    p50, p95, p99 = (times[int(len(times) * part)] for part in (0.5, 0.95, 0.99))
    return f"{name:<34} p50 {p50:.4f}  p95 {p95:.4f}  p99 {p99:.4f}  max {times[-1]:.4f} ms"


def main() -> None:
    data = form_text().encode()
    load_form(data, "md")  # imports of pyxform are not the form's
    started = time.perf_counter()
    form = load_form(data, "md")
    print(f"reading                            {(time.perf_counter() - started) * 1_000:.0f} ms")
    print(f"questions {sum(1 for _ in form.root.questions())}, expressions {expressions(form)}")
    answers = steps(form)
    filling = FormFilling(form)
    engine = timed(filling.set, answers)
    print(line("one answer", engine))

    store: dict[Path, str | None] = {}
    dependents = {question.addr: reached(form, question.path) for question in form.root.questions()}

    def bare(addr: str, value: str | None) -> None:
        for path in dependents[addr]:
            store[path] = value

    floor = timed(bare, answers)
    print(line("floor: dict update of dependents", floor))
    print(f"ratio of the means                 {statistics.fmean(engine) / statistics.fmean(floor):.1f}")

    shown = {question.addr for question in form.root.questions()}

    def repainted(addr: str, value: str | None) -> None:
        for changed in filling.set(addr, value) & shown:
            filling.cell(changed)

    print(line("one answer and its changed cells", timed(repainted, answers)))
    whole = []
    for _ in range(50):
        started = time.perf_counter()
        FormFilling.restore(form, filling.snapshot())
        whole.append((time.perf_counter() - started) * 1_000)
    print(line("snapshot, restore, everything anew", sorted(whole)))


if __name__ == "__main__":
    main()
