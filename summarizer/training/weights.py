"""Model folders: reading the weights to train, and writing a MarianMTModel folder that anyone can load.

Only pieces that can stand in English take part in the output: those with Arabic letters are left out of the loss (half
the work of it) and are forbidden in the exported model by `final_logits_bias`, which transformers and CTranslate2 both
add to the logits. So no Arabic letter can be left in a translation.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from .config import NetworkConfig
from .network import EMBEDDING

FORBIDDEN = -1e4  # added to the logits of Arabic pieces; finite, for beams add logits up
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json", "tokenizer_config.json")


def read_vocabulary(tokenizer: Path) -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads((tokenizer / "vocab.json").read_text(encoding="utf-8"))
    return vocabulary


def english_pieces(tokenizer: Path) -> Tensor:
    """Ids that may stand in a translation, rising: neither Arabic letters, nor unknown, nor padding. (V,)"""
    vocabulary = read_vocabulary(tokenizer)
    never = ("<unk>", "<pad>")
    ids = [i for piece, i in vocabulary.items() if not _ARABIC.search(piece) and piece not in never]
    return torch.tensor(sorted(ids))


def read_network(folder: Path, dropout: float) -> NetworkConfig:
    """The shape of the model in a folder."""
    values = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return NetworkConfig(
        width=values["d_model"],
        heads=values["encoder_attention_heads"],
        feed_forward=values["encoder_ffn_dim"],
        encoder_layers=values["encoder_layers"],
        decoder_layers=values["decoder_layers"],
        dropout=dropout,
    )


def read_weights(folder: Path) -> dict[str, Tensor]:
    """Trained weights of a folder as float32 leaves; tables that are computed, not learnt, are left out."""
    tensors = load_file(folder / "model.safetensors")
    learnt = {name: t for name, t in tensors.items() if "embed_positions" not in name and name != "final_logits_bias"}
    if EMBEDDING not in learnt:  # tied copies may be saved under any of their names
        learnt[EMBEDDING] = next(t for name, t in learnt.items() if name.endswith("embed_tokens.weight"))
    tied = ("embed_tokens.weight", "lm_head.weight")
    return {n: t.float().clone().requires_grad_() for n, t in sorted(learnt.items()) if not n.endswith(tied)}


def new_weights(shape: NetworkConfig, pieces: int, seed: int) -> dict[str, Tensor]:
    """Random weights by RECIPE.md point 4: Xavier matrices, small residual outputs, cross-attention that copies."""
    generator = torch.Generator().manual_seed(seed)
    width = shape.width
    weights = {EMBEDDING: torch.randn(pieces, width, generator=generator) / math.sqrt(width)}
    weights[EMBEDDING][-1] = 0  # padding: CTranslate2 starts from a zero vector
    for name, rows, columns in _matrices(shape):
        if columns == 0:
            weights[f"{name}.weight"], weights[f"{name}.bias"] = torch.ones(rows), torch.zeros(rows)
            continue
        bound = math.sqrt(6 / (rows + columns))
        matrix = (torch.rand(rows, columns, generator=generator) * 2 - 1) * bound
        if name.endswith(("encoder_attn.v_proj", "encoder_attn.out_proj")):
            matrix = torch.eye(width)
        elif name.endswith(("out_proj", "fc2")):
            matrix *= 0.25
        weights[f"{name}.weight"], weights[f"{name}.bias"] = matrix, torch.zeros(rows)
    return {name: weight.requires_grad_() for name, weight in sorted(weights.items())}


def _matrices(shape: NetworkConfig) -> list[tuple[str, int, int]]:
    """(name, rows, columns) of every layer part; columns 0 marks a layer norm."""
    c, f = shape.width, shape.feed_forward
    found: list[tuple[str, int, int]] = []
    for side, layers in (("encoder", shape.encoder_layers), ("decoder", shape.decoder_layers)):
        for layer in range(layers):
            name = f"model.{side}.layers.{layer}"
            for block in ("self_attn", "encoder_attn")[: 1 if side == "encoder" else 2]:
                found += [(f"{name}.{block}.{part}_proj", c, c) for part in ("q", "k", "v", "out")]
                found.append((f"{name}.{block}_layer_norm", c, 0))
            found += [(f"{name}.fc1", f, c), (f"{name}.fc2", c, f), (f"{name}.final_layer_norm", c, 0)]
    return found


def marian_config(shape: NetworkConfig, pieces: int) -> dict[str, Any]:
    """Keyword arguments of a MarianConfig; the last piece is the padding and the decoder's start."""
    return {
        "vocab_size": pieces, "decoder_vocab_size": pieces, "d_model": shape.width,
        "encoder_layers": shape.encoder_layers, "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads, "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.feed_forward, "decoder_ffn_dim": shape.feed_forward,
        "activation_function": "swish", "dropout": 0.1, "scale_embedding": True, "max_position_embeddings": 512,
        "pad_token_id": pieces - 1, "decoder_start_token_id": pieces - 1, "eos_token_id": 0,
        "forced_eos_token_id": 0, "share_encoder_decoder_embeddings": True, "tie_word_embeddings": True,
    }  # fmt: skip


def write_model(
    folder: Path, weights: dict[str, Tensor], shape: NetworkConfig, tokenizer: Path, generation: dict[str, Any]
) -> None:
    """A complete model folder: weights in bfloat16, config, generation settings, tokenizer. Files whole or absent."""
    from transformers import GenerationConfig, MarianConfig

    folder.mkdir(parents=True, exist_ok=True)
    pieces = len(weights[EMBEDDING])
    bias = torch.full((1, pieces), FORBIDDEN)
    bias[0, english_pieces(tokenizer)] = 0.0
    tensors = {n: w.detach().to(torch.bfloat16).contiguous() for n, w in weights.items()}
    tensors["final_logits_bias"] = bias.to(torch.bfloat16)
    config = MarianConfig(**marian_config(shape, pieces), architectures=["MarianMTModel"], dtype="bfloat16")
    config.save_pretrained(folder)
    ids = {key: marian_config(shape, pieces)[key] for key in ("pad_token_id", "decoder_start_token_id", "eos_token_id")}
    GenerationConfig(**ids, forced_eos_token_id=0, **generation).save_pretrained(folder)
    for name in _TOKENIZER_FILES:
        shutil.copy(tokenizer / name, folder / name)
    part = folder / "model.safetensors.part"
    save_file(tensors, part, metadata={"format": "pt"})
    part.replace(folder / "model.safetensors")
