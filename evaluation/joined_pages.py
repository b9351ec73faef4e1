"""Pages made by joining articles of a corpus, with what a news site prints around them, and the truth about each line.

The corpus and the wordings of the furniture are each cut in two by a hash: rules are written looking at "dev" and
reported on "report", so that neither an article nor a wording of the report was seen when a rule was written.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from summarizer.arabic import clean

Label = Literal["headline", "body", "heading", "furniture", "stray"]

WORDINGS = Path(__file__).with_name("furniture.json")
# Articles that hold a site's own links or rules of dashes: their lines are furniture already, so the truth is unclear.
_UNCLEAR = re.compile(
    r"^\W*(و?للمزيد|إقرأ|اقرأ|أقرأ|قد يهمك|شاهد|طالع|تابعونا|نقلا|\(?المصدر|لمتابعة|لمعرفة)|[-_=×*]{3}|https?:", re.M
)
_FEWEST_WORDS = 40


@dataclass(frozen=True)
class Article:
    id: str
    group: str  # source and category: neighbours in a group are about like things
    title: str
    paragraphs: tuple[str, ...]


@dataclass
class JoinedPage:
    """The text of a page and, line for line, what each line is and which article it is of (-1: none)."""

    lines: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    text: str = ""

    def add(self, line: str, label: Label, story: int, *, before: str = "\n") -> None:
        self.lines.append(line)
        self.labels.append(label)
        self.stories.append(story)
        self.text += (before if self.text else "") + line


def side(key: str) -> str:
    """Which part a key belongs to."""
    return "dev" if int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2 else "report"


def load_articles(path: Path, part: str) -> list[Article]:
    """The clear articles of one part, in the order of the corpus."""
    with lzma.open(path, "rt", encoding="utf-8") as rows:
        articles = [_article(json.loads(row)) for row in rows]
    return [a for a in articles if side(a.id) == part and _is_clear(a)]


def _article(row: dict[str, Any]) -> Article:
    paragraphs = tuple(line for line in clean(row["text"]).split("\n") if line)
    return Article(row["id"], f"{row['source']}/{row['category']}", " ".join(clean(row["title"]).split()), paragraphs)


def _is_clear(article: Article) -> bool:
    text = "\n".join((article.title, *article.paragraphs))
    return len(text.split()) >= _FEWEST_WORDS and not _UNCLEAR.search(text) and len(article.paragraphs) > 1


def load_wordings(part: str) -> dict[str, list[Any]]:
    """The furniture of one part; the fillers (names, places) belong to both."""
    tables = json.loads(WORDINGS.read_text(encoding="utf-8"))
    fillers = {"heading_words", "names", "latin", "cities", "agencies", "tags"}
    return {
        name: rows if name in fillers else [row for row in rows if side(json.dumps(row, ensure_ascii=False)) == part]
        for name, rows in tables.items()
    }


@cache
def _subject(article: Article) -> frozenset[str]:
    """The rarer words of an article's beginning, roughly."""
    words = re.findall(r"\w{4,}", f"{article.title} {article.paragraphs[0]}")
    return frozenset(word.removeprefix("و").removeprefix("ب").removeprefix("ال") for word in words)


def make_pages(articles: list[Article], *, part: str, pages: int, seed: int, headlines: bool) -> Iterator[JoinedPage]:
    """``pages`` pages of 2 to 8 stories each, the same ones for the same arguments."""
    rng = random.Random(f"{part}/{seed}/{headlines}")
    wordings = load_wordings(part)
    for _ in range(pages):
        yield _Maker(rng, articles, wordings, headlines=headlines).page()


