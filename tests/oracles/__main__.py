"""`make oracles FORMS=folder`: our evaluator beside independent engines, over a folder of public forms.

Ends with 1 when an engine agrees with less than 99.8 % or a difference is not judged yet.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.oracles.engines import Enketo, Missing, RxEval, Told, Verdict, WebForms
from tests.oracles.judging import Difference, Judgement, judged, judgements
from tests.oracles.sources import Harvest, Source, gather
from tests.oracles.states import State, states

WANTED = 99.8  # per cent
OWN = Path(__file__).with_name("forms")  # one that uses every function, in pairs that public forms seldom have
_MOST_SHOWN = 60
Engine = Enketo | RxEval | WebForms


@dataclass
class Score:
    """How one engine compares with ours over all forms."""

    compared: int = 0
    agreed: int = 0
    silent: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)
    distinct: set[str] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)

    def percent(self, alike: int) -> float:
        return 100 * (self.agreed + alike) / self.compared if self.compared else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make oracles")
    parser.add_argument("forms", type=Path, help="a folder of XLSForms: .xlsx, .xls, .csv, .md")
    parser.add_argument("--engines", type=Path, required=True, help="the folder with node_modules")
    parser.add_argument("--states", type=int, default=3, help="random fillings of each form")
    parser.add_argument("--own-states", type=int, default=40, help="random fillings of our own form")
    parser.add_argument("--as-they-are", action="store_true", help="also count what our reader takes unmended")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if shutil.which("node") is None:
        print("The engines need node (20 or later), and it is not here: install it and try again.")
        return 1
    harvest = gather(args.forms, as_they_are=args.as_they_are)
    known = judgements()
    own = _compare(gather(OWN).sources, args.engines, args.own_states)
    public = _compare(harvest.sources, args.engines, args.states)
    print("\n--- Our own form with every function: each difference judged")
    fine = _report(own, known, wanted=0.0)
    print("\n--- Public forms")
    _report_forms(harvest, args)
    return 0 if _report(public, known, wanted=WANTED) and fine else 1


def _compare(sources: Iterable[Source], folder: Path, count: int) -> dict[str, Score]:
    engines: tuple[Engine, ...] = (WebForms(folder), Enketo(folder), RxEval())
    scores = {engine.name: Score() for engine in engines}
    for source in sources:
        try:
            filled = list(states(source.form, source.xform, source.path, count))
        except Exception as error:  # a fault of ours: told, and the others go on
            print(f"Our engine failed on {source.path}: {type(error).__name__}: {error}")
            raise
        if not any(state.facts for state in filled):
            continue
        for engine in engines:
            _count(scores[engine.name], engine.name, source, filled, engine.judge(source, filled))
        print(".", end="", flush=True)
    print()
    for engine in engines:
        engine.close()
    return scores


def _count(score: Score, engine: str, source: Source, filled: list[State], verdict: Verdict) -> None:
    if verdict.refused:
        score.refused.append((source.path, verdict.refused))
        return
    for state, answers in zip(filled, verdict.answers, strict=True):
        for fact, told in zip(state.facts, answers, strict=True):
            if isinstance(told, Missing):
                score.silent[told.why] += 1
                continue
            score.compared += 1
            score.distinct.add(fact.source)
            if _same(fact.value, told):
                score.agreed += 1
            else:
                texts = (_text(fact.value), _text(told))
                score.differences.append(Difference(engine, source.path, fact.addr, fact.what, fact.source, *texts))


def _same(ours: Told, theirs: Told) -> bool:
    """Numbers may be written with another last digit."""
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return sorted(ours) == sorted(theirs)
    if ours == theirs or not isinstance(ours, str) or not isinstance(theirs, str):
        return ours == theirs
    try:
        return abs(float(ours) - float(theirs)) <= 1e-9 * max(1.0, abs(float(ours)))
    except ValueError:
        return False


def _text(value: Told) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(value) if isinstance(value, tuple) else str(value)


# -- telling


def _report_forms(harvest: Harvest, args: argparse.Namespace) -> None:
    print(f"\nForms read: {len(harvest.sources)} of {len(harvest.sources) + len(harvest.refused)}")
    if args.as_they_are:
        print(f"  of these as they are: {harvest.as_they_are}")
    mended = Counter(reason for source in harvest.sources for reason in source.mended)
    print("  mended:", ", ".join(f"{reason} {count}" for reason, count in mended.most_common()))
    for name, reason in harvest.refused:
        print(f"  refused: {name}: {reason}")


def _report(scores: dict[str, Score], known: tuple[Judgement, ...], *, wanted: float) -> bool:
    fine = True
    for name, score in scores.items():
        if not score.compared:
            continue
        pairs = [(one, judged(one, known)) for one in score.differences]
        alike = sum(found is not None and found.alike for _one, found in pairs)
        unjudged = [one for one, found in pairs if found is None]
        print(f"\n{name}: compared {score.compared}, agreed {score.agreed + alike}, {score.percent(alike):.2f} %")
        print(f"  to the letter {score.percent(0):.2f} %, distinct expressions {len(score.distinct)}")
        print("  says nothing:", dict(score.silent.most_common(8)))
        for path, why in score.refused:
            print(f"  refused: {path}: {why}")
        for found, count in Counter(found for _one, found in pairs if found).most_common():
            print(f"  judged: {count} x {found.name}{' (alike)' if found.alike else ''}")
        fine = fine and score.percent(alike) >= wanted and not unjudged
        _show(unjudged)
    return fine


def _show(differences: list[Difference]) -> None:
    alike = Counter((one.what, one.expression, one.ours, one.theirs) for one in differences)
    print(f"  not judged: {len(differences)}, distinct {len(alike)}")
    for (what, expression, ours, theirs), count in alike.most_common(_MOST_SHOWN):
        where = next(one for one in differences if one.expression == expression)
        print(f"    {count} x {what}: {expression[:300]}\n        ours {ours[:120]!r}, theirs {theirs[:120]!r}")
        print(f"        {where.form} {where.addr}")


if __name__ == "__main__":
    sys.exit(main())
