"""How good a translation is: BLEU and chrF2 with signatures, and what no average shows.

`number_recall`  the share of numbers in the Arabic that stand in the English, as often
`loops`          translations in which some four words come three times
`arabic`         translations with an Arabic letter left in them
`made_up`        translations with a word that is no English (checks.check_words)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from summarizer.checks import check_words

from .cleaning import ARABIC_LETTER
from .decode import Decoding, Translator
from .normalise import normalise

_THOUSAND = re.compile(r"(?<=\d)(?: (?:الف|الاف)(?:ا)?\b| thousand\b)")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


@dataclass(frozen=True, kw_only=True)
class Score:
    """One test set, one model. BLEU and chrF2 are 0 to 100; recall is 0 to 1; the rest are counts of lines."""

    name: str
    lines: int
    bleu: float
    chrf: float
    number_recall: float
    loops: int
    arabic: int
    made_up: int
    length_ratio: float
    signatures: tuple[str, str]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def numbers(text: str) -> Counter[str]:
    """The numbers of a text in one spelling: "١٬٢٥٠" and "1,250" are both 1250, "25 ألف" and "25,000" both 25000."""
    plain = re.sub(r"،(?=\d)", ",", normalise(text))
    plain = re.sub(r",(?=\d{3}\b)", "", plain)
    plain = _THOUSAND.sub("000", plain)
    return Counter(found.replace(",", ".") for found in _NUMBER.findall(plain))


def number_recall(sources: Sequence[str], outputs: Sequence[str]) -> float:
    """1.0 when every number of every source stands in its output; 1.0 too when there is none."""
    wanted = found = 0
    for source, output in zip(sources, outputs, strict=True):
        expected = numbers(source)
        wanted += expected.total()
        found += (expected & numbers(output)).total()
    return found / wanted if wanted else 1.0


def has_loop(text: str) -> bool:
    words = text.split()
    grams = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    return any(count > 2 for count in grams.values())


def score_lines(name: str, sources: Sequence[str], outputs: Sequence[str], references: Sequence[str]) -> Score:
    """Corpus scores of `outputs` against one reference a line."""
    from sacrebleu.metrics import BLEU, CHRF

    bleu, chrf = BLEU(), CHRF()
    words = [sum(len(text.split()) for text in texts) for texts in (outputs, references)]
    return Score(
        name=name,
        lines=len(outputs),
        bleu=bleu.corpus_score(list(outputs), [list(references)]).score,
        chrf=chrf.corpus_score(list(outputs), [list(references)]).score,
        number_recall=number_recall(sources, outputs),
        loops=sum(map(has_loop, outputs)),
        arabic=sum(bool(ARABIC_LETTER.search(text)) for text in outputs),
        made_up=sum(bool(check_words(source, output)) for source, output in zip(sources, outputs, strict=True)),
        length_ratio=words[0] / max(words[1], 1),
        signatures=(str(bleu.get_signature()), str(chrf.get_signature())),
    )


def _as_the_package_does(folder: Path) -> Callable[[Sequence[str]], list[str]]:
    from summarizer.translate import load_translator, translate

    translator = load_translator(str(folder))
    return lambda texts: [translated.text for translated in translate(texts, translator=translator)]


def read_pairs(path: Path) -> tuple[list[str], list[str]]:
    """Sources and references of `x.tsv` (Arabic, English, ...) or of `x.ar` with `x.en` beside it."""
    if path.suffix == ".ar":
        files = (path, path.with_suffix(".en"))
        sources, references = (file.read_text(encoding="utf-8").splitlines() for file in files)
        return sources, references
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row[0] for row in rows], [row[1] for row in rows]


def score_model(
    folder: Path,
    test_sets: Sequence[Path],
    *,
    first: int | None = None,
    decoding: Decoding | None = None,
    package: bool = False,
) -> list[tuple[Score, list[str]]]:
    """Score and outputs of a model folder on each test set; `first` limits the lines taken from each.

    The model's own best hypothesis, or with `package` what a user of the package gets: long sentences in pieces, rare
    names tried twice, the hypothesis with the fewest doubts.
    """
    lines = _as_the_package_does(folder) if package else partial(Translator(folder).lines, decoding=decoding)
    results = []
    for path in test_sets:
        sources, references = (side[:first] for side in read_pairs(path))
        outputs = lines(sources)
        results.append((score_lines(path.stem, sources, outputs, references), outputs))
    return results
