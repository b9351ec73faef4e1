"""The two Hugging Face pipelines, registered when this module is imported:

    pipeline("arabic-to-english")      text -> [{"translation_text": ..., "score": ...}]
    pipeline("arabic-summarization")   text -> [{"summary_text": ..., "sentences": [...]}]

Both take a string, a list or a generator. The generation tasks of transformers 4 are gone from 5, so these carry their
own logic; they compute their generate() arguments themselves, because the helper in transformers for that is private.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, GenerationConfig
from transformers.pipelines.base import ChunkPipeline

from .arabic import clean, count_words
from .engines import Engine, EngineName, load_engine, quiet
from .languages import Aim, aim
from .sentences import join_pieces, split_long

# Longer sentences are cut at clause boundaries: the embedded model was trained on lines up to about this length.
MAX_WORDS = 60
# Positions of the models in the table end at 512 or later; an English sentence needs fewer pieces than twice these.
MAX_TOKENS = 200
# Outputs are bounded by a multiple of the input, in steps, so that a sentence's bound doesn't depend on its batch
# as long as batches are made within a step (translate.py does).
LENGTH_STEPS = (16, 32, 64, 128, 256)
# For what neither the call, nor the pipeline, nor the model's own generation_config.json sets. With early stopping
# both engines end a search at the same moment, and write the same.
DEFAULTS = {"num_beams": 4, "early_stopping": True}
BATCH_SIZE = 16


def length_step(tokens: int) -> int:
    """The smallest step that holds this many tokens; beyond the last step, the number itself."""
    return next((step for step in LENGTH_STEPS if tokens <= step), tokens)


def output_limit(tokens: int) -> int:
    """Most tokens to write for an input of this many."""
    return 2 * length_step(tokens) + 16


class ArabicToEnglishPipeline(ChunkPipeline):  # type: ignore[misc]
    """Translate; ``to=`` names another language where the model offers it, generation options pass through.

    A string gives a list of its hypotheses (one, unless ``num_return_sequences`` asks for more); a list gives one dict
    for each text, a generator yields them. An empty text gives an empty translation with score None. A text too long
    for the model is translated in pieces cut at clause boundaries; nothing is cut off.
    """

    _load_tokenizer = True
    _load_processor = _load_image_processor = _load_video_processor = _load_feature_extractor = False

    def __init__(self, *args: Any, batch_size: int | None = None, device: Any = None, **kwargs: Any) -> None:
        device = kwargs["model"].device if device is None and "model" in kwargs else device
        self._aims: dict[str, Aim] = {}
        super().__init__(*args, batch_size=batch_size or BATCH_SIZE, device=device, **kwargs)

    def _sanitize_parameters(self, to: str | None = None, **options: Any) -> tuple[dict[str, Any], ...]:
        if unknown := options.keys() - vars(GenerationConfig()).keys() - {"generation_config"}:
            raise TypeError(f"arabic-to-english has no option {', '.join(sorted(unknown))}")
        aimed = {} if to is None else {"to": to}
        return aimed, {**aimed, **options}, {}

    def __call__(self, inputs: Any, **options: Any) -> Any:
        if inputs is None or isinstance(inputs, str):
            return super().__call__([inputs or ""], **options)[0]
        if isinstance(inputs, (list, tuple)):
            return [_single(result) for result in super().__call__(list(inputs), **options)] if inputs else []
        return map(_single, super().__call__((text for text in inputs), **options))

    def aim(self, to: str) -> Aim:
        """How this model is told to write a language. Raises LanguageNotOffered."""
        if to not in self._aims:
            self._aims[to] = aim(self.tokenizer, to=to, name=str(self.model.name_or_path))
        return self._aims[to]

    def count_tokens(self, text: str) -> int:
        """Tokens the model reads for this text, the end of sentence counted."""
        return len(self.tokenizer(text)["input_ids"])

    def pieces(self, text: str, max_words: int = MAX_WORDS) -> list[str]:
        """The text in pieces the model can read whole; joined, they are the text."""
        if count_words(text) <= max_words and self.count_tokens(text) <= MAX_TOKENS:
            return [text]
        if max_words == 1:  # one word of hundreds of tokens: a link, or letters without a space
            return [text[i : i + MAX_TOKENS // 2] for i in range(0, len(text), MAX_TOKENS // 2)]
        parts = split_long(text, max_words=max_words)
        shorter = max_words if len(parts) > 1 else max_words // 2
        return [piece for part in parts for piece in self.pieces(part, shorter)]

    def preprocess(self, text: str | None, to: str = "en") -> Iterator[dict[str, Any]]:
        parts = self.pieces(_readable(text))
        prefix = self.aim(to).prefix
        for number, part in enumerate(parts, start=1):
            encoded = self.tokenizer(prefix + part, return_tensors="pt")
            yield {
                "input_ids": encoded["input_ids"],
                "attention_mask": encoded["attention_mask"],
                "blank": not part.strip(),
                "is_last": number == len(parts),
            }

    def _forward(self, inputs: dict[str, Any], to: str = "en", **options: Any) -> dict[str, Any]:
        blank = torch.tensor(inputs["blank"]).reshape(-1)
        settings = self._settings(inputs["input_ids"].shape[1], to, options)
        count = settings.num_return_sequences or 1
        sequences = torch.full((len(blank), count, 1), self.tokenizer.pad_token_id)
        scores = torch.full((len(blank), count), math.nan)
        if not blank.all():
            rows = (~blank).to(inputs["input_ids"].device)
            output = self.model.generate(
                input_ids=inputs["input_ids"][rows],
                attention_mask=inputs["attention_mask"][rows],
                generation_config=settings,
            )
            written = output.sequences.cpu().view(-1, count, output.sequences.shape[1])  # (rows, count, length)
            sequences = sequences.repeat(1, 1, written.shape[2])
            sequences[~blank] = written
            scores[~blank] = mean_scores(self.model, output).cpu().view(-1, count)
        return {"sequences": sequences, "scores": scores, "is_last": inputs["is_last"]}

    def _settings(self, tokens: int, to: str, options: dict[str, Any]) -> GenerationConfig:
        """Generation settings: what the call or the pipeline says, over the model's own, over DEFAULTS."""
        settings = copy.deepcopy(options.pop("generation_config", None) or self.model.generation_config)
        own = settings.to_diff_dict()
        first = self.aim(to).first_token
        settings.update(
            **{name: value for name, value in DEFAULTS.items() if name not in own},
            **({} if first is None else {"forced_bos_token_id": first}),
        )
        settings.update(max_new_tokens=output_limit(tokens), max_length=None)
        settings.update(**options, return_dict_in_generate=True, output_scores=True)
        return settings

    def postprocess(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._joined(outputs, number) for number in range(outputs[0]["sequences"].shape[1])]

    def _joined(self, outputs: list[dict[str, Any]], number: int) -> dict[str, Any]:
        rows = [output["sequences"][0, number] for output in outputs]
        texts = [self.tokenizer.decode(row, skip_special_tokens=True).strip() for row in rows]
        scores = [float(output["scores"][0, number]) for output in outputs]
        lengths = [int((row != self.tokenizer.pad_token_id).sum()) for row in rows]
        return {"translation_text": join_pieces(texts), "score": weighted(scores, lengths)}


