"""Named endpoints for programs: brief, translate, summarize."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr

from summarizer.records import Settings
from summarizer.session import Desk, as_told, pasted_page
from summarizer.view.panel import SENTENCES, WORDS, within


def add_api(desk: Desk) -> None:
    """Three named endpoints for programs. Their errors are the sentences a person would read."""

    def brief(text: str, max_sentences: int = SENTENCES[2], max_words: int = WORDS[2]) -> list[dict[str, Any]]:
        """Every story of a page of Arabic news: summary, translation, sentence pairs, doubts, as in briefs.jsonl."""
        settings = Settings(within(max_sentences, SENTENCES), within(max_words, WORDS))
        *_, work = desk.follow_text(text, settings)
        if work.error:
            raise gr.Error(str(work.error), print_exception=False)
        return [json.loads(json.dumps(b.to_dict())) for b in work.briefs]

    def translate(text: str) -> str:
        """Arabic to English, line by line; blank lines stay."""
        with _told():
            from summarizer.toolbox import translate_lines

            tools = desk.tools(Settings())
            return "\n".join(translate_lines(pasted_page(text).text.split("\n"), tools.translate["en"]))

    def summarize(text: str, max_sentences: int = SENTENCES[2], max_words: int = WORDS[2]) -> str:
        """A short Arabic summary of one Arabic text, in its own sentences."""
        with _told():
            from summarizer.pages import require_arabic, story_of
            from summarizer.sentences import split_story

            page = pasted_page(text)
            require_arabic(page)
            story = story_of(page)
            limits = {"max_sentences": within(max_sentences, SENTENCES), "max_words": within(max_words, WORDS)}
            return str(desk.tools(Settings()).summarize(story, sentences=split_story(story), **limits).text)

    for function in (brief, translate, summarize):
        gr.api(function, api_name=function.__name__, concurrency_id="model")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        raise gr.Error(str(as_told(error)), print_exception=False) from None
