"""Page -> Briefs: the one place where the steps meet. Pure: reads nothing, writes nothing, prints nothing."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from summarizer import checks, pages, sentences
from summarizer.errors import MukhtasarError, NoStory
from summarizer.records import (
    Brief,
    Page,
    Pair,
    Rendering,
    Sentence,
    Settings,
    Story,
    Summary,
    Translated,
)

Translate = Callable[[Sequence[str]], list[Translated]]
"""Same length, same order, always."""


class Summarize(Protocol):
    """What a summariser must be: a story and its sentences in, positions and texts out."""

    def __call__(
        self, story: Story, /, *, sentences: Sequence[Sentence], max_sentences: int, max_words: int
    ) -> Summary: ...


@dataclass(frozen=True)
class Tools:
    """Loaded models behind plain functions. ``translate`` maps a language code to a function; "en" is always there."""

    summarize: Summarize
    translate: Mapping[str, Translate]
    models: Mapping[str, str] = field(default_factory=dict)

    def digest(self, settings: Settings) -> str:
        """Changes when the settings or a model's weights do: a brief made under another digest is stale."""
        text = settings.digest + repr(sorted(self.models.items()))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class _Draft:
    """A story on its way to a brief: everything but the translations."""

    page: Page
    story: Story
    stories: int
    sentences: Sequence[Sentence]
    summary: Summary

    @property
    def texts(self) -> list[str]:
        """What has to be translated, in the order :func:`_finish` takes it back."""
        return [self.story.headline, *self.summary.sentences, *(s.text for s in self.sentences)]


def page_key(page: Page) -> str:
    """Identifies a page by where it came from and what it says; 16 hexadecimal digits."""
    return hashlib.sha256(f"{page.source}\0{page.text}".encode()).hexdigest()[:16]


def read_stories(page: Page) -> list[Story]:
    """The stories of a page. Raises EmptyInput, NotArabic or NoStory."""
    pages.require_arabic(page)
    stories, dropped = pages.split_page(page)
    if not stories:
        raise NoStory(source=page.source, blocks=len(dropped))
    return stories


def brief_page(page: Page, tools: Tools, settings: Settings) -> list[Brief]:
    """All briefs of one page, in page order. Raises the errors of :func:`read_stories`."""
    return _make_briefs(_drafts(page, tools, settings), tools, settings)


def brief_stories(page: Page, tools: Tools, settings: Settings) -> Iterator[Brief]:
    """The briefs of :func:`brief_page`, each as soon as it is made: for a reader who is waiting."""
    for draft in _drafts(page, tools, settings):
        yield from _make_briefs([draft], tools, settings)


def brief_pages(
    batch: Sequence[Page], tools: Tools, settings: Settings
) -> Iterator[tuple[Page, list[Brief] | MukhtasarError]]:
    """Briefs of several pages, sentences batched across them; a page that can't be read yields its error."""
    drafts: list[_Draft] = []
    errors: dict[int, MukhtasarError] = {}
    for index, page in enumerate(batch):
        try:
            drafts += _drafts(page, tools, settings)
        except MukhtasarError as error:
            errors[index] = error
    briefs = iter(_make_briefs(drafts, tools, settings))
    counts = {id(d.page): d.stories for d in drafts}
    for index, page in enumerate(batch):
        yield page, errors.get(index) or [next(briefs) for _ in range(counts[id(page)])]


def _drafts(page: Page, tools: Tools, settings: Settings) -> list[_Draft]:
    stories = read_stories(page)
    return [_draft(page, story, len(stories), tools, settings) for story in stories]


def _draft(page: Page, story: Story, stories: int, tools: Tools, settings: Settings) -> _Draft:
    parts = sentences.split_story(story)
    summary = tools.summarize(
        story, sentences=parts, max_sentences=settings.max_sentences, max_words=settings.max_words
    )
    return _Draft(page, story, stories, parts, summary)


def _make_briefs(drafts: Sequence[_Draft], tools: Tools, settings: Settings) -> list[Brief]:
    start = time.perf_counter()
    texts = [text for draft in drafts for text in draft.texts]
    translated = {language: iter(translate(texts)) for language, translate in tools.translate.items()}
    digest = tools.digest(settings)
    briefs = [
        _finish(draft, {lang: [next(it) for _ in draft.texts] for lang, it in translated.items()}, tools, digest)
        for draft in drafts
    ]
    seconds = time.perf_counter() - start
    words = [sum(map(len, draft.texts)) for draft in drafts]
    return [replace(b, seconds=_share(seconds, w, sum(words))) for b, w in zip(briefs, words, strict=True)]


def _share(seconds: float, part: int, whole: int) -> float:
    """A story's part of the time its group took; 0 under SOURCE_DATE_EPOCH, for output equal byte for byte."""
    # https://reproducible-builds.org/specs/source-date-epoch/
    return 0.0 if "SOURCE_DATE_EPOCH" in os.environ else round(seconds * part / max(whole, 1), 3)


def _finish(draft: _Draft, translated: Mapping[str, list[Translated]], tools: Tools, digest: str) -> Brief:
    story, summary = draft.story, draft.summary
    headline, *rest = translated["en"]
    summary_pairs = _pairs(summary.sentences, rest[: len(summary.sentences)])
    body = _pairs([s.text for s in draft.sentences], rest[len(summary.sentences) :], draft.sentences)
    return Brief(
        id=f"{page_key(draft.page)}-{story.number}",
        source=draft.page.source,
        story=story.number,
        stories=draft.stories,
        headline=story.headline,
        headline_en=headline.text,
        headline_flags=headline.flags,
        published=story.published,
        byline=story.byline,
        dateline=story.dateline,
        paragraphs=story.paragraphs,
        sentences=body,
        summary_ar=summary.text,
        summary_sentences=summary.positions,
        summary_en=" ".join(p.en for p in summary_pairs),
        summary_pairs=summary_pairs,
        translation_en=join_paragraphs(body, len(story.paragraphs)),
        checks=checks.report([*summary_pairs, *body]),
        dropped=story.dropped,
        models={**tools.models, "settings": digest},
        encoding=draft.page.encoding,
        other_languages={k: _rendering(draft, v) for k, v in translated.items() if k != "en"},
    )


def _pairs(
    arabic: Sequence[str], english: Sequence[Translated], places: Sequence[Sentence] | None = None
) -> tuple[Pair, ...]:
    pairs = [Pair(ar, t.text, t.score, t.flags) for ar, t in zip(arabic, english, strict=True)]
    if places is None:
        return tuple(pairs)
    return tuple(replace(p, paragraph=s.paragraph, kind=s.kind) for p, s in zip(pairs, places, strict=True))


def join_paragraphs(pairs: Sequence[Pair], count: int) -> tuple[str, ...]:
    """One text a paragraph: the English of its sentences in order."""
    joined = [""] * count
    for pair in pairs:
        joined[pair.paragraph] = f"{joined[pair.paragraph]} {pair.en}".strip()
    return tuple(joined)


def _rendering(draft: _Draft, translated: Sequence[Translated]) -> Rendering:
    headline, *rest = translated
    cut = len(draft.summary.sentences)
    body = _pairs([s.text for s in draft.sentences], rest[cut:], draft.sentences)
    return Rendering(
        headline=headline.text,
        summary=" ".join(t.text for t in rest[:cut]),
        paragraphs=join_paragraphs(body, len(draft.story.paragraphs)),
        sentences=tuple(p.en for p in body),
    )
