"""python -m evaluation: score, compare, benchmark, gate, speed. The only file here that prints or exits.

Exit codes: 0 well, 1 the gate failed, 2 the input or the arguments were wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation import benchmark, gate
from evaluation.alignment import align
from evaluation.errors import NothingToScore
from evaluation.making import BRIEFS, load_chosen, make_briefs
from evaluation.references import ROOT, load_references
from evaluation.report import as_text, comparison_table, make_report, write_report
from evaluation.scoring import all_metrics, compare_families, score
from summarizer.errors import MukhtasarError
from summarizer.records import Settings

OUTPUT = ROOT / "evaluation" / "out"
FAILED, WRONG = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except MukhtasarError as error:
        print(f"evaluation: {error}", file=sys.stderr)
        # A gate that found nothing to score has failed: nothing at all must never pass for good.
        return FAILED if command is run_gate and isinstance(error, NothingToScore) else WRONG


def run_score(options: argparse.Namespace) -> int:
    references = load_references(options.split)
    if options.briefs is None:
        settings = Settings(translator=options.translator, summarizer=options.summarizer)
        path = make_briefs(references, options.output, settings)
    else:
        path = options.briefs
    briefs = load_chosen(path, references, load_references("all"))
    aligned = align(briefs, references, path=path)
    report = make_report(score(aligned), aligned, references, briefs)
    for name, value in report.facts:
        print(f"{name}: {value}")
    for table in report.tables:
        print(as_text(table))
    for written in write_report(report, options.output):
        print(f"Written: {written}")
    return 0


def run_compare(options: argparse.Namespace) -> int:
    references = load_references(options.split)
    known = load_references("all")
    runs = [
        score(align(load_chosen(path, references, known), references, path=path), with_baselines=False)
        for path in (options.a, options.b)
    ]
    comparisons = compare_families(*runs)
    print(as_text(comparison_table(comparisons, all_metrics(), (_name(options.a), _name(options.b)))))
    return 0


def _name(path: Path) -> str:
    return path.parent.name if path.name == BRIEFS else path.name


def run_gate(options: argparse.Namespace) -> int:
    known = load_references("all")
    references = gate.choose(known, options.pages)
    path = options.briefs or make_briefs(references, options.output)
    briefs = load_chosen(path, references, known)
    if not options.update:
        floors = gate.load(options.pages, options.baseline)
        gate.require_same_ground(floors, references, options.baseline)
    scores = gate.measure(briefs, references, path=path)
    if options.update:
        new = gate.new_floors(scores, references)
        gate.update(new, options.pages, allow_regression=options.allow_regression, path=options.baseline)
        print(f"Floors of {len(new.floors)} metrics written to {options.baseline}")
        return 0
    findings = gate.check(scores, floors)
    for finding in findings:
        verdict = "ok" if finding.passed else "BELOW THE FLOOR"
        print(f"{finding.metric:40} {finding.value:8.2f}  floor {finding.floor:8.2f}  {verdict}")
    failed = [finding.metric for finding in findings if not finding.passed]
    print(f"The gate failed: {', '.join(failed)}" if failed else f"The gate passed: {len(findings)} floors held")
    return FAILED if failed else 0


def run_benchmark(options: argparse.Namespace) -> int:
    for table in benchmark.run(options.set, options.data, limit=options.limit, translator=options.translator):
        print(as_text(table))
    return 0


def run_speed(options: argparse.Namespace) -> int:
    from evaluation.speed import run  # imports torch when it measures

    for table in run(quick=options.quick, stories=options.stories, only=options.only):
        print(as_text(table), flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__.splitlines()[0])
    _score_options(parser)
    parser.set_defaults(command=run_score)
    commands = parser.add_subparsers(title="commands (none: score)")
    _compare_options(commands.add_parser("compare", help="two runs, with paired tests"))
    _gate_options(commands.add_parser("gate", help="fail when a score falls below its floor"))
    _benchmark_options(commands.add_parser("benchmark", help="a public test set"))
    _speed_options(commands.add_parser("speed", help="words a second, memory, growth"))
    return parser


def _score_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--briefs", type=Path, help="a briefs.jsonl; made from the reference pages when not given")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder for briefs.jsonl, report.md, report.html")
    parser.add_argument("--translator", default="embedded")
    parser.add_argument("--summarizer", default="extractive")


def _compare_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run_compare)
    parser.add_argument("a", type=Path, help="briefs.jsonl, or the folder it is in")
    parser.add_argument("b", type=Path)
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")


def _gate_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run_gate)
    parser.add_argument("--briefs", type=Path, help="a briefs.jsonl; made here when not given")
    parser.add_argument("--pages", choices=("seeds", "all"), default="seeds")
    parser.add_argument("--update", action="store_true", help="set the floors to these scores")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: floors may be lowered")
    parser.add_argument("--baseline", type=Path, default=gate.BASELINE)
    parser.add_argument("--output", type=Path, default=OUTPUT)


def _benchmark_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run_benchmark)
    parser.add_argument("--set", required=True, choices=sorted(benchmark.SETS))
    parser.add_argument("--data", type=Path, required=True, help="the set's folder or file, as it is published")
    parser.add_argument("--limit", type=int, help="only the first so many")
    parser.add_argument("--translator", default="embedded")


def _speed_options(parser: argparse.ArgumentParser) -> None:
    from evaluation.speed import TABLES

    parser.set_defaults(command=run_speed)
    parser.add_argument("--quick", action="store_true", help="the smallest sizes only")
    parser.add_argument("--stories", type=int, default=1_000, help="the most that growth is followed to: 1000, 10000")
    parser.add_argument("--only", choices=TABLES, help="one of the tables; profile is where the time goes")


if __name__ == "__main__":
    sys.exit(main())
