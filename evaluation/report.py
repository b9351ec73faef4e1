"""The report people look at: one set of tables, written to the terminal, to report.md and to report.html."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evaluation.alignment import Aligned, Segment
from evaluation.baselines import ORACLE
from evaluation.marking import mark_differences
from evaluation.metrics import Metric
from evaluation.plots import Bar, bars
from evaluation.references import PageReference, digest
from evaluation.scoring import SYSTEM, Family
from evaluation.statistics import Comparison, compare, holm
from evaluation.translation import sentence_score
from summarizer.records import Brief
from summarizer.writers import replacing

WORST = 25
TEMPLATES = Path(__file__).with_name("templates")
# What is plotted against its baselines, and what is plotted story by story beside one of them.
PLOTTED = (
    "structure.boundary-f1", "structure.leaked", "translation.chrf++", "translation.bleu", "faithful.number-recall",
    "faithful.name-recall", "summary.rouge1-xlsum", "summary.rouge1-xlsum-lead", "summary.rouge1-xlsum-story",
    "summary.english-rouge1",
)  # fmt: skip
BY_STORY = {
    "structure.boundary-f1": "whole page",
    "translation.chrf++": "source copy",
    "faithful.number-recall": "",
    "faithful.name-recall": "",
    "summary.rouge1-xlsum": "lead-1",
}
# Asked with a paired test: the first question of each family, against every simple thing but the oracle.
TESTED = (
    "structure.boundary-f1", "translation.chrf++", "summary.rouge1-xlsum", "summary.rouge1-xlsum-story",
    "summary.english-rouge1",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for looking at: the words that differ from the other side's are marked."""

    place: str
    score: float
    source: str
    output: Markup
    reference: Markup


@dataclass(frozen=True, slots=True)
class Plot:
    title: str
    about: str
    svg: Markup


@dataclass(frozen=True)
class Report:
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    plots: tuple[Plot, ...]
    worst: tuple[Sentence, ...]
    metrics: tuple[Metric[Any], ...]


def make_report(
    families: Sequence[Family], aligned: Aligned, references: Sequence[PageReference], briefs: Sequence[Brief]
) -> Report:
    """Everything the three forms show."""
    return Report(
        facts=tuple(_facts(aligned, references, briefs)),
        tables=(*map(score_table, families), verdict_table(families)),
        plots=tuple(_plots(families)),
        worst=tuple(_worst(segment for told in aligned.stories for segment in told.all_segments)),
        metrics=tuple(metric for family in families for metric in family.metrics),
    )


def _facts(aligned: Aligned, references: Sequence[PageReference], briefs: Sequence[Brief]) -> Iterator[tuple[str, str]]:
    scored = [page for page in references if page.name not in aligned.missing]
    stories = sum(len(page.stories) for page in scored)
    sentences = sum(len(story.sentences) for page in scored for story in page.stories)
    yield "Scored", f"{len(scored)} pages, {stories} stories, {sentences} sentences"
    if aligned.missing:
        yield "Not in these briefs, so not scored", ", ".join(aligned.missing)
    yield "Splits", ", ".join(f"{s}: {sum(page.split == s for page in scored)} pages" for s in ("dev", "test"))
    yield "References", f"sha256 {digest(scored)[:16]} of the pages scored"
    for name in ("summarizer", "translator", "engine", "weights", "settings"):
        if values := sorted({brief.models.get(name, "") for brief in briefs} - {""}):
            yield name.capitalize(), ", ".join(values)


# -- tables -----------------------------------------------------------------------------------------------------


def number(value: float, digits: int = 1) -> str:
    return "–" if isnan(value) else f"{value:.{digits}f}"


def score_table(family: Family) -> Table:
    """A row a metric, a column a system; the system's own with its interval."""
    rows = []
    for metric in family.metrics:
        ours = family.interval(metric)
        spread = "" if isnan(ours.low) else f"{number(ours.low, metric.digits)} to {number(ours.high, metric.digits)}"
        others = [number(metric.score(family.rows[metric.name, s]), metric.digits) for s in family.systems[1:]]
        rows.append((f"{metric.label} {_arrow(metric)}", number(ours.value, metric.digits), spread, *others))
    notes = [family.note] if family.note else []
    if family.not_run:
        notes.append("Not run: " + "; ".join(f"{absent.name} ({absent.reason})" for absent in family.not_run) + ".")
    return Table(family.title, ("", SYSTEM, "95 %", *family.systems[1:]), tuple(rows), tuple(notes))


def _arrow(metric: Metric[Any]) -> str:
    unit = f"{metric.unit} " if metric.unit else ""
    return unit + {"higher": "↑", "lower": "↓", "none": ""}[metric.better]


def verdict_table(families: Sequence[Family]) -> Table:
    """Is it better than the simple thing? A paired test for each, and no claim where there is none."""
    asked = [
        (family, metric, system)
        for family in families
        for metric in family.metrics
        for system in family.systems[1:]
        if metric.name in TESTED and ORACLE not in system
    ]
    tested = holm([_against(*question) for question in asked])
    rows = [
        (metric.label, c.metric.rpartition(" against ")[2], *comparison_cells(c, metric.better))
        for (_, metric, _), c in zip(asked, tested, strict=True)
    ]
    note = (
        "Difference: mukhtasar less the simple thing, with its 95 % bootstrap interval. p: paired randomisation test "
        "over stories; better or worse is said only where it holds after Holm's correction for all rows."
    )
    return Table(
        "Better than the simple thing?", ("", "against", "difference", "95 %", "p", "verdict"), tuple(rows), (note,)
    )


