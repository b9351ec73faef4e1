"""Every metric of every system: the table that the report shows and the gate compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from evaluation import baselines, faithfulness, neural, structure, summary, translation
from evaluation.alignment import Aligned
from evaluation.baselines import NotRun
from evaluation.metrics import Metric, Vector
from evaluation.statistics import Comparison, Interval, compare, holm, interval

SYSTEM = "mukhtasar"


@dataclass(frozen=True)
class Family:
    """Metrics of one kind, and the systems they are taken of. ``rows`` holds a vector a unit, by metric and system."""

    name: str
    title: str
    metrics: tuple[Metric[Any], ...]
    systems: tuple[str, ...]
    units: tuple[str, ...]
    rows: Mapping[tuple[str, str], tuple[Vector, ...]] = field(repr=False)
    not_run: tuple[NotRun, ...] = ()
    note: str = ""

    def interval(self, metric: Metric[Any], system: str = SYSTEM) -> Interval:
        return interval(metric, self.rows[metric.name, system])

    def of_unit(self, metric: Metric[Any], system: str, unit: str) -> float:
        """One story's or page's own score."""
        return metric.score([self.rows[metric.name, system][self.units.index(unit)]])


TITLES = {
    "structure": "Pages into stories",
    "translation": "Translation",
    "summary": "Arabic summaries",
    "english": "English summaries",
}
LENGTH_NOTE = "Three whole sentences are longer than a brief may be; the lead in 60 words is the fair match."
ENGLISH_NOTE = (
    "The simple things are put into English by the system itself, so that they differ in what was chosen; the one by "
    "hand has the references' translations and shows what the translation costs."
)


@lru_cache(maxsize=1)
def _tables() -> dict[str, list[Metric[Any] | NotRun]]:
    """Every metric by its family's name; a NotRun stands where one lacks its weights."""
    return {
        "structure": [*structure.metrics()],
        "translation": [*translation.metrics(), *faithfulness.metrics(), *neural.translation_metrics()],
        "summary": [*summary.metrics(), *neural.summary_metrics()],
        "english": [*summary.english_metrics()],
    }


def all_metrics() -> dict[str, Metric[Any]]:
    return {metric.name: metric for table in _tables().values() for metric in table if isinstance(metric, Metric)}


def score(aligned: Aligned, *, with_baselines: bool = True) -> list[Family]:
    """All families. Without baselines only the system's own scores, as the gate wants them."""
    told, pages = list(aligned.stories), list(aligned.pages)
    if not with_baselines:
        return [_family(name, pages if name == "structure" else told) for name in TITLES]
    models = list(baselines.models_at_hand(told))
    extracts = list(baselines.summaries(told))
    translations = [*baselines.translations(told), *(m for m in models if not isinstance(m, NotRun))]
    return [
        _family("structure", pages, baselines.cuts(pages)),
        _family("translation", told, translations, [m for m in models if isinstance(m, NotRun)]),
        _family("summary", told, extracts, note=LENGTH_NOTE),
        _family("english", told, baselines.english_summaries(told, extracts), note=ENGLISH_NOTE),
    ]


def _family(
    name: str,
    subjects: Sequence[Any],
    others: Iterable[tuple[str, Sequence[Any]]] = (),
    not_run: Iterable[NotRun] = (),
    note: str = "",
) -> Family:
    table = _tables()[name]
    metrics = tuple(m for m in table if isinstance(m, Metric))
    systems: dict[str, Sequence[Any]] = {SYSTEM: subjects, **dict(others)}
    rows = {
        (metric.name, system): tuple(tuple(map(float, metric.measure(s))) for s in told)
        for metric in metrics
        for system, told in systems.items()
    }
    absent = (*not_run, *(m for m in table if isinstance(m, NotRun)))
    return Family(name, TITLES[name], metrics, tuple(systems), tuple(s.key for s in subjects), rows, absent, note)


def compare_families(a: Sequence[Family], b: Sequence[Family]) -> list[Comparison]:
    """Two runs on the units both have, every metric, Holm's correction over all that were asked."""
    return holm([c for first, second in zip(a, b, strict=True) for c in _compare(first, second)])


def _compare(a: Family, b: Family) -> list[Comparison]:
    common = [unit for unit in a.units if unit in b.units]
    pick: Callable[[Family, Metric[Any]], list[Vector]] = lambda family, metric: [  # noqa: E731
        family.rows[metric.name, SYSTEM][family.units.index(unit)] for unit in common
    ]
    return [compare(metric, pick(a, metric), pick(b, metric)) for metric in a.metrics]