class _Maker:
    """One page: its layout is drawn once, its stories one after the other."""

    def __init__(
        self, rng: random.Random, articles: list[Article], wordings: dict[str, list[Any]], *, headlines: bool
    ) -> None:
        self.rng, self.articles, self.wordings, self.headlines = rng, articles, wordings, headlines
        self.between = rng.choice(["\n", "\n\n", "\n\n"])  # paragraphs
        self.before_story = rng.choice([self.between, "\n\n", "\n\n\n"])
        self.after_headline = rng.choice([self.between, "\n"])
        self.without_stops = rng.random() < 0.1
        self.furniture = 0.0 if rng.random() < 0.25 else rng.choice([0.3, 0.6, 0.9])
        self.datelines = rng.choice([0.0, 0.0, 0.3, 0.9])
        self.untidy = rng.random() < 0.25  # blank lines as they fall
        self.broken = rng.choice([0.0] * 7 + [0.3])  # share of long paragraphs with a line break inside a sentence
        self.headed = rng.choices([0.05, 0.3, 0.9], [70, 15, 15])[0]  # share of paragraphs under a heading of their own
        self.long_headlines = rng.random() < 0.15
        self.most_paragraphs = rng.choice([99, 99, 99, rng.randint(1, 4)])  # pages of offices print short items
        self.made = JoinedPage()

    def page(self) -> JoinedPage:
        if self.chance(0.5):
            self.menu()
        for number, article in enumerate(self.chosen()):
            self.story(number, article)
        if self.chance(0.3):
            self.menu()
        return self.made

    def chance(self, share: float) -> bool:
        """Whether a piece of furniture is printed here, on a page with this much of it."""
        return self.rng.random() < share * self.furniture

    def chosen(self) -> list[Article]:
        """A third of the pages hold stories of one section, a third stories of one subject; the others are mixed."""
        count = self.rng.randint(2, 8)
        choice = self.rng.random()
        if choice < 0.34:
            return self.rng.sample(self.articles, count)
        start = self.rng.randrange(len(self.articles))
        first = self.articles[start]
        near = [a for a in self.articles[start + 1 : start + 200] if a.group == first.group]
        if choice < 0.67:
            return [first, *self.rng.sample(near, min(count - 1, len(near)))]
        subject = _subject(first)
        near.sort(key=lambda a: len(subject & _subject(a)), reverse=True)
        return [first, *near[: count - 1]]

    def story(self, number: int, article: Article) -> None:
        self.before = self.before_story
        if number and self.chance(0.15):
            self.put(self.filled("list_headings"), "furniture", -1)  # an aggregator prints the next story under it
        self.masthead(number, article)
        paragraphs = [
            self.unstopped(part) for p in article.paragraphs[: self.most_paragraphs] for part in self.parts(p)
        ]
        if self.rng.random() < self.datelines / 2:
            paragraphs[0] = self.filled("inline_dateline") + paragraphs[0]
        for place, paragraph in enumerate(paragraphs):
            if place and self.rng.random() < self.headed:
                self.put(self.section_heading(paragraph), "heading", number)
            self.put(paragraph, "body", number)
            if place + 1 < len(paragraphs):
                self.interruption()
        self.footer()

    def masthead(self, number: int, article: Article) -> None:
        if self.chance(0.3):
            self.put(self.filled("before"), "furniture", -1)
        when_first = self.rng.random() < 0.3
        if when_first and self.chance(0.5):
            self.put(self.filled("published"), "furniture", -1)
        headline = self.headline(article)
        if self.headlines:
            self.put(headline, "headline", number)
            self.before = self.after_headline
        if not when_first and self.chance(0.6):
            self.put(self.filled("published"), "furniture", -1)
        if self.chance(0.4):
            self.put(self.filled("byline"), "furniture", -1)
        if self.chance(0.15):
            self.put(self.stray(), "stray", -1)
        if self.headlines and self.chance(0.15):
            self.put(headline, "furniture", -1)
        if self.rng.random() < self.datelines / 2:
            self.put(self.filled("dateline"), "furniture", -1)

    def headline(self, article: Article) -> str:
        """The article's, or on some pages the long kind that is the first sentence without its end."""
        words = article.paragraphs[0].split()
        count = self.rng.randint(14, 28)
        if not self.long_headlines or len(words) < count + 4:
            return article.title
        return re.sub(r"[\W_]+$", "", re.split(r"[.!؟] ", " ".join(words[:count]))[0])

    def interruption(self) -> None:
        if self.chance(0.15):
            self.put(self.filled("inside"), "furniture", -1)
        elif self.headlines and self.chance(0.04):
            self.links()

    def footer(self) -> None:
        for _ in range(self.rng.randint(0, 3)):
            if self.chance(0.8):
                self.put(self.filled("after"), "furniture", -1)
        if self.chance(0.15):
            self.put(self.stray(), "stray", -1)
        if self.chance(0.3):
            self.links()

    def links(self) -> None:
        self.put(self.filled("list_headings"), "furniture", -1)
        for _ in range(self.rng.randint(1, 4)):
            self.put(self.rng.choice(self.articles).title, "furniture", -1)

    def stray(self) -> str:
        """A line no rule can know: a bare name, a list of tags without signs. It must not upset what surrounds it."""
        words = [word for word in self.rng.choice(self.articles).title.split() if len(word) > 3] or ["متفرقات"]
        self.rng.shuffle(words)
        return str(self.rng.choice([self.rng.choice(self.wordings["names"]), " ".join(words[:4]), " ".join(words[:2])]))

    def menu(self) -> None:
        for item in self.rng.choice(self.wordings["menus"]):
            self.put(item, "furniture", -1)

    def put(self, line: str, label: Label, story: int) -> None:
        stray = "\n" * (self.untidy and self.rng.random() < 0.2)
        self.made.add(line, label, story, before=getattr(self, "before", "\n") + stray)
        self.before = self.between

    def parts(self, paragraph: str) -> list[str]:
        """The paragraph, or on some pages its halves, cut before an "and" as careless pasting cuts."""
        places = [m.start() for m in re.finditer(r" و(?=\w{3})", paragraph) if 60 < m.start() < len(paragraph) - 40]
        if not places or self.rng.random() >= self.broken:
            return [paragraph]
        cut = self.rng.choice(places)
        return [paragraph[:cut], paragraph[cut + 1 :]]

    def unstopped(self, paragraph: str) -> str:
        return paragraph.removesuffix(".") if self.without_stops else paragraph

    def section_heading(self, paragraph: str) -> str:
        """A stock heading, or an abstract noun with a few words of the paragraph under it, as editors make them."""
        words = [word for word in re.findall(r"\w+", paragraph) if len(word) > 3]
        if self.rng.random() < 0.4 or len(words) < 12:
            return str(self.rng.choice(self.wordings["section_headings"]))
        taken = sorted(self.rng.sample(range(1, min(len(words), 20)), self.rng.randint(1, 4)))
        return " ".join([self.rng.choice(self.wordings["heading_words"]), *(words[i] for i in taken)])

    def filled(self, table: str) -> str:
        rng, words = self.rng, self.wordings
        tags = rng.sample(words["tags"], 3)
        return str(rng.choice(words[table])).format(
            n=rng.randint(2, 9), d=rng.randint(10, 28), m=rng.randint(1, 12), h=rng.randint(1, 12),
            mi=rng.randint(10, 59), name=rng.choice(words["names"]), latin=rng.choice(words["latin"]),
            city=rng.choice(words["cities"]), agency=rng.choice(words["agencies"]),
            tag=tags[0], tag2=tags[1], tag3=tags[2], title=rng.choice(self.articles).title,
        )  # fmt: skip
