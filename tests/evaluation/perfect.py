"""Briefs that say exactly what the references say: every test breaks them in one way and looks at one metric."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from evaluation.alignment import Aligned, align
from evaluation.references import FOLDER, PageReference, StoryReference, load_page
from summarizer.records import Brief, Pair, Paragraph

# Small pages of different kinds: one story with furniture, two stories, seven stories of a seed.
NAMES = ("sudan-cholera-kassala", "tunisia-caravan-and-rail", "libya-medical-services-authority")
PAGES = [load_page(FOLDER / name) for name in NAMES]
SUDAN, TUNISIA, LIBYA = PAGES


def brief(page: PageReference, story: StoryReference) -> Brief:
    pairs = tuple(Pair(s.ar, s.en, paragraph=i, kind=_kind(s.kind)) for i, s in enumerate(story.sentences))
    return Brief(
        id=f"{page.name}-{story.number}",
        source=page.page,
        story=story.number,
        stories=len(page.stories),
        headline=story.headline_ar,
        headline_en=story.headline_en if story.headline_ar else "",
        published=story.published,
        byline=story.byline,
        dateline=story.dateline,
        paragraphs=tuple(Paragraph(s.ar, _kind(s.kind)) for s in story.sentences),
        sentences=pairs,
        summary_ar=story.summary_story_ar,
        summary_sentences=(0,),
        summary_en=story.summary_en,
        summary_pairs=(Pair(story.summary_story_ar, story.summary_en),),
        translation_en=tuple(s.en for s in story.sentences),
        checks={},
        dropped=(),
        models={"translator": "by hand", "settings": "0"},
    )


def _kind(kind: str) -> str:
    return "body" if kind == "sentence" else kind


def briefs(pages: Sequence[PageReference] = PAGES) -> list[Brief]:
    return [brief(page, story) for page in pages for story in page.stories]


def translated(change: Callable[[Pair], str], pages: Sequence[PageReference] = PAGES) -> list[Brief]:
    """Every sentence and headline translated as ``change`` says."""

    def broken(made: Brief) -> Brief:
        pairs = tuple(replace(p, en=change(p)) for p in made.sentences)
        headline = change(Pair(made.headline, made.headline_en)) if made.headline else ""
        return replace(made, sentences=pairs, headline_en=headline)

    return [broken(made) for made in briefs(pages)]


def summarised(change: Callable[[Brief], tuple[str, str]], pages: Sequence[PageReference] = PAGES) -> list[Brief]:
    """Every summary, Arabic and English, as ``change`` says."""

    def broken(made: Brief) -> Brief:
        arabic, english = change(made)
        return replace(made, summary_ar=arabic, summary_en=english, summary_pairs=(Pair(arabic, english),))

    return [broken(made) for made in briefs(pages)]


def aligned(made: Sequence[Brief], pages: Sequence[PageReference] = PAGES) -> Aligned:
    return align(made, pages)
