"""The two kinds of step, and the sharing of the work."""

from __future__ import annotations

import pytest

from summarizer.training.config import OptimiserConfig

torch = pytest.importorskip("torch")

from summarizer.training.network import EMBEDDING  # noqa: E402
from summarizer.training.optimiser import Optimiser, orthogonalise, shares  # noqa: E402


@pytest.mark.parametrize("shape", [(2, 16, 16), (3, 8, 32), (3, 32, 8)])
def test_orthogonalised_matrices_have_singular_values_near_one(shape: tuple[int, int, int]) -> None:
    torch.manual_seed(0)
    values = torch.linalg.svdvals(orthogonalise(torch.randn(shape)))
    assert values.min() > 0.4
    assert values.max() < 1.4


def test_every_weight_has_one_owner_and_the_work_is_shared() -> None:
    weights = {f"m{i}": torch.zeros(8, 8) for i in range(6)} | {EMBEDDING: torch.zeros(40, 8), "bias": torch.zeros(8)}
    owned = shares(weights, 2)
    assert sorted(owned[0] + owned[1]) == sorted(weights)
    assert EMBEDDING in owned[0]  # the largest share of the work comes with the fewest other weights
    assert len(owned[1]) > len(owned[0])


def test_finds_the_lowest_point_and_its_state_survives_other_shares() -> None:
    torch.manual_seed(1)
    weights = {name: torch.randn(4, 4, requires_grad=True) for name in ("a", EMBEDDING)}
    optimiser = Optimiser(weights, OptimiserConfig(matrix_rate=0.2, vector_rate=0.05))
    for step in range(300):
        sum(((weight - 1) ** 2).sum() for weight in weights.values()).backward()
        optimiser.step(1 - step / 300)
    assert all((weight - 1).abs().max() < 0.1 for weight in weights.values())
    state = optimiser.state()
    parts = [
        {kind: {n: v for n, v in state[kind].items() if (n == "a") is first} for kind in ("first", "second")}
        | {"steps": state["steps"]}
        for first in (True, False)
    ]
    other = Optimiser(weights, OptimiserConfig())
    other.load(parts)
    assert other.steps == 300
    assert all(torch.equal(other.first[name], value) for name, value in optimiser.first.items())


def test_a_weight_without_a_gradient_is_an_error() -> None:
    optimiser = Optimiser({"a": torch.zeros(2, 2, requires_grad=True)}, OptimiserConfig())
    with pytest.raises(RuntimeError, match="no gradient"):
        optimiser.step(1.0)
