"""A Hugging Face model folder -> CTranslate2's files, made once and kept in the user's cache.

The key is a hash of all that decides the result, so that new weights, another quantization or another release of
CTranslate2 never meet old files.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .models import fingerprint

# Architectures whose conversion is tested here; the others run on torch.
CONVERTIBLE = frozenset({"marian", "m2m_100", "t5", "mt5"})
REVISION = 1  # of the corrections below: raise it when they change


@dataclass(frozen=True)
class Converted:
    """The converted form of the model in ``folder``."""

    folder: Path
    quantization: str

    def path(self) -> tuple[Path, str]:
        """Where it lies, made now if need be; and a note when that is not the cache."""
        target = cache_folder() / self.key()
        if (target / "model.bin").is_file():
            return target, ""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            return self._make(target), ""
        except OSError as error:
            return self._make(_own_temporary_folder() / target.name), f"converted weights not kept: {error}"

    def key(self) -> str:
        """Hash of all that decides the converted weights."""
        return f"{fingerprint(self.folder)}-{self.quantization}-{REVISION}-{version('ctranslate2')}"

    def _make(self, target: Path) -> Path:
        workshop = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
        try:
            made = workshop / "model"
            converter(self.folder).convert(str(made), quantization=self.quantization)
            return _move_in(made, target)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)


def cache_folder() -> Path:
    """Where converted weights are kept: ``$XDG_CACHE_HOME/mukhtasar/ct2``, by default under ``~/.cache``."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "mukhtasar" / "ct2"


def _move_in(made: Path, target: Path) -> Path:
    """Rename, so that a reader sees all or nothing. Another process may have been first: then its work is used."""
    try:
        made.rename(target)
    except OSError:
        if not (target / "model.bin").is_file():
            raise
    return target


def _own_temporary_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mukhtasar-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def converter(folder: Path) -> Any:
    """CTranslate2's converter, with two corrections for transformers 5."""
    from ctranslate2.converters import TransformersConverter

    size = json.loads((folder / "config.json").read_text(encoding="utf-8"))["vocab_size"]

    class Corrected(TransformersConverter):  # type: ignore[misc]
        def load_model(self, *args: Any, **kwargs: Any) -> Any:
            model = super().load_model(*args, **kwargs)
            _restore_scaling(model.config)
            return model

        def load_tokenizer(self, *args: Any, **kwargs: Any) -> Any:
            return NamedIds(super().load_tokenizer(*args, **kwargs), size)

    return Corrected(str(folder))


def _restore_scaling(config: Any) -> None:
    """Say again whether a T5's output is scaled.

    transformers 5 sets ``tie_word_embeddings`` to True on every T5 and mT5, and CTranslate2 takes it to mean that the
    decoder's output is divided by sqrt(d_model). True of the first T5 only: mT5 and MADLAD-400 would write at a
    temperature of 30.
    """
    if config.model_type == "t5":
        config.tie_word_embeddings = config.scale_decoder_outputs
    if config.model_type == "mt5":
        config.tie_word_embeddings = False


class NamedIds:
    """A tokenizer that has one name for every row of the model's embeddings, in order.

    The language codes of M2M100 are no longer among a tokenizer's tokens in transformers 5, and padding rows never
    were; the converter then finds fewer names than rows. We speak to the model in ids, so that any name will do.
    """

    def __init__(self, tokenizer: Any, size: int) -> None:
        self._tokenizer = tokenizer
        self._size = size
        self.num_madeup_words = 0  # they are among the rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)

    def get_vocab(self) -> dict[str, int]:
        names: dict[str, int] = {}
        for number in range(self._size):
            token = str(self._tokenizer.convert_ids_to_tokens(number))
            names[token if token not in names else f"<row {number}>"] = number
        return names
