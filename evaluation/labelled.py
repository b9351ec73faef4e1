"""How much furniture gets into the stories of the labelled pages, and how much story is lost.

    python -m evaluation.labelled [--half odd|even] [--show]

Letters are counted, so that a sentence weighs more than a date. ``labelled_pages/README.md`` says what the pages are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.arabic import clean
from summarizer.layout import BULLET, NUMBERED
from summarizer.pages import split_page
from summarizer.records import Page

FOLDER = Path(__file__).parent / "labelled_pages"
LABELS = {"F": "furniture", "H": "headline", "S": "story", "N": "headline"}


@dataclass
class Tally:
    """Letters by label, and of them what went wrong; pages, and those with as many stories as they hold."""

    letters: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    counted_rightly: int = 0
    lines: list[str] = field(default_factory=list)

    def share(self, label: str) -> float:
        """Share of the label's letters that are where they shouldn't be, 0 to 1."""
        return self.wrong[label] / max(self.letters[label], 1)


def read(path: Path) -> list[tuple[str, str]]:
    """(label, text) of each line. Raises ValueError naming a line without a label."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        label, bar, text = line.partition("|")
        if label not in LABELS or not bar:
            raise ValueError(f"{path}, line {number}: begins with none of {', '.join(LABELS)} and |")
        rows.append((label, text))
    return rows


def measure(paths: Iterable[Path]) -> Tally:
    """Cut every page and compare: a furniture line in a story leaked, a story's line in none is lost."""
    tally = Tally()
    for path in paths:
        _measure_page(path.stem, read(path), tally)
    return tally


def _measure_page(name: str, rows: Sequence[tuple[str, str]], tally: Tally) -> None:
    stories, _ = split_page(Page(name, "\n".join(text for _, text in rows)))
    kept = Counter(_key(text) for story in stories for text in (story.headline, *(p.text for p in story.paragraphs)))
    # A text may stand on the page as a headline and as furniture: the story's own lines take theirs first.
    for label, text in sorted(rows, key=lambda row: row[0] == "F"):
        size, key = sum(map(str.isalpha, text)), _key(text)
        inside = kept[key] > 0
        kept[key] -= inside
        tally.letters[LABELS[label]] += size
        if size and inside == (label == "F"):
            tally.wrong[LABELS[label]] += size
            tally.lines.append(f"{name}  {'leaked' if label == 'F' else 'lost'}  {text}")
    tally.pages += 1
    tally.counted_rightly += len(stories) == 1 + sum(label == "N" for label, _ in rows)


def _key(text: str) -> str:
    return NUMBERED.sub("", BULLET.sub("", clean(text).strip())).strip()


def half(odd: bool) -> list[Path]:
    """The pages that rules were written on, or the others."""
    return [path for path in sorted(FOLDER.glob("*.txt")) if int(path.stem) % 2 == odd]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.labelled", description=__doc__)
    parser.add_argument("--half", choices=("odd", "even"), action="append", help="default: both")
    parser.add_argument("--show", action="store_true", help="print the lines that went wrong")
    options = parser.parse_args()
    for name in options.half or ("odd", "even"):
        tally = measure(half(name == "odd"))
        print(
            f"{name:4}  {tally.pages} pages  furniture leaked {tally.share('furniture'):.1%} of letters  story lost "
            f"{tally.share('story'):.2%}  headlines lost {tally.share('headline'):.1%}  stories counted rightly on "
            f"{tally.counted_rightly}"
        )
        if options.show:
            print(*tally.lines, sep="\n")


if __name__ == "__main__":
    main()
