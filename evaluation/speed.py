"""How fast, how much memory, how it grows, and what is left: `python -m evaluation speed`.

All in one run on one machine, so that the ratios mean something whatever else the machine does.
"""

from __future__ import annotations

import cProfile
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import workload
from evaluation.report import Table
from evaluation.workload import Run, Task
from summarizer.arabic import count_words

TABLES = ("start-up", "engines", "end-to-end", "stories", "length", "profile", "limit")
OUTPUT_TOKENS = 32  # fixed: random weights would stop anywhere
BEAMS = 4
BATCH = 16


def run(*, quick: bool = False, stories: int = 1_000, only: str | None = None) -> Iterator[Table]:
    """The tables, each as soon as it is measured; ``stories`` is the most that growth is followed to."""
    tables: dict[str, Callable[[], Table]] = {
        "start-up": start_up,
        "engines": lambda: same_weights(8 if quick else 64),
        "end-to-end": lambda: end_to_end(quick=quick),
        "stories": lambda: growth_with_stories(4 if quick else stories),
        "length": lambda: growth_with_length(quick=quick),
        "profile": lambda: profile(4 if quick else 40),
        "limit": matrix_limit,
    }
    assert tables.keys() == set(TABLES)
    for name in [only] if only else TABLES:
        yield tables[name]()


def start_up() -> Table:
    commands = {
        "mukhtasar --help": ["-m", "summarizer", "--help"],
        "mukhtasar models": ["-m", "summarizer", "models"],
    }
    rows = [(name, f"{_best(lambda c=c: _quietly(c)):.2f}") for name, c in commands.items()]  # type: ignore[misc]
    return Table("Start-up", ("", "seconds, best of 3"), tuple(rows))


