"""The gate fails what is worse, and floors go down only on purpose."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from perfect import SUDAN, TUNISIA, briefs, translated

from evaluation import gate
from evaluation.errors import FloorsWrong, NothingToScore
from evaluation.gate import Floor, Score

PAGES = [SUDAN, TUNISIA]


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return gate.measure(briefs(PAGES), PAGES)


def test_what_was_pinned_passes_and_what_is_worse_fails(scores: dict[str, Score]) -> None:
    floors = gate.new_floors(scores, PAGES)
    assert all(finding.passed for finding in gate.check(scores, floors))
    worse = gate.measure(translated(lambda p: p.en.replace("2", "9"), PAGES), PAGES)
    failed = {finding.metric for finding in gate.check(worse, floors) if not finding.passed}
    assert "faithful.number-recall" in failed
    assert "summary.rouge1-xlsum" not in failed


def test_a_metric_that_was_not_measured_fails(scores: dict[str, Score]) -> None:
    floors = gate.new_floors(scores, PAGES)
    assert not any(finding.passed for finding in gate.check({}, floors))


@pytest.mark.parametrize(
    ("better", "value", "passed"),
    [("higher", 39.0, True), ("higher", 38.9, False), ("lower", 41.0, True), ("lower", 41.1, False)],
)
def test_the_floor_is_held_within_its_noise(better: str, value: float, passed: bool) -> None:
    assert Floor(40.0, 1.0, better, "").is_passed(value) is passed


def test_noise_is_at_least_one_number_of_those_listed(scores: dict[str, Score]) -> None:
    listed = sum(len(story.numbers) for page in PAGES for story in page.stories)
    assert scores["faithful.number-recall"].noise == pytest.approx(100 / listed, abs=1e-3)
    assert scores["translation.bleu"].noise == 1.0
    assert scores["structure.lost"].noise == 0.0


def test_update_lowers_a_floor_only_when_told(scores: dict[str, Score], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    gate.update(gate.new_floors(scores, PAGES), "seeds", path=path)
    before = path.read_text()
    worse = gate.new_floors({**scores, "translation.chrf++": Score(3.0, 1.0)}, PAGES)
    with pytest.raises(
        FloorsWrong, match=r"translation\.chrf\+\+: would be lowered from 100\.0 to 3\.0\..*allow-regression"
    ):
        gate.update(worse, "seeds", path=path)
    assert path.read_text() == before
    gate.update(worse, "seeds", allow_regression=True, path=path)
    assert gate.load("seeds", path).floors["translation.chrf++"].value == 3.0


def test_update_does_not_drop_or_widen_a_floor(scores: dict[str, Score]) -> None:
    floors = gate.new_floors(scores, PAGES)
    fewer = replace(floors, floors={k: v for k, v in floors.floors.items() if k != "structure.lost"})
    assert gate.lowered(floors, fewer) == ["structure.lost"]
    wider = replace(floors, floors={k: replace(v, noise=v.noise + 1) for k, v in floors.floors.items()})
    assert len(gate.lowered(floors, wider)) == len(floors.floors)


def test_other_sets_of_pages_keep_their_floors(scores: dict[str, Score], tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    gate.update(gate.new_floors(scores, PAGES), "seeds", path=path)
    gate.update(gate.new_floors(scores, PAGES), "all", path=path)
    assert gate.load("seeds", path) == gate.load("all", path)


def test_an_empty_run_and_a_missing_page_fail() -> None:
    with pytest.raises(NothingToScore):
        gate.measure([], PAGES)
    with pytest.raises(NothingToScore, match=TUNISIA.name):
        gate.measure(briefs([SUDAN]), PAGES)


def test_floors_of_other_references_or_metrics_are_refused(scores: dict[str, Score]) -> None:
    floors = gate.new_floors(scores, PAGES)
    gate.require_same_ground(floors, PAGES, Path("b.json"))
    with pytest.raises(FloorsWrong, match="references: the references changed"):
        gate.require_same_ground(floors, [SUDAN], Path("b.json"))
    other = replace(
        floors, floors={"translation.bleu": replace(floors.floors["translation.bleu"], signature="tok:intl")}
    )
    with pytest.raises(FloorsWrong, match=r"translation\.bleu: the floor is of 'tok:intl'"):
        gate.require_same_ground(other, PAGES, Path("b.json"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "the file: is missing"),
        ("{", "the file: is no JSON"),
        ("[]", "the file: is no table"),
        ("{}", "seeds: has no floors"),
        ('{"seeds": {"floors": {}}}', "seeds: has no floors"),
        ('{"seeds": {"floors": {"a": {"value": 1}}}}', "floors: damaged"),
    ],
)
def test_damaged_floors_are_named(text: str | None, message: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(FloorsWrong, match=message):
        gate.load("seeds", path)


def test_the_shipped_floors_are_of_these_references() -> None:
    if not gate.BASELINE.exists():
        pytest.skip("no floors are set yet")
    from evaluation.references import load_references

    for pages in json.loads(gate.BASELINE.read_text(encoding="utf-8")):
        gate.require_same_ground(gate.load(pages), gate.choose(load_references(), pages), gate.BASELINE)
