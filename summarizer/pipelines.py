"""The two Hugging Face pipelines, registered when this module is imported:

    pipeline("arabic-to-english")      text -> [{"translation_text": ..., "score": ...}]
    pipeline("arabic-summarization")   text -> [{"summary_text": ..., "sentences": [...]}]

Both take a string, a list or a generator, and batch. The generation tasks of transformers 4 are gone from 5, so these
carry their own logic; they compute their generate() arguments themselves, because the helper in transformers for that
is private.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import torch
from transformers import AutoConfig, AutoTokenizer, GenerationConfig, PreTrainedConfig
from transformers.pipelines import PIPELINE_REGISTRY
from transformers.pipelines.base import ChunkPipeline, Pipeline

from . import models
from .arabic import clean, count_words
from .engines import Engine, EngineName, load_engine, quiet
from .generation import generate_rows, merged_settings, output_limit, weighted
from .glossary import Terms, fixed_spans, own_terms
from .languages import Aim, aim
from .sentences import join_pieces, split_long, split_sentences
from .standins import SIGNS, hide, restore
from .summarize import summarize

TRANSLATION, SUMMARIZATION = "arabic-to-english", "arabic-summarization"

# Longer sentences are cut at clause boundaries: past some 40 words, a small model loses the end of a sentence.
MAX_WORDS = 45
# Positions of the models in the table end at 512 or later; an English sentence needs fewer pieces than twice these.
MAX_TOKENS = 200
BATCH_SIZE = 16

# What a summariser reads: mT5 was trained on 512 tokens; an instruct model's memory grows with what it reads.
READ_TOKENS = {"seq2seq": 512, "causal": 4096}
TOKENS_PER_WORD = 4  # of Arabic written by a multilingual vocabulary, at most; bounds a summary's length
PROMPT = (
    "لخّص الخبر الآتي بالعربية في {sentences} على الأكثر، في حدود {words} كلمة. "
    "لا تضف شيئا ليس في الخبر، واكتب الملخص وحده.\n\n{text}"
)
SENTENCE_COUNTS = {1: "جملة واحدة", 2: "جملتين"}

_OPTIONS = frozenset(vars(GenerationConfig())) | {"generation_config"}


class _OnTexts:
    """What both pipelines do with their input: one text, a list, or a stream of texts."""

    def __call__(self, inputs: Any, **options: Any) -> Any:
        parent: Any = super()
        if inputs is None or isinstance(inputs, str):
            return parent.__call__([inputs], **options)[0]
        if isinstance(inputs, (list, tuple)):
            return [_single(result) for result in parent.__call__(list(inputs), **options)] if inputs else []
        return map(_single, parent.__call__((text for text in inputs), **options))


def _single(results: list[dict[str, Any]]) -> Any:
    return results[0] if len(results) == 1 else results


def _readable(text: str | None) -> str:
    if text is not None and not isinstance(text, str):
        raise TypeError(f"a text is wanted, not {type(text).__name__}")
    return clean(text or "").strip()


def _checked(options: dict[str, Any], task: str) -> dict[str, Any]:
    if unknown := options.keys() - _OPTIONS:
        raise TypeError(f"{task} has no option {', '.join(sorted(unknown))}")
    return options


class ArabicToEnglishPipeline(_OnTexts, ChunkPipeline):  # type: ignore[misc]
    """Translate; ``to=`` names another language where the model offers it, generation options pass through.

    A string gives a list of its hypotheses (one, unless ``num_return_sequences`` asks for more); a list gives one dict
    for each text, a generator yields them. An empty text gives an empty translation with score None. A text too long
    for the model is translated in pieces cut at clause boundaries; nothing is cut off.
    """

    _load_tokenizer = True
    _load_processor = _load_image_processor = _load_video_processor = _load_feature_extractor = False

    def __init__(self, model: Any, *, batch_size: int | None = None, device: Any = None, **kwargs: Any) -> None:
        self._aims: dict[str, Aim] = {}
        device = model.device if device is None else device
        super().__init__(model=model, batch_size=batch_size or BATCH_SIZE, device=device, **kwargs)
        # The embedded model's vocabulary has stand-ins for numbers and names; no other model's has.
        self.has_stand_ins = SIGNS[0] in self.tokenizer.get_vocab()

    def _sanitize_parameters(
        self, to: str | None = None, terms: Terms | None = None, rare: bool | None = None, **options: Any
    ) -> tuple[dict[str, Any], ...]:
        aimed = {} if to is None else {"to": to}
        read = {name: value for name, value in {"terms": terms, "rare": rare}.items() if value is not None} | aimed
        return read, aimed | _checked(options, TRANSLATION), aimed

    def hidden(self, text: str, terms: Terms | None = None, *, rare: bool = False) -> tuple[str, tuple[str, ...]]:
        """The text as the model reads it, and what its stand-ins stand for.

        ``terms`` are added to our own; ``rare`` hides words too that only a list of names has (glossary.fixed_spans).
        """
        if not self.has_stand_ins:
            return text, ()
        if not terms and not rare:
            return _hidden_as_always(text)
        return hide(text, fixed_spans(text, own_terms() | terms if terms else None, rare=rare))

    def aim(self, to: str) -> Aim:
        """How this model is told to write a language. Raises LanguageNotOffered."""
        if to not in self._aims:
            self._aims[to] = aim(self.tokenizer, to=to, name=str(self.model.name_or_path))
        return self._aims[to]

    def count_tokens(self, text: str, terms: Terms | None = None) -> int:
        """Tokens the model reads for this text, its stand-ins in place and the end of sentence counted."""
        return len(self.tokenizer(self.hidden(text, terms)[0], verbose=False)["input_ids"])

    def pieces(self, text: str, max_words: int = MAX_WORDS) -> list[str]:
        """The text in pieces the model can read whole; joined, they are the text."""
        if count_words(text) <= max_words and self.count_tokens(text) <= MAX_TOKENS:
            return [text]
        if max_words == 1:  # one word of hundreds of tokens: a link, or letters without a space
            return [text[i : i + MAX_TOKENS // 2] for i in range(0, len(text), MAX_TOKENS // 2)]
        parts = split_long(text, max_words=max_words)
        shorter = max_words if len(parts) > 1 else max_words // 2
        return [piece for part in parts for piece in self.pieces(part, shorter)]

    def preprocess(
        self, text: str | None, to: str = "en", terms: Terms | None = None, rare: bool = False
    ) -> Iterator[dict[str, Any]]:
        readable, values = self.hidden(" ".join(_readable(text).split()), terms, rare=rare)
        parts = self.pieces(readable)
        prefix = self.aim(to).prefix
        for number, part in enumerate(parts, start=1):
            encoded = self.tokenizer(prefix + part, return_tensors="pt", verbose=False)
            inputs = {name: encoded[name] for name in ("input_ids", "attention_mask")}
            yield inputs | {"blank": not part.strip(), "values": values, "is_last": number == len(parts)}

    def _forward(self, inputs: dict[str, Any], to: str = "en", **options: Any) -> dict[str, Any]:
        limit = output_limit(inputs["input_ids"].shape[1], self.model.config)
        settings = merged_settings(self.model, options, max_new_tokens=limit)
        if (first := self.aim(to).first_token) is not None:
            settings.forced_bos_token_id = first
        sequences, scores = generate_rows(self.model, inputs, settings, self.tokenizer.pad_token_id)
        kept = {name: inputs[name] for name in ("values", "is_last")}
        return {"sequences": sequences, "scores": scores} | kept

    def postprocess(self, outputs: list[dict[str, Any]], to: str = "en") -> list[dict[str, Any]]:
        return [self._joined(outputs, number, to) for number in range(outputs[0]["sequences"].shape[1])]

    def _joined(self, outputs: list[dict[str, Any]], number: int, to: str) -> dict[str, Any]:
        rows = [output["sequences"][0, number] for output in outputs]
        texts = [self._text(row, to) for row in rows]
        scores = [float(output["scores"][0, number]) for output in outputs]
        text = texts[0] if len(texts) == 1 else join_pieces(texts)
        lengths = [int((row != self.tokenizer.pad_token_id).sum()) for row in rows]
        return {"translation_text": restore(text, outputs[0]["values"]), "score": weighted(scores, lengths)}

    def _text(self, row: torch.Tensor, to: str) -> str:
        # Not every tokenizer knows that a language code is no word (M2M100's in transformers 5 doesn't).
        words = row[row != self.aim(to).first_token] if self.aim(to).first_token is not None else row
        return str(self.tokenizer.decode(words, skip_special_tokens=True)).strip()


@lru_cache(maxsize=4096)  # asked when a text is cut, counted and read; finding names takes longer than tokenizing
def _hidden_as_always(text: str) -> tuple[str, tuple[str, ...]]:
    return hide(text, fixed_spans(text))


class ExtractiveConfig(PreTrainedConfig):  # type: ignore[misc]
    """Lets transformers load the summariser that has no weights by the same door as any model."""

    model_type = "mukhtasar-extractive"

    def __init__(self, max_sentences: int = 3, max_words: int = 60, **kwargs: Any) -> None:
        self.max_sentences = max_sentences
        self.max_words = max_words
        super().__init__(**kwargs)


class ExtractiveModel:
    """summarize.summarize where a pipeline expects a model."""

    device = torch.device("cpu")
    dtype = None
    input_modalities = output_modalities = ("text",)

    def __init__(self, config: ExtractiveConfig) -> None:
        self.config = config

    def can_generate(self) -> bool:
        return False


class ArabicSummarizationPipeline(_OnTexts, Pipeline):  # type: ignore[misc]
    """Summarise within ``max_sentences`` and ``max_words``, by a model of one of three kinds.

    Extractive (the default): ``sentences`` are the positions of what was chosen. Sequence-to-sequence and instruct
    models write a text of their own: ``sentences`` is empty and ``generated`` True, and ``cut`` is True when the text
    was longer than the model reads.
    """

    _load_tokenizer = None
    _load_processor = _load_image_processor = _load_video_processor = _load_feature_extractor = False

    def __init__(self, model: Any, *, batch_size: int | None = None, device: Any = None, **kwargs: Any) -> None:
        self.kind = _kind(model)
        device = model.device if device is None else device
        batch_size = 1 if self.kind == "extractive" else batch_size or BATCH_SIZE // 4
        super().__init__(model=model, batch_size=batch_size, device=device, **kwargs)
        if self.kind == "causal":
            self.tokenizer.padding_side = "left"
            self.tokenizer.pad_token = self.tokenizer.pad_token or self.tokenizer.eos_token

    def __call__(self, inputs: Any, **options: Any) -> Any:
        if self.kind == "extractive":
            options["batch_size"] = 1  # there is nothing to gain, and no tokenizer to pad with
        return super().__call__(inputs, **options)

    def _sanitize_parameters(
        self, max_sentences: int | None = None, max_words: int | None = None, **options: Any
    ) -> tuple[dict[str, Any], ...]:
        named = {"max_sentences": max_sentences, "max_words": max_words}
        limits = {name: value for name, value in named.items() if value is not None}
        words = {} if max_words is None else {"max_words": max_words}
        return limits, words | _checked(options, SUMMARIZATION), limits

    def preprocess(self, text: str | None, max_sentences: int = 3, max_words: int = 60) -> dict[str, Any]:
        text = _readable(text)
        if self.kind == "extractive":
            return {"text": text, "limits": {"max_sentences": max_sentences, "max_words": max_words}}
        read, cut = self._beginning(text)
        ids = self._encode(read, max_sentences, max_words)
        return ids | {"blank": not text, "cut": cut}

    def _beginning(self, text: str) -> tuple[str, bool]:
        """As many whole sentences from the start as the model reads; and whether any was left out."""
        room, kept = READ_TOKENS[self.kind], 0
        for sentence in split_sentences(text):
            room -= len(self.tokenizer.tokenize(text[sentence.start : sentence.end]))
            if room < 0 and kept:
                return text[:kept], True
            kept = sentence.end
        return text, room < 0

    def _encode(self, text: str, max_sentences: int, max_words: int) -> dict[str, Any]:
        if self.kind == "causal":
            text = self._prompt(text, max_sentences, max_words)
        limit = READ_TOKENS[self.kind] + (256 if self.kind == "causal" else 0)
        bare = self.kind == "causal" and bool(self.tokenizer.chat_template)  # the template brings its own marks
        encoded = self.tokenizer(
            text, return_tensors="pt", truncation=True, max_length=limit, add_special_tokens=not bare
        )
        return {name: encoded[name] for name in ("input_ids", "attention_mask")}

    def _prompt(self, text: str, max_sentences: int, max_words: int) -> str:
        request = PROMPT.format(sentences=_sentence_count(max_sentences), words=max_words, text=text)
        if not self.tokenizer.chat_template:
            return f"{request}\n\nالملخص:"
        messages = [{"role": "user", "content": request}]
        return str(self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))

    def _forward(self, inputs: dict[str, Any], max_words: int = 60, **options: Any) -> dict[str, Any]:
        if self.kind == "extractive":
            return {"summary": summarize(inputs["text"], **inputs["limits"])}
        # A summariser's own limit is the length it was trained to write.
        own = self.model.generation_config.to_diff_dict().get("max_length") or math.inf
        settings = merged_settings(self.model, options, max_new_tokens=int(min(own, TOKENS_PER_WORD * max_words)))
        settings.num_return_sequences = 1
        sequences, _ = generate_rows(self.model, inputs, settings, self.tokenizer.pad_token_id)
        start = inputs["input_ids"].shape[1] if self.kind == "causal" else 0
        return {"sequences": sequences[:, 0, start:], "cut": inputs["cut"]}

    def postprocess(self, outputs: dict[str, Any], max_sentences: int = 3, max_words: int = 60) -> list[dict[str, Any]]:
        if self.kind == "extractive":
            summary = outputs["summary"]
            return [{"summary_text": summary.text, "sentences": list(summary.positions)}]
        text = clean(self.tokenizer.decode(outputs["sequences"].reshape(-1), skip_special_tokens=True)).strip()
        text = within(text, max_sentences=max_sentences, max_words=max_words)
        return [{"summary_text": text, "sentences": [], "generated": True, "cut": bool(outputs["cut"])}]


def _kind(model: Any) -> str:
    if model.config.model_type == ExtractiveConfig.model_type:
        return "extractive"
    return "seq2seq" if model.config.is_encoder_decoder else "causal"


def _sentence_count(number: int) -> str:
    return SENTENCE_COUNTS.get(number) or f"{number} {'جمل' if number <= 10 else 'جملة'}"


def within(text: str, *, max_sentences: int, max_words: int) -> str:
    """The first whole sentences of a generated text that keep to both limits; never fewer than one."""
    kept: list[str] = []
    for sentence in split_sentences(text)[:max_sentences]:
        if kept and count_words(" ".join([*kept, sentence.text])) > max_words:
            break
        kept.append(sentence.text)
    return " ".join(kept)


@lru_cache(maxsize=4)
def load_pipeline(
    task: str, folder: Path, _version: str, *, engine: EngineName = "auto", threads: int | None = None
) -> tuple[Any, Engine]:
    """The task's pipeline on the model in ``folder``; shared by all who ask for the same version of it."""
    with quiet():
        tokenizer = AutoTokenizer.from_pretrained(folder)
    loaded = load_engine(folder, engine=engine, threads=threads)
    kind = ArabicToEnglishPipeline if task == TRANSLATION else ArabicSummarizationPipeline
    return kind(model=loaded.model, tokenizer=tokenizer, task=task), loaded


