"""A model folder in, something with ``generate`` out: CTranslate2 (int8, fast on CPU) or plain torch.

:class:`FastModel` has the face of a transformers model as far as a pipeline looks at it (``config``,
``generation_config``, ``device``, ``dtype``, ``can_generate``, ``generate``), the way optimum's ONNX classes do.
Converted weights lie in the user's cache, keyed by the hash of what they were made from.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import shutil
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .conversion import CONVERTIBLE, Converted

if TYPE_CHECKING:
    import torch

EngineName = Literal["auto", "ctranslate2", "torch"]

# Fastest first, as measured on CPU (FACTS.md); float32 where a processor has no int8.
COMPUTE_TYPES = ("int8_float32", "int8", "float32")
# generate()'s name for an option -> CTranslate2's. What stands in neither table is refused, not ignored.
OPTIONS = {
    "num_beams": "beam_size",
    "num_return_sequences": "num_hypotheses",
    "length_penalty": "length_penalty",
    "repetition_penalty": "repetition_penalty",
    "no_repeat_ngram_size": "no_repeat_ngram_size",
}
HANDLED = frozenset(
    {*OPTIONS, "min_new_tokens", "max_new_tokens", "max_length", "forced_bos_token_id", "bad_words_ids"}
)
# True in substance whatever is asked: beams stop at num_beams finished ones, a score comes with every sequence.
HARMLESS = frozenset({
    "early_stopping", "return_dict_in_generate", "output_scores", "use_cache", "renormalize_logits", "do_sample",
    "pad_token_id", "eos_token_id", "bos_token_id", "decoder_start_token_id", "forced_eos_token_id",
})  # fmt: skip

log = logging.getLogger(__name__)
_loading = threading.RLock()


@dataclass(frozen=True)
class Engine:
    """A loaded model. ``note`` says why it is not the engine that was asked for, or where its weights had to go."""

    name: str
    model: Any
    note: str = ""


def load_engine(
    folder: Path | str,
    *,
    engine: EngineName = "auto",
    device: str | None = None,
    threads: int | None = None,
    compute_type: str | None = None,
) -> Engine:
    """Load the model in ``folder`` (complete and local, see models.folder_of). Safe to call from several threads.

    ``auto`` is CTranslate2 on a CPU and torch on a GPU. Where CTranslate2 can't serve a model, torch does, and
    ``Engine.note`` tells. ``compute_type`` is CTranslate2's; by default the fastest one the processor has.
    """
    folder, device = Path(folder), device or best_device()
    with _loading, quiet():
        if engine == "torch" or (engine == "auto" and device != "cpu"):
            return Engine("torch", load_torch(folder, device=device, threads=threads))
        if engine == "auto" and (kind := model_type(folder)) not in CONVERTIBLE:
            return Engine("torch", load_torch(folder, device=device, threads=threads), f"{kind} models run on torch")
        try:
            return load_fast(folder, device=device, threads=threads, compute_type=compute_type)
        except (ImportError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
            note = f"torch instead of ctranslate2: {error}"
            log.warning("%s: %s", folder, note)
            return Engine("torch", load_torch(folder, device=device, threads=threads), note)


def model_type(folder: Path) -> str:
    """The architecture's name in config.json."""
    return str(json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type"))


def best_device() -> str:
    """``cuda`` where torch finds one, else ``cpu``."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def usable_cores() -> int:
    """Cores this process may use: its affinity, and a container's share of time if that is less."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, math.ceil(min(cores, cgroup_cores())))


def cgroup_cores(root: Path = Path("/sys/fs/cgroup")) -> float:
    """The container's CPU quota in cores, infinite without one. Reads cgroup v2, then v1."""
    with contextlib.suppress(OSError, ValueError):
        quota, period = (root / "cpu.max").read_text().split()
        return math.inf if quota == "max" else int(quota) / int(period)
    with contextlib.suppress(OSError, ValueError):
        quota = (root / "cpu" / "cpu.cfs_quota_us").read_text()
        period = (root / "cpu" / "cpu.cfs_period_us").read_text()
        return int(quota) / int(period) if int(quota) > 0 else math.inf
    return math.inf


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """No progress bars and no remarks while a model loads, the Marian tokenizer's advice included."""
    from transformers.utils import logging as chatter

    bars, level = chatter.is_progress_bar_enabled(), chatter.get_verbosity()
    chatter.disable_progress_bar()
    chatter.set_verbosity_error()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            yield
    finally:
        chatter.set_verbosity(level)
        if bars:
            chatter.enable_progress_bar()


def load_torch(folder: Path, *, device: str, threads: int | None) -> Any:
    """The model as transformers loads it: float32 on a CPU (bfloat16 is slower and less exact there)."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM

    if threads:
        torch.set_num_threads(threads)
    config = AutoConfig.from_pretrained(folder)
    auto = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
    dtype = torch.float32 if device == "cpu" else "auto"
    return auto.from_pretrained(folder, config=config, dtype=dtype).eval().to(device)


def load_fast(folder: Path, *, device: str, threads: int | None, compute_type: str | None) -> Engine:
    """The model on CTranslate2, converted if this is its first use. Raises ValueError for another architecture."""
    import ctranslate2

    if (kind := model_type(folder)) not in CONVERTIBLE:
        raise ValueError(f"{kind} models are not converted")
    offered = ctranslate2.get_supported_compute_types(device)
    compute_type = compute_type or next(name for name in COMPUTE_TYPES if name in offered)
    converted = Converted(folder, "float32" if compute_type == "float32" else "int8_float32")
    path, note = converted.path()
    options = {"device": device, "compute_type": compute_type, "intra_threads": threads or usable_cores()}
    try:
        runtime = ctranslate2.Translator(str(path), **options)
    except RuntimeError:  # a damaged file in the cache: made anew, once
        shutil.rmtree(path, ignore_errors=True)
        path, note = converted.path()
        runtime = ctranslate2.Translator(str(path), **options)
    return Engine("ctranslate2", FastModel(folder, runtime, read_vocabulary(path)), note)


@dataclass(frozen=True)
class Vocabulary:
    """Token strings by id, as the converted model has them, for source and target."""

    source: Sequence[str]
    target: Sequence[str]
    ids: Mapping[str, int]


def read_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary files of a converted model: one shared, or one for each side."""
    shared = path / "shared_vocabulary.json"
    names = (shared, shared) if shared.is_file() else (path / "source_vocabulary.json", path / "target_vocabulary.json")
    source, target = (json.loads(name.read_text(encoding="utf-8")) for name in names)
    # Padding entries can repeat a name; the first one is the token a tokenizer knows.
    ids = {token: number for number, token in reversed(list(enumerate(target)))}
    return Vocabulary(source, target, ids)


class FastModel:
    """A sequence-to-sequence model on CTranslate2 behind the ``generate`` of transformers. Thread-safe."""

    main_input_name = "input_ids"
    input_modalities = ("text",)
    output_modalities = ("text",)

    def __init__(self, folder: Path, runtime: Any, vocabulary: Vocabulary) -> None:
        import torch
        from transformers import AutoConfig

        self.config = AutoConfig.from_pretrained(folder)
        self.generation_config = _generation_config(folder)
        self.name_or_path = str(folder)
        self.device = torch.device(runtime.device)
        self.dtype = torch.float32
        self.compute_type: str = runtime.compute_type
        self._runtime = runtime
        self._vocabulary = vocabulary

    def can_generate(self) -> bool:
        return True

    def eval(self) -> FastModel:
        return self

    def to(self, *_: object, **__: object) -> FastModel:
        """Stays where it was loaded: CTranslate2 moves no weights between devices."""
        return self

    def generate(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None = None, **options: Any
    ) -> Any:  # (batch, length) -> ModelOutput with sequences (batch * n, length) and sequences_scores (batch * n,)
        """As GenerationMixin.generate with beams; ``sequences_scores`` is the mean log-probability a token.

        Raises ValueError for an option this engine doesn't have, rather than ignore it.
        """
        settings = self._settings(options)
        sources = self._tokens(input_ids, attention_mask)
        results = self._runtime.translate_batch(
            sources, self._prefixes(settings, len(sources)), **self._decoding(settings)
        )
        return self._output(results, settings)

    def _settings(self, options: dict[str, Any]) -> Any:
        options = {name: value for name, value in options.items() if value is not None}
        settings = options.pop("generation_config", self.generation_config)
        if unknown := sorted(options.keys() - HANDLED - HARMLESS):
            raise ValueError(f"the ctranslate2 engine has no option {', '.join(unknown)}; use engine='torch'")
        if options.get("do_sample"):
            raise ValueError("the ctranslate2 engine doesn't sample here; use engine='torch'")
        return _merged(settings, options)

    def _tokens(self, input_ids: torch.Tensor, attention_mask: torch.Tensor | None) -> list[list[str]]:
        rows = input_ids.tolist()
        masks = attention_mask.tolist() if attention_mask is not None else [self._mask(row) for row in rows]
        names = self._vocabulary.source
        return [
            [names[i] for i, keep in zip(row, mask, strict=True) if keep] for row, mask in zip(rows, masks, strict=True)
        ]

    def _mask(self, row: list[int]) -> list[int]:
        return [int(i != self.config.pad_token_id) for i in row]

    def _prefixes(self, settings: Any, count: int) -> list[list[str]] | None:
        forced = settings.forced_bos_token_id
        return None if forced is None else [[self._vocabulary.target[forced]]] * count

    def _decoding(self, settings: Any) -> dict[str, Any]:
        given = {ours: getattr(settings, theirs, None) for theirs, ours in OPTIONS.items()}
        decoding = {name: value for name, value in given.items() if value is not None}
        decoding["beam_size"] = max(decoding.get("beam_size", 1), decoding.get("num_hypotheses", 1))
        limit = settings.max_new_tokens or (settings.max_length or 21) - 1
        banned = [
            [self._vocabulary.target[i] for i in word if i < len(self._vocabulary.target)]
            for word in settings.bad_words_ids or []
        ]
        return decoding | {
            "max_decoding_length": limit,
            "min_decoding_length": 0 if settings.min_new_tokens is None else settings.min_new_tokens,
            "max_input_length": 0,  # nothing is cut in silence
            "return_scores": True,
            "return_end_token": True,  # absent where the limit came first
            "suppress_sequences": [word for word in banned if word] or None,
        }

    def _output(self, results: Sequence[Any], settings: Any) -> Any:
        import torch
        from transformers.generation.utils import GenerateBeamEncoderDecoderOutput

        tokens = [hypothesis for result in results for hypothesis in result.hypotheses]
        raw = [score for result in results for score in result.scores]
        rows = [self._ids(hypothesis) for hypothesis in tokens]
        width = max(map(len, rows), default=1)
        pad = next(number for number in (settings.pad_token_id, self.config.pad_token_id, 0) if number is not None)
        sequences = torch.full((len(rows), width), pad, dtype=torch.long)
        for number, row in enumerate(rows):
            sequences[number, : len(row)] = torch.tensor(row)
        power = (settings.length_penalty if settings.length_penalty is not None else 1.0) - 1.0
        # CTranslate2 divides the summed log-probability by length ** length_penalty, the end of sentence counted.
        scores = torch.tensor([s * len(t) ** power for s, t in zip(raw, tokens, strict=True)])
        return GenerateBeamEncoderDecoderOutput(sequences=sequences, sequences_scores=scores)

    def _ids(self, tokens: Sequence[str]) -> list[int]:
        return [self.config.decoder_start_token_id, *(self._vocabulary.ids[token] for token in tokens)]


def _generation_config(folder: Path) -> Any:
    """The model's own settings; older models keep them in config.json, from where transformers reads them too."""
    from transformers import GenerationConfig

    if (folder / "generation_config.json").is_file():
        return GenerationConfig.from_pretrained(folder)
    known = vars(GenerationConfig())
    stored = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return GenerationConfig(**{name: value for name, value in stored.items() if name in known})


def _merged(settings: Any, options: Mapping[str, Any]) -> Any:
    from copy import deepcopy

    merged = deepcopy(settings)
    for name, value in options.items():
        setattr(merged, name, value)
    return merged