def weighted(scores: list[float], weights: list[int]) -> float | None:
    """The mean of the scores by weight, those that are not a number left out; None when none is left."""
    known = [(score, weight) for score, weight in zip(scores, weights, strict=True) if not math.isnan(score)]
    total = sum(weight for _, weight in known)
    return sum(score * weight for score, weight in known) / total if total else None


def mean_scores(model: Any, output: Any) -> torch.Tensor:
    """Mean log-probability a token of each sequence, shape (batch * n,); beams bring it, greedy search doesn't."""
    scores: torch.Tensor | None = getattr(output, "sequences_scores", None)
    if scores is not None:
        return scores
    steps: torch.Tensor = model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
    written: torch.Tensor = output.sequences[:, -steps.shape[1] :] != model.config.pad_token_id
    return (steps * written).sum(1) / written.sum(1)


def _single(results: list[dict[str, Any]]) -> Any:
    return results[0] if len(results) == 1 else results


def _readable(text: str | None) -> str:
    if text is not None and not isinstance(text, str):
        raise TypeError(f"a text is wanted, not {type(text).__name__}")
    return " ".join(clean(text or "").split())


@lru_cache(maxsize=2)
def load_translation_pipeline(
    folder: Path, _version: str, *, engine: EngineName = "auto", threads: int | None = None
) -> tuple[ArabicToEnglishPipeline, Engine]:
    """The pipeline on the model in ``folder``, shared by all who ask for the same version of it (two languages, say)."""
    with quiet():
        tokenizer = AutoTokenizer.from_pretrained(folder)
    loaded = load_engine(folder, engine=engine, threads=threads)
    return ArabicToEnglishPipeline(model=loaded.model, tokenizer=tokenizer, task="arabic-to-english"), loaded
