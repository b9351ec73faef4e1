"""Models by name: one visible table, and where each of them lies on this machine.

Nothing here imports torch or transformers, and nothing here touches the network except :func:`fetch`, which runs only
when a person named a Hub model and allowed the download.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from .errors import ModelNotHere, UnknownModel, WeightsDamaged

Job = Literal["translate", "summarize"]

PACKAGE = Path(__file__).parent
NON_COMMERCIAL = "not for commercial use"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a person should know before choosing a model. ``where`` is a Hub id, or a folder on this machine."""

    name: str
    job: Job
    where: str
    licence: str
    parameters: str
    download: str
    languages: str
    needs: str = ""
    note: str = ""

    @property
    def on_hub(self) -> bool:
        return not Path(self.where).is_absolute()


# Sizes are those of the weight file a first use downloads, as its page on the Hub gives them.
_CARDS = (
    ModelCard(
        "embedded", "translate", str(PACKAGE / "weights" / "ar-en"), "Apache-2.0", "see its card", "none", "ar > en",
        note="comes with the package; made for news",
    ),
    ModelCard(
        "opus-mt", "translate", "Helsinki-NLP/opus-mt-ar-en", "Apache-2.0", "77 M", "310 MB", "ar > en",
        needs="1 GB of memory",
    ),
    ModelCard(
        "opus-mt-big", "translate", "Helsinki-NLP/opus-mt-tc-big-ar-en", "CC-BY-4.0", "240 M", "480 MB", "ar > en",
        needs="2 GB of memory", note="the best of its size",
    ),
    ModelCard(
        "nllb-600m", "translate", "facebook/nllb-200-distilled-600M", "CC-BY-NC-4.0", "615 M", "2.5 GB",
        "200 languages", needs="4 GB of memory", note=NON_COMMERCIAL,
    ),
    ModelCard(
        "nllb-1.3b", "translate", "facebook/nllb-200-distilled-1.3B", "CC-BY-NC-4.0", "1.4 B", "5.5 GB",
        "200 languages", needs="8 GB of memory", note=NON_COMMERCIAL,
    ),
    ModelCard(
        "madlad-3b", "translate", "google/madlad400-3b-mt", "Apache-2.0", "3 B", "11.8 GB",
        "more than 400 languages", needs="16 GB of memory, or a GPU",
    ),
    ModelCard(
        "extractive", "summarize", str(PACKAGE / "weights" / "extractive"), "Apache-2.0", "none", "none", "ar",
        note="sentences of the story itself; nothing is invented",
    ),
    ModelCard(
        "mt5-xlsum", "summarize", "csebuetnlp/mT5_multilingual_XLSum", "CC-BY-NC-SA-4.0", "580 M", "2.3 GB",
        "45 languages, Arabic among them", needs="4 GB of memory",
        note=f"one sentence, generated: it can invent; {NON_COMMERCIAL}",
    ),
    ModelCard(
        "instruct", "summarize", "Qwen/Qwen2.5-1.5B-Instruct", "Apache-2.0", "1.5 B", "3.1 GB",
        "29 languages, Arabic among them", needs="6 GB of memory, better a GPU", note="generated: it can invent",
    ),
)  # fmt: skip
REGISTRY: dict[str, ModelCard] = {card.name: card for card in _CARDS}

WEIGHT_FILES = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
# One of each group makes a tokenizer that transformers can read.
TOKENIZER_FILES = (
    "tokenizer.json",
    "source.spm",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "vocab.json",
)
HASHES = "hashes.json"
DECISIVE_FILES = ("*.safetensors", "*.bin", "*.json", "*.spm", "*.model", "*.txt")
# What is fetched: safetensors where there are any, else pickled weights (read with weights_only); no other framework's.
SMALL_FILES = ("*.json", "*.model", "*.spm", "*.txt", "*.jinja", "README.md")


def find(name: str, job: Job) -> ModelCard:
    """The card behind a name, a Hub id (``org/model``) or a local folder. Raises UnknownModel, listing the known."""
    card = REGISTRY.get(name)
    if card and card.job == job:
        return card
    folder = Path(name).expanduser()
    if folder.is_dir():
        return ModelCard(name, job, str(folder.resolve()), "see its folder", "unknown", "none", "unknown")
    if _is_hub_id(name):
        return ModelCard(
            name, job, name, "unknown", "unknown", "unknown", "unknown", note="not in the list; read its card"
        )
    raise UnknownModel(job=_JOB_WORDS[job], name=name, known=", ".join(_names(job)))


_JOB_WORDS = {"translate": "translator", "summarize": "summarizer"}


def _names(job: Job) -> list[str]:
    return [card.name for card in _CARDS if card.job == job]


def _is_hub_id(name: str) -> bool:
    owner, _, model = name.partition("/")
    return bool(owner.strip(". ~") and model.strip()) and "/" not in model


def locate(card: ModelCard) -> Path | None:
    """Where the model lies on this machine, or None. Never asks the network."""
    if not card.on_hub:
        return Path(card.where) if Path(card.where).is_dir() else None
    return _cached_snapshot(card.where)


def _cached_snapshot(hub_id: str) -> Path | None:
    # The cache is read as files: huggingface_hub takes 0.3 s to import, and `mukhtasar models` should answer at once.
    root = _hub_cache() / f"models--{hub_id.replace('/', '--')}"
    reference = root / "refs" / "main"
    if not reference.is_file():
        return None
    snapshot = root / "snapshots" / reference.read_text().strip()
    return snapshot if missing_file(snapshot) is None else None


