"""Word alignment of the corpus by eflomal: a guide for attention, and a dictionary for the embeddings.

Without either, a small model on two cores babbles for its first half hour; with both it translates after ten minutes
(RECIPE.md). Alignment is of pieces, from each English one to the Arabic one it comes from, or to none.

    align.npy     int16, beside `target.npy` of the corpus: a source position in the row, or -1
    lexicon.npz   arabic, english (ids), share: how often an Arabic piece that is linked is linked to that English one
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from .batches import Corpus
from .corpus import END
from .network import EMBEDDING

NONE = -1
RAREST = 3  # links; rarer ones are mostly noise
KEPT, DRAWN = 0.4, 0.9  # parts of the random and of the translated embedding (RECIPE.md, point 4)


def _lines(corpus: Corpus, side: int) -> Iterator[str]:
    """Rows as piece ids, without the end mark: what eflomal takes for words."""
    for row in range(len(corpus.arrays["twin"])):
        yield " ".join(map(str, corpus.pieces(side, [row])[:-1]))


def run_eflomal(corpus: Corpus, output: Path, *, iterations: float = 1.0) -> None:
    """Links "source-target" a line, each English piece linked at most once. Some minutes for 300,000 rows.

    Raises:
        ModuleNotFoundError: eflomal is not installed (pip install "mukhtasar[train]").
    """
    import eflomal

    aligner = eflomal.Aligner(model=3, rel_iterations=iterations)
    aligner.align(_lines(corpus, 0), _lines(corpus, 1), links_filename_fwd=str(output))


def links_array(corpus: Corpus, links: Iterable[str]) -> npt.NDArray[np.int16]:
    """The links as one array beside `target.npy`; the end of a sentence comes from the end of its source."""
    bounds = corpus.arrays["bounds"]
    found = np.full(bounds[-1, 1], NONE, np.int16)
    for row, line in enumerate(links):
        start, last = bounds[row, 1], bounds[row + 1, 1] - 1
        for link in line.split():
            source, target = link.split("-")
            found[start + int(target)] = int(source)
        found[last] = bounds[row + 1, 0] - bounds[row, 0] - 1
    return found


def count_links(corpus: Corpus, links: npt.NDArray[np.int16]) -> Counter[tuple[int, int]]:
    """How often each (Arabic piece, English piece) is linked."""
    bounds = corpus.arrays["bounds"]
    row = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds[:, 1]))
    linked = links != NONE
    arabic = corpus.arrays["source"][bounds[row[linked], 0] + links[linked]]
    english = corpus.arrays["target"][linked]
    return Counter(zip(arabic.tolist(), english.tolist(), strict=True))


def write_alignment(folder: Path) -> int:
    """Align the corpus in a folder and write both files; gives the number of dictionary entries."""
    corpus = Corpus.load(folder)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "links")
        run_eflomal(corpus, path)
        with path.open(encoding="utf-8") as lines:
            links = links_array(corpus, lines)
    counts = {pair: n for pair, n in count_links(corpus, links).items() if n >= RAREST and END not in pair}
    totals: Counter[int] = Counter()
    for (arabic, _), n in counts.items():
        totals[arabic] += n
    pairs = sorted(counts)
    shares = np.array([counts[pair] / totals[pair[0]] for pair in pairs], np.float32)
    ids = np.array(pairs, np.int64).reshape(-1, 2)
    np.savez(folder / "lexicon.npz", arabic=ids[:, 0], english=ids[:, 1], share=shares)
    np.save(folder / "align.npy", links)
    return len(pairs)


def lexical_start(weights: dict[str, Tensor], folder: Path) -> dict[str, Tensor]:
    """Weights whose Arabic embeddings lean towards their translations.

    For each Arabic piece f of the dictionary, v is the sum of share * E[e], scaled to the length of E[f]; then
    E[f] = 0.9 v + 0.4 E[f]. With tied output weights, attending to a word then already votes for its translation.
    """
    lexicon = np.load(folder / "lexicon.npz")
    arabic, english = (torch.from_numpy(lexicon[name]) for name in ("arabic", "english"))
    old = weights[EMBEDDING].detach()  # (V, C)
    drawn = torch.zeros_like(old).index_add_(0, arabic, old[english] * torch.from_numpy(lexicon["share"])[:, None])
    length = drawn.norm(dim=1, keepdim=True)
    has_entry = (length > 0).squeeze(1) & torch.zeros(len(old), dtype=torch.bool).index_fill_(0, arabic, value=True)
    scaled = drawn / length.clamp(min=1e-6) * old.norm(dim=1, keepdim=True)
    mixed = torch.where(has_entry[:, None], DRAWN * scaled + KEPT * old, old)
    return weights | {EMBEDDING: mixed.requires_grad_()}
