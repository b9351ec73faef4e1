"""generate() called the same way on either engine: settings in order, no row wasted on nothing, a score always."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from transformers import GenerationConfig

# Outputs are bounded by a multiple of the input, in steps, so that a sentence's bound doesn't depend on its batch
# as long as batches are made within a step (translate.py does).
LENGTH_STEPS = (16, 32, 64, 128, 256)
# For what neither the call, nor the pipeline, nor the model's own generation_config.json sets. With early stopping
# both engines end a search at the same moment, and write the same.
DEFAULTS = {"num_beams": 4, "early_stopping": True}
NO_SAMPLING = {"do_sample": False, "num_beams": 1, "temperature": None, "top_p": None, "top_k": None}


def length_step(tokens: int) -> int:
    """The smallest step that holds this many tokens; beyond the last step, the number itself."""
    return next((step for step in LENGTH_STEPS if tokens <= step), tokens)


def output_limit(tokens: int, config: Any) -> int:
    """Most tokens to write for an input of this many, within the positions the model has (T5 has no end of them)."""
    positions: int = getattr(config, "max_position_embeddings", None) or 10**6
    return min(2 * length_step(tokens) + 16, positions - 1)


def merged_settings(model: Any, options: dict[str, Any], *, max_new_tokens: int) -> GenerationConfig:
    """What the call or the pipeline says, over the model's own settings, over DEFAULTS. A length is always set.

    Instruct models come set to sampling; here they don't, unless asked: the same story gets the same summary.
    """
    settings = copy.deepcopy(options.get("generation_config") or model.generation_config)
    own = settings.to_diff_dict()
    wanted: dict[str, Any] = {name: value for name, value in DEFAULTS.items() if name not in own}
    if not model.config.is_encoder_decoder:
        wanted |= NO_SAMPLING
    # max_length would count too, and transformers warns where both are set.
    wanted |= {"max_new_tokens": max_new_tokens, "max_length": None}
    wanted |= {name: value for name, value in options.items() if name != "generation_config"}
    wanted |= {"return_dict_in_generate": True, "output_scores": True}
    if wanted.get("num_beams", own.get("num_beams")) == 1:
        wanted["early_stopping"] = False  # transformers warns of it without beams
    settings.update(**wanted)
    return settings


def generate_rows(
    model: Any, inputs: dict[str, Any], settings: GenerationConfig, pad: int
) -> tuple[torch.Tensor, torch.Tensor]:  # (batch, n, length), (batch, n)
    """Generate for the rows that aren't blank; a blank row comes out as padding, with a score that is not a number."""
    import torch

    blank = torch.tensor(inputs["blank"]).reshape(-1)
    count = settings.num_return_sequences or 1
    scores = torch.full((len(blank), count), math.nan)
    if blank.all():
        return torch.full((len(blank), count, 1), pad), scores
    rows = (~blank).to(inputs["input_ids"].device)
    ids, mask = inputs["input_ids"][rows], inputs["attention_mask"][rows]
    output = model.generate(input_ids=ids, attention_mask=mask, generation_config=settings)
    written: torch.Tensor = output.sequences.cpu()
    sequences = torch.full((len(blank), count, written.shape[1]), pad)
    sequences[~blank] = written.view(-1, count, written.shape[1])
    scores[~blank] = mean_scores(model, output).float().cpu().view(-1, count)
    return sequences, scores


def mean_scores(model: Any, output: Any) -> torch.Tensor:
    """Mean log-probability a token of each sequence, shape (batch * n,); beams bring it, greedy search doesn't."""
    import torch

    beams: torch.Tensor | None = getattr(output, "sequences_scores", None)
    if beams is not None:
        return beams
    steps: torch.Tensor = model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
    written = torch.isfinite(steps) & (output.sequences[:, -steps.shape[1] :] != model.generation_config.pad_token_id)
    total: torch.Tensor = torch.where(written, steps, 0.0).sum(1)
    mean: torch.Tensor = total / written.sum(1).clamp(min=1)
    return mean


def weighted(scores: list[float], weights: list[int]) -> float | None:
    """The mean of the scores by weight, those that are not a number left out; None when none is left.

    To four places: beyond the sixth it depends on which sentences shared a batch.
    """
    known = [(score, weight) for score, weight in zip(scores, weights, strict=True) if not math.isnan(score)]
    total = sum(weight for _, weight in known)
    return round(sum(score * weight for score, weight in known) / total, 4) if total else None
