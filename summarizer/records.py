"""What flows through the program: frozen records, and a dict only at the JSON border.

bytes -> Page -> Story* -> Sentence* -> Summary (sentence positions, never a free copy)
                                     -> Translated (one for each Arabic sentence)
      -> Brief -> writers | Gradio | evaluation
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ParagraphKind = Literal["body", "heading", "bullet"]


@dataclass(frozen=True, slots=True)
class Page:
    """One input as text, before anything is taken from it."""

    source: str  # path as given, or a label such as "<stdin>"
    text: str
    format: str = "text"  # text, markdown, html, docx
    encoding: str = "utf-8"  # as detected; "unicode" when the text came decoded


@dataclass(frozen=True, slots=True)
class Dropped:
    """A block of the page that belongs to no story."""

    text: str
    reason: str  # a name from pages.REASONS


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Story:
    """One article of a page. ``text`` is its body: the paragraphs joined by newlines."""

    source: str
    number: int  # 1-based place on the page
    paragraphs: tuple[Paragraph, ...]
    headline: str = ""
    published: str = ""  # as printed on the page
    byline: str = ""
    dateline: str = ""
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of a text: ``text == whole[start:end]``; gaps between sentences are whitespace only."""

    text: str
    start: int
    end: int
    paragraph: int = 0  # 0-based index of the line (paragraph) it stands in
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Summary:
    """Positions of the chosen sentences (0-based, increasing) and the trimmed text of each."""

    positions: tuple[int, ...]
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Flag:
    """One doubt about one sentence. ``code`` is a name from checks.CODES; ``detail`` is the value in doubt."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code

    @classmethod
    def parse(cls, text: str) -> Flag:
        code, _, detail = text.partition(": ")
        return cls(code, detail)


@dataclass(frozen=True, slots=True)
class Translated:
    """The translation of one sentence. ``score`` is the mean log-probability a token, 0 at best; None if unknown."""

    text: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """An Arabic sentence beside its translation."""

    ar: str
    en: str
    score: float | None = None
    flags: tuple[Flag, ...] = ()
    paragraph: int = 0
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A brief in one further language (``--to fr``)."""

    headline: str
    summary: str
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a brief's content. Its digest, with the page's, tells whether a brief is still current."""

    max_sentences: int = 3
    max_words: int = 60
    summarizer: str = "extractive"
    translator: str = "embedded"
    to: tuple[str, ...] = ("en",)
    engine: Literal["auto", "ctranslate2", "torch"] = "auto"
    glossary: tuple[tuple[str, str], ...] = ()  # the reader's own terms: (Arabic, English)

    @property
    def digest(self) -> str:
        text = json.dumps(dataclasses.asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a reader gets for one story."""

    id: str  # stable: hash of the page's text and the story's place on it
    source: str
    story: int  # 1-based place on the page
    stories: int  # how many stories the page holds
    headline: str
    headline_en: str
    published: str
    byline: str
    dateline: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Pair, ...]
    summary_ar: str
    summary_sentences: tuple[int, ...]
    summary_en: str
    summary_pairs: tuple[Pair, ...]
    translation_en: tuple[str, ...]  # one text a paragraph
    checks: Mapping[str, Any]
    dropped: tuple[Dropped, ...]
    models: Mapping[str, str]
    encoding: str = "utf-8"
    headline_flags: tuple[Flag, ...] = ()
    other_languages: Mapping[str, Rendering] = field(default_factory=dict)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: plain types, real Arabic letters, fields in reading order."""
        return {
            "id": self.id,
            "source": self.source,
            "story": self.story,
            "stories": self.stories,
            "headline": self.headline,
            "headline_en": self.headline_en,
            "headline_flags": [str(f) for f in self.headline_flags],
            "published": self.published,
            "byline": self.byline,
            "dateline": self.dateline,
            "summary_ar": self.summary_ar,
            "summary_en": self.summary_en,
            "summary_sentences": list(self.summary_sentences),
            "summary_pairs": [_pair_to_dict(p) for p in self.summary_pairs],
            "paragraphs": [p.text for p in self.paragraphs],
            "paragraph_kinds": [p.kind for p in self.paragraphs],
            "translation_en": list(self.translation_en),
            "sentences": [_pair_to_dict(p) for p in self.sentences],
            "other_languages": {k: dataclasses.asdict(v) for k, v in self.other_languages.items()},
            "checks": dict(self.checks),
            "dropped": [dataclasses.asdict(d) for d in self.dropped],
            "models": dict(self.models),
            "encoding": self.encoding,
            "seconds": self.seconds,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Brief:
        """The inverse of :meth:`to_dict`. Raises KeyError naming a missing field."""
        plain = ("id", "source", "story", "stories", "headline", "headline_en", "published", "byline", "dateline")
        return cls(
            **{name: data[name] for name in plain},
            headline_flags=_flags(data["headline_flags"]),
            summary_ar=data["summary_ar"],
            summary_en=data["summary_en"],
            summary_sentences=tuple(data["summary_sentences"]),
            summary_pairs=tuple(_pair_from_dict(p) for p in data["summary_pairs"]),
            paragraphs=tuple(Paragraph(t, k) for t, k in zip(data["paragraphs"], data["paragraph_kinds"], strict=True)),
            translation_en=tuple(data["translation_en"]),
            sentences=tuple(_pair_from_dict(p) for p in data["sentences"]),
            other_languages={k: _rendering(v) for k, v in data["other_languages"].items()},
            checks=dict(data["checks"]),
            dropped=tuple(Dropped(**d) for d in data["dropped"]),
            models=dict(data["models"]),
            encoding=data["encoding"],
            seconds=data["seconds"],
        )


def _flags(texts: list[str]) -> tuple[Flag, ...]:
    return tuple(Flag.parse(t) for t in texts)


def _pair_to_dict(pair: Pair) -> dict[str, Any]:
    return dataclasses.asdict(pair) | {"flags": [str(f) for f in pair.flags]}


def _pair_from_dict(data: Mapping[str, Any]) -> Pair:
    return Pair(**{**data, "flags": _flags(data["flags"])})


def _rendering(data: Mapping[str, Any]) -> Rendering:
    return Rendering(data["headline"], data["summary"], tuple(data["paragraphs"]), tuple(data["sentences"]))