def _against(family: Family, metric: Metric[Any], system: str) -> Comparison:
    from dataclasses import replace

    found = compare(metric, family.rows[metric.name, system], family.rows[metric.name, SYSTEM])
    return replace(found, metric=f"{metric.name} against {system}")


def comparison_cells(c: Comparison, better: str) -> tuple[str, str, str, str]:
    """Difference, interval, p and verdict of B against A."""
    if isnan(c.p):
        return number(c.b - c.a), "–", "–", "too few stories to tell"
    return f"{c.b - c.a:+.1f}", f"{c.low:+.1f} to {c.high:+.1f}", f"{c.p:.4f}", _verdict(c, better)


def _verdict(c: Comparison, better: str) -> str:
    if not c.significant:
        return "no difference shown"
    if better == "none":
        return "different"
    return "better" if (c.b > c.a) == (better == "higher") else "worse"


def comparison_table(
    comparisons: Sequence[Comparison], metrics: dict[str, Metric[Any]], names: tuple[str, str]
) -> Table:
    """Two runs beside each other, every metric."""
    rows = [
        (f"{metrics[c.metric].label} {_arrow(metrics[c.metric])}", number(c.a), number(c.b),
         *comparison_cells(c, metrics[c.metric].better))
        for c in comparisons
    ]  # fmt: skip
    note = "p: paired randomisation test over the stories both hold; verdicts after Holm's correction for all rows."
    return Table(
        "B against A", ("", f"A {names[0]}", f"B {names[1]}", "B less A", "95 %", "p", "verdict"), tuple(rows), (note,)
    )


# -- plots ------------------------------------------------------------------------------------------------------


def _plots(families: Sequence[Family]) -> Iterator[Plot]:
    pairs = [(family, metric) for family in families for metric in family.metrics]
    for family, metric in pairs:
        if metric.name in PLOTTED:
            yield Plot(f"{metric.label} {_arrow(metric)}", metric.about, _systems_plot(family, metric))
    for family, metric in pairs:
        if metric.name in BY_STORY:
            beside = BY_STORY[metric.name]
            about = f"Each by itself; the line is {beside}." if beside else "Each by itself."
            unit = "page" if family.name == "structure" else "story"
            yield Plot(f"{metric.label} by {unit}", about, _units_plot(family, metric, beside))


def _systems_plot(family: Family, metric: Metric[Any]) -> Markup:
    spans = [(system, family.interval(metric, system)) for system in family.systems]
    return bars(metric.label, [Bar(s, i.value, i.low, i.high, ours=s == SYSTEM) for s, i in spans])


def _units_plot(family: Family, metric: Metric[Any], beside: str) -> Markup:
    rows = [
        Bar(unit, family.of_unit(metric, SYSTEM, unit), ours=True,
            mark=family.of_unit(metric, beside, unit) if beside in family.systems else float("nan"))
        for unit in family.units
    ]  # fmt: skip
    measured = [row for row in rows if not isnan(row.value)]
    return bars(metric.label, sorted(measured, key=lambda bar: bar.value))


# -- sentences --------------------------------------------------------------------------------------------------


def _worst(segments: Iterable[Segment]) -> Iterator[Sentence]:
    scored = sorted(((sentence_score(s), s) for s in segments), key=lambda pair: (pair[0], pair[1].story))
    for score, segment in scored[:WORST]:
        output, reference = mark_differences(segment.hypothesis, segment.reference)
        place = f"{segment.story}, {f'sentence {segment.number}' if segment.number else 'headline'}"
        yield Sentence(place, score, segment.ar, output, reference)


# -- forms ------------------------------------------------------------------------------------------------------


def as_text(table: Table) -> str:
    """The table for a terminal, columns aligned."""
    cells = [table.head, *table.rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.head))]
    lines = [_aligned(row, widths) for row in cells]
    return "\n".join([f"\n{table.title}", *lines, *(f"  {note}" for note in table.notes)])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = row
    return "  ".join([first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(rest, widths[1:], strict=True))]).rstrip()


def as_markdown(report: Report) -> str:
    lines = ["# How good is it", "", *(f"- {name}: {value}" for name, value in report.facts)]
    for table in report.tables:
        lines += ["", f"## {table.title}", "", _row(table.head), _row(["---", *["--:"] * (len(table.head) - 1)])]
        lines += [*map(_row, table.rows), "", *(f"{note}\n" for note in table.notes)]
    lines += ["## What the metrics are", ""]
    lines += [f"- **{m.label}**: {m.about}{f' `{m.signature}`' if m.signature else ''}" for m in report.metrics]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    escape: Callable[[str], str] = lambda cell: cell.replace("|", r"\|")  # noqa: E731
    return f"| {' | '.join(map(escape, cells))} |"


def as_html(report: Report) -> str:
    """One self-contained page: no script, nothing loaded, every text escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(report=report)


def write_report(report: Report, folder: Path) -> list[Path]:
    """report.md and report.html, each complete or absent."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in (("report.md", as_markdown(report)), ("report.html", as_html(report))):
        with replacing(folder / name, mode="w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        written.append(folder / name)
    return written