class TranslationModel:
    """How transformers' own ``pipeline("arabic-to-english", model=...)`` loads a model.

    ``model_kwargs={"engine": "torch"}`` chooses the engine. Naming a Hub model there is asking for its download.
    """

    job: models.Job = "translate"

    @classmethod
    def from_pretrained(cls, name: str, *, engine: EngineName = "auto", **_: Any) -> Any:
        folder = models.folder_of(models.find(name, cls.job), allow_download=True)
        return load_engine(folder, engine=engine).model


class SummarizationModel(TranslationModel):
    """The same for ``pipeline("arabic-summarization", model=...)``."""

    job = "summarize"

    @classmethod
    def from_pretrained(cls, name: str, **options: Any) -> Any:
        if name == models.REGISTRY["extractive"].where:
            return ExtractiveModel(ExtractiveConfig.from_pretrained(name))
        return super().from_pretrained(name, **options)


def register() -> None:
    """Make both tasks known to transformers, with the models that come with the package as their defaults."""
    # The Marian tokenizer advises to install a package that it never uses.
    warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
    AutoConfig.register(ExtractiveConfig.model_type, ExtractiveConfig, exist_ok=True)
    tasks = (
        (TRANSLATION, ArabicToEnglishPipeline, TranslationModel, "embedded"),
        (SUMMARIZATION, ArabicSummarizationPipeline, SummarizationModel, "extractive"),
    )
    for task, pipeline, model, name in tasks:
        default = {"model": (models.REGISTRY[name].where, "main")}
        if task not in PIPELINE_REGISTRY.get_supported_tasks():
            PIPELINE_REGISTRY.register_pipeline(task, pipeline, pt_model=model, default=default, type="text")


register()
