from __future__ import annotations

import math
from pathlib import Path

import pytest

from summarizer.engines import load_engine
from summarizer.generation import length_step, merged_settings, output_limit, weighted


@pytest.mark.parametrize(("tokens", "step"), [(1, 16), (16, 16), (17, 32), (200, 256), (300, 300)])
def test_length_steps(tokens: int, step: int) -> None:
    assert length_step(tokens) == step


def test_output_is_bounded_by_input_and_by_the_models_positions() -> None:
    class Short:
        max_position_embeddings = 128

    assert output_limit(10, object()) == 48
    assert output_limit(100, object()) == 272
    assert output_limit(100, Short()) == 127


def test_the_call_comes_before_the_model_and_the_model_before_our_defaults(made: dict[str, Path]) -> None:
    model = load_engine(made["marian"]).model
    assert merged_settings(model, {}, max_new_tokens=9).num_beams == 4
    model.generation_config.num_beams = 6
    assert merged_settings(model, {}, max_new_tokens=9).num_beams == 6
    assert merged_settings(model, {"num_beams": 2}, max_new_tokens=9).num_beams == 2
    assert merged_settings(model, {"max_new_tokens": 5}, max_new_tokens=9).max_new_tokens == 5
    assert model.generation_config.max_new_tokens is None, "the model's own settings stay as they are"


def test_a_length_is_always_set_and_only_once(made: dict[str, Path]) -> None:
    model = load_engine(made["marian"]).model
    model.generation_config.max_length = 512
    settings = merged_settings(model, {}, max_new_tokens=9)
    assert (settings.max_new_tokens, settings.max_length) == (9, None)


def test_instruct_models_do_not_sample_unless_asked(made: dict[str, Path]) -> None:
    model = load_engine(made["causal"]).model
    model.generation_config.update(do_sample=True, temperature=0.7)
    assert not merged_settings(model, {}, max_new_tokens=9).do_sample
    assert merged_settings(model, {"do_sample": True, "temperature": 0.5}, max_new_tokens=9).do_sample


@pytest.mark.parametrize(
    ("scores", "weights", "mean"),
    [([-1.0, -2.0], [3, 1], -1.25), ([math.nan, -2.0], [3, 1], -2.0), ([math.nan], [1], None), ([], [], None)],
)
def test_weighted_mean(scores: list[float], weights: list[int], mean: float | None) -> None:
    assert weighted(scores, weights) == mean
