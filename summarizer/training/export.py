"""From a checkpoint to the folder that ships: complete, small, and with a hash for each file.

The folder is written beside its place and renamed when whole; `hashes.json` is the last file in it, so a folder
with hashes is a finished one, and a file that was cut or changed afterwards is found out at load.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .average import average
from .config import RunConfig, at_root
from .decode import Decoding

HASHES = "hashes.json"
LARGEST = 60 * 2**20  # bytes: what a package may carry


def generation_settings(decoding: Decoding) -> dict[str, Any]:
    """The same search in the words of transformers' GenerationConfig."""
    return {
        "num_beams": decoding.beams,
        "no_repeat_ngram_size": decoding.no_repeat_ngram,
        "repetition_penalty": decoding.repetition_penalty,
        "length_penalty": decoding.length_penalty,
        "max_new_tokens": decoding.max_tokens,
        "early_stopping": True,
    }


def file_hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file of a folder, the hash file itself left out."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != HASHES)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def write_hashes(folder: Path) -> dict[str, str]:
    hashes = file_hashes(folder)
    (folder / HASHES).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")
    return hashes


def check_hashes(folder: Path) -> None:
    """Compare a folder with its `hashes.json`.

    Raises:
        FileNotFoundError: a file, or the list itself, is missing.
        ValueError: a file is cut or changed.
    """
    expected: dict[str, str] = json.loads((folder / HASHES).read_text(encoding="utf-8"))
    found = file_hashes(folder)
    missing = sorted(set(expected) - set(found))
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(missing)}: copy the folder again")
    changed = [name for name in expected if found[name] != expected[name]]
    if changed:
        raise ValueError(f"{folder} holds a cut or changed {', '.join(changed)}: copy the folder again")


def export(
    config: RunConfig, checkpoints: Sequence[Path], output: Path, *, decoding: Decoding, card: str | None = None
) -> int:
    """Average the checkpoints into a model folder; gives its size in bytes.

    Raises:
        ValueError: the folder would be larger than `LARGEST`.
    """
    from .weights import read_network, write_model

    shape = read_network(at_root(config.start), config.network.dropout) if config.start else config.network
    part = output.with_name(output.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    write_model(part, average(checkpoints), shape, at_root(config.tokenizer), generation_settings(decoding))
    if card is not None:
        (part / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    write_hashes(part)
    size = sum(path.stat().st_size for path in part.iterdir())
    if size > LARGEST:
        raise ValueError(f"{size / 2**20:.0f} MB is more than the {LARGEST / 2**20:.0f} MB that may ship")
    shutil.rmtree(output, ignore_errors=True)
    part.rename(output)
    return size