def _quietly(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _best(action: Callable[[], object], times: int = 3) -> float:
    return min(_timed(action) for _ in range(times))


def _timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


# -- one and the same model on both engines ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides a Marian model's cost. The default is Helsinki-NLP/opus-mt-ar-en's."""

    width: int = 512
    feed_forward: int = 2048
    heads: int = 8
    encoder_layers: int = 6
    decoder_layers: int = 6
    vocabulary: int = 62_834


def same_weights(count: int, shape: Shape | None = None) -> Table:
    """Plain ``generate`` against CTranslate2, output length fixed: opus-mt-ar-en's shape with random weights, and ours.

    The engines take turns batch by batch, so that whatever else the machine does falls on both.
    """
    from summarizer.models import REGISTRY

    shape = shape or Shape()
    texts = sorted(workload.sentences(), key=len)[-count - 40 : -40]
    with tempfile.TemporaryDirectory() as folder:
        make_model(Path(folder), shape)
        rows = [
            *_engine_rows("opus-mt-ar-en's shape", Path(folder), texts),
            *_engine_rows("embedded", Path(REGISTRY["embedded"].where), texts),
        ]
    note = (
        f"The first has {shape.encoder_layers}+{shape.decoder_layers} layers, {shape.width} wide, "
        f"{shape.vocabulary:,} pieces, and random weights. {len(texts)} sentences of news in batches of {BATCH}, "
        f"{BEAMS} beams, {OUTPUT_TOKENS} tokens out of each. The range is that of the batches' ratios."
    )
    head = ("", "engine", "source words a second", "ratio", "from", "to")
    return Table("The same weights on both engines", head, tuple(rows), (note,))


def _engine_rows(name: str, folder: Path, texts: Sequence[str]) -> list[tuple[str, ...]]:
    from summarizer.engines import load_engine

    words, batches = sum(map(count_words, texts)), _batches(folder, texts)
    slow, fast = (load_engine(folder, engine=engine).model for engine in ("torch", "ctranslate2"))
    for model in (slow, fast):
        _generate(model, batches[:1])  # the first call pays for what later ones reuse
    times = [[_timed(lambda m=m, b=b: _generate(m, [b])) for m in (slow, fast)] for b in batches]  # type: ignore[misc]
    totals = [sum(column) for column in zip(*times, strict=True)]
    ratios = sorted(one / other for one, other in times)
    rates = [f"{words / total:.0f}" for total in totals]
    ratio, least, most = (f"{value:.1f}" for value in (totals[0] / totals[1], ratios[0], ratios[-1]))
    return [(name, "torch", rates[0], "1.0", "", ""), ("", "ctranslate2", rates[1], ratio, least, most)]


def make_model(folder: Path, shape: Shape) -> None:
    """A Marian model with random weights that both engines load; its tokenizer is the embedded one, padded out."""
    import json
    import shutil

    from transformers import MarianConfig, MarianMTModel

    from summarizer.engines import quiet
    from summarizer.models import REGISTRY

    embedded = Path(REGISTRY["embedded"].where)
    for name in ("source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copy(embedded / name, folder / name)
    pieces = json.loads((embedded / "vocab.json").read_text(encoding="utf-8"))
    pieces.pop("<pad>", None)
    extra = range(len(pieces), shape.vocabulary - 1)
    vocabulary = {**pieces, **{f"<extra {i}>": i for i in extra}, "<pad>": shape.vocabulary - 1}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    with quiet():
        MarianMTModel(_config(MarianConfig, shape)).save_pretrained(folder)


def _config(kind: Any, shape: Shape) -> Any:
    both = {
        "layers": (shape.encoder_layers, shape.decoder_layers),
        "attention_heads": (shape.heads, shape.heads),
        "ffn_dim": (shape.feed_forward, shape.feed_forward),
    }
    sides = {f"{side}_{name}": pair[i] for name, pair in both.items() for i, side in enumerate(("encoder", "decoder"))}
    pad = shape.vocabulary - 1
    return kind(
        vocab_size=shape.vocabulary, decoder_vocab_size=shape.vocabulary, d_model=shape.width, pad_token_id=pad,
        decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=0, scale_embedding=True,
        activation_function="swish", **sides,
    )  # fmt: skip


def _batches(folder: Path, texts: Sequence[str]) -> list[Any]:
    from transformers import AutoTokenizer

    from summarizer.engines import quiet

    with quiet():
        tokenizer = AutoTokenizer.from_pretrained(folder)
        return [
            tokenizer(list(texts[i : i + BATCH]), return_tensors="pt", padding=True)
            for i in range(0, len(texts), BATCH)
        ]


def _generate(model: Any, batches: Sequence[Any]) -> None:
    for batch in batches:
        model.generate(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], num_beams=BEAMS,
            min_new_tokens=OUTPUT_TOKENS, max_new_tokens=OUTPUT_TOKENS,
        )  # fmt: skip


# -- the whole program ------------------------------------------------------------------------------------------

RUN_HEAD = ("", "stories", "words", "words/s", "stories/s", "loading s", "peak MB")


def end_to_end(*, quick: bool) -> Table:
    tasks = {
        "embedded, ctranslate2": Task(8 if quick else 40, engine="ctranslate2"),
        "embedded, torch": Task(1 if quick else 4, engine="torch"),
        "all but the translation": Task(40 if quick else 400, translator="none"),
    }
    rows = [_cells(name, workload.alone(task)) for name, task in tasks.items()]
    return Table("From page to brief", RUN_HEAD, tuple(rows))


def growth_with_stories(most: int) -> Table:
    """Ten times as many at every step, up to ``most`` with the embedded model and ten times that without."""
    rows = []
    for kind, name, limit in (("embedded", "embedded", most), ("none", "all but the translation", 10 * most)):
        counts = [n for n in (*(10**k for k in range(1, 8)), limit) if n <= limit]
        rows += [_cells(name, workload.alone(Task(n, translator=kind))) for n in sorted(set(counts))]  # type: ignore[arg-type]
    note = "Every sentence carries a number of its own: none is remembered from another story."
    return Table("Growth with the number of stories", RUN_HEAD, tuple(rows), (note,))


def growth_with_length(*, quick: bool) -> Table:
    lengths = (2, 8) if quick else (5, 20, 80, 320)
    rows = [_cells(f"{n} sentences", workload.alone(Task(1, sentences=n))) for n in lengths]
    return Table("Growth with a story's length", RUN_HEAD, tuple(rows))


def _cells(name: str, run: Run) -> tuple[str, ...]:
    figures = (run.words_a_second, run.stories_a_second, run.loading, run.peak_mb)
    formats = ("{:.0f}", "{:.2f}", "{:.2f}", "{:.0f}")
    return (name, str(run.task.stories), str(run.words), *(f.format(v) for f, v in zip(formats, figures, strict=True)))


# -- where the time goes ----------------------------------------------------------------------------------------

# (file, function) whose time, with all they call, is a step of its own; none calls another.
STEPS = {
    "page into stories": ("pages.py", "split_page"),
    "stories into sentences": ("sentences.py", "split_story"),
    "summary": ("summarize.py", "summarize"),
    "tokens": ("pipelines.py", "preprocess"),
    "the model": ("engines.py", "generate"),
    "checks of translations": ("checks.py", "check_translation"),
    "writing": ("store.py", "append"),
}


def profile(stories: int) -> Table:
    """Shares of a run's time by step, under cProfile (which makes Python's part look larger than it is)."""
    task = Task(stories)
    workload.work(Task(1))  # loading and first use are no part of it
    profiler = cProfile.Profile()
    whole = profiler.runcall(workload.work, task).seconds
    entries = pstats.Stats(profiler).get_stats_profile().func_profiles.items()
    rows = []
    for step, (file, function) in STEPS.items():
        found = [e for name, e in entries if name.startswith(function) and e.file_name.endswith(f"summarizer/{file}")]
        seconds = sum(e.cumtime for e in found)
        rows.append((step, f"{seconds:.2f}", f"{100 * seconds / whole:.0f} %"))
    return Table(f"Where the time goes: {stories} stories in {whole:.1f} s", ("", "seconds", "share"), tuple(rows))


def matrix_limit(shape: Shape | None = None, *, words_a_sentence: int = 22, tokens_a_word: float = 1.6) -> Table:
    """Words a second if the embedded model's matrix products were all there is to do."""
    import torch

    shape = shape or embedded_shape()
    length = round(words_a_sentence * tokens_a_word)
    rows = []
    for dtype in (torch.float32, torch.bfloat16):
        seconds = _products(shape, length, dtype)
        rows.append((str(dtype).removeprefix("torch."), f"{BATCH * words_a_sentence / seconds:.0f}"))
    note = (
        f"Torch's matrix products at the model's shapes: {BATCH} sentences of {words_a_sentence} words, {length} "
        f"tokens in and out, {BEAMS} beams. Attention's own products, softmax, search and all Python are left out."
    )
    return Table("The limit of the matrix products alone", ("", "words a second"), tuple(rows), (note,))


def embedded_shape() -> Shape:
    import json

    from summarizer.models import REGISTRY

    config = json.loads((Path(REGISTRY["embedded"].where) / "config.json").read_text(encoding="utf-8"))
    names = ("d_model", "encoder_ffn_dim", "encoder_attention_heads", "encoder_layers", "decoder_layers", "vocab_size")
    return Shape(*(config[name] for name in names))


def _products(shape: Shape, length: int, dtype: Any) -> float:
    """Seconds of all products for one batch: each distinct one timed, times how often it comes."""
    d, f = shape.width, shape.feed_forward
    encoder, step = BATCH * length, BATCH * BEAMS
    times = {
        (encoder, d, d): shape.encoder_layers * 4 + shape.decoder_layers * 2,  # and the keys and values looked at
        (encoder, d, f): shape.encoder_layers,
        (encoder, f, d): shape.encoder_layers,
        (step, d, d): length * shape.decoder_layers * 6,
        (step, d, f): length * shape.decoder_layers,
        (step, f, d): length * shape.decoder_layers,
        (step, d, shape.vocabulary): length,
    }
    return sum(count * _product(*size, dtype) for size, count in times.items())


def _product(rows: int, inner: int, outer: int, dtype: Any) -> float:
    import torch

    left, right = torch.randn(rows, inner, dtype=dtype), torch.randn(outer, inner, dtype=dtype)
    with torch.inference_mode():
        torch.nn.functional.linear(left, right)
        return _best(lambda: [torch.nn.functional.linear(left, right) for _ in range(5)]) / 5