def _hub_cache() -> Path:
    """As huggingface_hub finds it: HF_HUB_CACHE, else HF_HOME/hub, else XDG_CACHE_HOME/huggingface/hub."""
    if cache := os.environ.get("HF_HUB_CACHE"):
        return Path(cache).expanduser()
    home = os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    return Path(home).expanduser() / "hub"


def available() -> list[tuple[ModelCard, bool]]:
    """Every card of the table, and whether it is on this machine."""
    return [(card, locate(card) is not None) for card in REGISTRY.values()]


def missing_file(folder: Path) -> str | None:
    """The name of a file without which the model can't be loaded, or None when all is there."""
    if not (folder / "config.json").is_file():
        return "config.json"
    if not any((folder / name).is_file() for name in WEIGHT_FILES):
        return WEIGHT_FILES[0]
    if not any((folder / name).is_file() for name in TOKENIZER_FILES):
        return TOKENIZER_FILES[0]
    return next((name for name in _shards(folder) if not (folder / name).is_file()), None)


def _shards(folder: Path) -> list[str]:
    """The weight files a large model's index names; none for a model in one file."""
    indexes = [folder / name for name in WEIGHT_FILES if name.endswith(".index.json") and (folder / name).is_file()]
    if not indexes or any((folder / name).is_file() for name in WEIGHT_FILES if not name.endswith(".index.json")):
        return []
    return sorted(set(json.loads(indexes[0].read_text(encoding="utf-8"))["weight_map"].values()))


def verify(folder: Path) -> None:
    """Raise WeightsDamaged, naming the file, unless the model's files are all there and as ``hashes.json`` has them."""
    if name := missing_file(folder):
        raise WeightsDamaged(path=folder, detail=f"{name} is missing")
    if (folder / HASHES).is_file():
        for name, expected in _read_hashes(folder).items():
            if not (folder / name).is_file():
                raise WeightsDamaged(path=folder, detail=f"{name} is missing")
            if digest(folder / name) != expected:
                raise WeightsDamaged(path=folder, detail=f"{name} is not the file it was")


def _read_hashes(folder: Path) -> dict[str, str]:
    try:
        hashes: Any = json.loads((folder / HASHES).read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in hashes.items()}
    except (ValueError, AttributeError) as error:
        raise WeightsDamaged(path=folder, detail=f"{HASHES} can't be read ({error})") from error


def digest(path: Path) -> str:
    """sha256 of a file, in hexadecimal; read once for as long as its size and time stay."""
    stat = path.stat()
    return _digest(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hash(path: Path) -> str:
    """As :func:`digest`, without reading a file of the Hub's cache: those are links to blobs named by their hash."""
    name = path.resolve().name
    return name if re.fullmatch(r"[0-9a-f]{64}", name) else digest(path)


def fingerprint(folder: Path) -> str:
    """Twelve hexadecimal digits that change with anything in the folder that decides what the model writes."""
    files = sorted({path for pattern in DECISIVE_FILES for path in folder.glob(pattern)} - {folder / HASHES})
    lines = [f"{path.name} {content_hash(path)}" for path in files]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def folder_of(card: ModelCard, *, allow_download: bool = False, announce: Callable[[str], None] | None = None) -> Path:
    """The model's folder, complete and verified; fetched from the Hub when that is allowed.

    ``announce`` is told licence and size before a download starts. Raises ModelNotHere (with licence, size and the
    cure) or WeightsDamaged.
    """
    folder = locate(card)
    if folder is None and not card.on_hub:
        raise WeightsDamaged(path=card.where, detail="the folder is missing")
    if folder is None:
        folder = fetch(card, announce) if allow_download else _not_here(card)
    verify(folder)
    return folder


def _not_here(card: ModelCard) -> Path:
    detail = f"licence {card.licence}, {card.parameters} parameters, download {card.download}"
    raise ModelNotHere(
        name=card.where, detail=detail, cure=f"Allow the download (--download), or run: hf download {card.where}"
    )


def fetch(card: ModelCard, announce: Callable[[str], None] | None = None) -> Path:
    """Download a Hub model into the Hub's own cache. Raises ModelNotHere when the Hub can't be reached."""
    from huggingface_hub import model_info, snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        page = model_info(card.where, files_metadata=True)
        sizes = {file.rfilename: file.size or 0 for file in page.siblings or []}
        wanted = _wanted(sizes)
        if announce:
            licence = getattr(page.card_data, "license", None) or card.licence
            announce(f"Downloading {card.where}: licence {licence}, {sum(sizes[n] for n in wanted) / 1e6:,.0f} MB")
        return Path(snapshot_download(card.where, revision=page.sha, allow_patterns=wanted))
    except (HfHubHTTPError, OSError) as error:
        cure = "Check the spelling and the connection, or copy the model's folder here and give its path."
        raise ModelNotHere(name=card.where, detail=_first_line(error), cure=cure) from error


def _wanted(names: Iterable[str]) -> list[str]:
    """The files of a repository that loading needs, from its root folder only."""
    root = [name for name in names if "/" not in name]
    small = [name for name in root if any(fnmatch(name, pattern) for pattern in SMALL_FILES)]
    tensors = [name for name in root if name.endswith(".safetensors")]
    return small + (tensors or [name for name in root if fnmatch(name, "pytorch_model*.bin")])


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
