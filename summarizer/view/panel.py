"""The settings a reader can change, and what is said about the models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import gradio as gr

from summarizer import cards, corrections, models, wording
from summarizer.errors import BadTerm
from summarizer.records import Settings
from summarizer.view.room import QUIETLY, Room

SENTENCES, WORDS = (1, 10, 3), (10, 200, 60)  # least, most, default
MAX_TERMS_TEXT = 50_000  # characters
FURTHER = {code: f"further.{code}" for code in ("none", "fr", "es", "de", "it", "tr", "ru", "fa", "zh")}


class SettingsPanel:
    """Length, models, languages; the defaults need no thought."""

    def __init__(self, room: Room, *, title: str = "settings", opened: bool = False) -> None:
        self.room = room
        make = room.labels.make
        with make(gr.Accordion, {"label": title}, open=opened):
            self.sentences = make(
                gr.Slider, {"label": "settings.sentences"}, minimum=SENTENCES[0], maximum=SENTENCES[1], step=1,
                value=SENTENCES[2],
            )  # fmt: skip
            self.words = make(
                gr.Slider, {"label": "settings.words"}, minimum=WORDS[0], maximum=WORDS[1], step=5, value=WORDS[2]
            )
            self.summarizer = self._models(make, "summarize", "settings.summarizer", "extractive")
            self.translator = self._models(make, "translate", "settings.translator", "embedded")
            self.further = make(
                gr.Dropdown,
                {"label": "settings.further", "info": "settings.further.info",
                 "choices": partial(wording.choices, FURTHER)},
                value="none",
            )  # fmt: skip
            self.terms = make(
                gr.Textbox, {"label": "settings.terms", "placeholder": "glossary.hint", "info": "settings.terms.info"},
                lines=2, max_lines=8, max_length=MAX_TERMS_TEXT, elem_classes="plaintext terms",
            )  # fmt: skip
            self.card = make(gr.HTML, {"value": lambda code: _models_card(("extractive", "embedded"), code)})
        for choice in (self.summarizer, self.translator):
            choice.change(_describe(room), [self.summarizer, self.translator], [self.card], **QUIETLY)

    @staticmethod
    def settings(values: Sequence[Any]) -> Settings:
        """The widgets' values as settings, held within their limits whatever a client sends. Raises BadTerm."""
        sentences, words, summarizer, translator, further, terms = values
        return Settings(
            max_sentences=within(sentences, SENTENCES),
            max_words=within(words, WORDS),
            summarizer=summarizer,
            translator=translator,
            to=("en",) if further in (None, "none") else ("en", further),
            glossary=tuple(corrections.read_glossary(str(terms or "")[:MAX_TERMS_TEXT]).items()),
        )

    def asked(self, values: Sequence[Any], request: gr.Request) -> Settings:
        """The same; a term that is none is told to the reader, and nothing begins."""
        try:
            return self.settings(values)
        except BadTerm as bad:
            language = self.room.language(request)
            title = wording.say("settings.wrong", language)
            raise gr.Error(wording.tell(bad, language), title=title, print_exception=False) from None

    @staticmethod
    def _models(make: Callable[..., Any], job: str, label: str, default: str) -> Any:
        return make(gr.Dropdown, {"label": label, "choices": partial(_model_choices, job)}, value=default)

    @property
    def inputs(self) -> list[Any]:
        return [self.sentences, self.words, self.summarizer, self.translator, self.further, self.terms]


def within(value: object, limits: tuple[int, int, int]) -> int:
    least, most, default = limits
    return min(max(int(value), least), most) if isinstance(value, int | float) else default


def _describe(room: Room) -> Callable[..., str]:
    def describe(summarizer: str, translator: str, request: gr.Request) -> str:
        return _models_card((summarizer, translator), room.language(request))

    return describe


def _models_card(names: Sequence[str], language: str) -> str:
    return cards.models_card([(card, here) for card, here in models.available() if card.name in names], language)


def _model_choices(job: str, language: str) -> list[tuple[str, str]]:
    absent = wording.say("model.absent", language)
    return [
        (f"{card.name} · {card.licence}" + ("" if here else f" · {absent}"), card.name)
        for card, here in models.available()
        if card.job == job
    ]
