"""The gate: no score falls below its floor.

baseline.json pins, for each set of pages, the references' hash and for each metric its floor, signature and noise (how
far two machines that compute the same thing may differ). A floor is lowered only on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from pathlib import Path
from typing import Any, Literal

from evaluation.alignment import align
from evaluation.errors import FloorsWrong, NothingToScore
from evaluation.metrics import Metric
from evaluation.references import PageReference, digest
from evaluation.scoring import SYSTEM, Family, all_metrics, score
from summarizer.records import Brief
from summarizer.writers import replacing

BASELINE = Path(__file__).with_name("baseline.json")
PageSet = Literal["seeds", "all"]
UPDATE = "Set the floors with: python -m evaluation gate --briefs FILE --update"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Floor:
    value: float
    noise: float
    better: str
    signature: str

    def is_passed(self, value: float) -> bool:
        if isnan(value):
            return False
        return value <= self.value + self.noise if self.better == "lower" else value >= self.value - self.noise

    def is_lowered_by(self, other: Floor) -> bool:
        worse = other.value > self.value if self.better == "lower" else other.value < self.value
        return worse or other.noise > self.noise


@dataclass(frozen=True, slots=True)
class Floors:
    references: str
    pages: tuple[str, ...]
    floors: Mapping[str, Floor]


@dataclass(frozen=True, slots=True)
class Finding:
    """One metric beside its floor."""

    metric: str
    floor: float
    value: float
    passed: bool


def choose(references: Sequence[PageReference], pages: PageSet) -> list[PageReference]:
    return [page for page in references if pages == "all" or page.is_seed]


@dataclass(frozen=True, slots=True)
class Score:
    value: float
    noise: float


def measure(
    briefs: Sequence[Brief], references: Sequence[PageReference], *, path: Path | str = "briefs"
) -> dict[str, Score]:
    """The score of every metric that has a good direction. Raises NothingToScore when a page has no brief."""
    aligned = align(briefs, references, path=path)
    if aligned.missing or not aligned.stories:
        raise NothingToScore(path=path, detail=f"no brief of {', '.join(aligned.missing) or 'any page'}")
    return {name: found for family in score(aligned, with_baselines=False) for name, found in _scores(family)}


def _scores(family: Family) -> list[tuple[str, Score]]:
    directed = [(m, family.rows[m.name, SYSTEM]) for m in family.metrics if m.better != "none"]
    # Rounded as floors are: a score must not fall below its own floor by the digits the file leaves out.
    return [(m.name, Score(round(m.score(v), _DIGITS), round(m.noise_of(v), _DIGITS))) for m, v in directed]


def check(scores: Mapping[str, Score], floors: Floors) -> list[Finding]:
    """Every floor beside its score; one that was not measured fails."""
    findings = []
    for name, floor in floors.floors.items():
        value = scores[name].value if name in scores else float("nan")
        findings.append(Finding(name, floor.value, value, floor.is_passed(value)))
    return findings


def new_floors(scores: Mapping[str, Score], references: Sequence[PageReference]) -> Floors:
    known = all_metrics()
    floors = {name: _floor(known[name], found) for name, found in scores.items() if not isnan(found.value)}
    return Floors(digest(references), tuple(page.name for page in references), floors)


def _floor(metric: Metric[Any], found: Score) -> Floor:
    return Floor(found.value, found.noise, metric.better, metric.signature)


def require_same_ground(floors: Floors, references: Sequence[PageReference], path: Path) -> None:
    """Raise FloorsWrong when references or metrics are not those the floors were set with."""
    if floors.references != digest(references):
        detail = "the references changed since the floors were set"
        raise FloorsWrong(path=path, field="references", detail=detail, cure=UPDATE)
    known = all_metrics()
    for name, floor in floors.floors.items():
        if name not in known:
            raise FloorsWrong(path=path, field=name, detail="there is no such metric", cure=UPDATE)
        if floor.signature != known[name].signature:
            detail = f"the floor is of {floor.signature!r}, the metric is now {known[name].signature!r}"
            raise FloorsWrong(path=path, field=name, detail=detail, cure=UPDATE)


def lowered(old: Floors, new: Floors) -> list[str]:
    """Names of floors that the new ones would lower, widen or drop."""
    return [n for n, floor in old.floors.items() if n not in new.floors or floor.is_lowered_by(new.floors[n])]


def update(new: Floors, pages: PageSet, *, allow_regression: bool = False, path: Path = BASELINE) -> None:
    """Write the floors of one set of pages. Raises FloorsWrong rather than lower one, unless that is allowed."""
    data = _read(path) if path.exists() else {}
    if pages in data and not allow_regression and (worse := lowered(_floors(data[pages], path), new)):
        detail = f"would be lowered from {data[pages]['floors'][worse[0]]['value']} to {_value(new, worse[0])}"
        cure = f"{len(worse)} would be: {', '.join(worse)}. If that is wanted, say --allow-regression."
        raise FloorsWrong(path=path, field=worse[0], detail=detail, cure=cure)
    data[pages] = asdict(new)
    with replacing(path, mode="w", encoding="utf-8", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _value(floors: Floors, name: str) -> str:
    return str(floors.floors[name].value) if name in floors.floors else "nothing"


def load(pages: PageSet, path: Path = BASELINE) -> Floors:
    """The floors of one set of pages. Raises FloorsWrong: a gate without floors is no gate."""
    data = _read(path)
    if not data.get(pages, {}).get("floors"):
        raise FloorsWrong(path=path, field=pages, detail="has no floors", cure=UPDATE)
    return _floors(data[pages], path)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FloorsWrong(path=path, field="the file", detail="is missing", cure=UPDATE) from None
    except ValueError as error:
        raise FloorsWrong(path=path, field="the file", detail=f"is no JSON: {error}", cure=UPDATE) from None
    if not isinstance(data, dict):
        raise FloorsWrong(path=path, field="the file", detail="is no table", cure=UPDATE)
    return data


def _floors(data: Mapping[str, Any], path: Path) -> Floors:
    try:
        floors = {name: Floor(**floor) for name, floor in data["floors"].items()}
        return Floors(data["references"], tuple(data["pages"]), floors)
    except (KeyError, TypeError) as error:
        raise FloorsWrong(path=path, field="floors", detail=f"damaged: {error}", cure=UPDATE) from None
