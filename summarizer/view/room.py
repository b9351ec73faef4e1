"""What the tabs of the page share: labels in two languages, stop flags, each reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from summarizer import wording
from summarizer.session import Desk, Flags, Stop

FIRST = "ar"
KEEP_SECONDS = 3600  # what a reader gave and got is gone within the hour
QUIETLY = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}  # a redraw, done at once
WORKING = {"show_progress": "hidden", "api_visibility": "private", "concurrency_id": "model"}


@dataclass
class Labels:
    """Widgets and the texts they bear, so that one switch can say them all in the other language."""

    bound: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)

    def make(self, kind: Callable[..., Any], texts: dict[str, Any], **options: Any) -> Any:
        """A widget whose properties in ``texts`` are keys of wording.WORDS, or functions of the language."""
        widget = kind(**self._said(texts, FIRST), **options)
        self.bound.append((widget, texts))
        return widget

    @property
    def widgets(self) -> list[Any]:
        return [widget for widget, _ in self.bound]

    def updates(self, language: str) -> list[Any]:
        return [gr.update(**self._said(texts, language)) for _, texts in self.bound]

    @staticmethod
    def _said(texts: dict[str, Any], language: str) -> dict[str, Any]:
        return {name: t(language) if callable(t) else wording.say(t, language) for name, t in texts.items()}


@dataclass
class Room:
    """What the tabs share: the models, the stop flags, the labels, and each reader's language."""

    desk: Desk
    flags: Flags = field(default_factory=Flags)
    labels: Labels = field(default_factory=Labels)
    spoken: dict[str, str] = field(default_factory=dict)

    def language(self, request: gr.Request) -> str:
        return self.spoken.get(str(request.session_hash), FIRST)

    def forget(self, request: gr.Request) -> None:
        """The reader closed the page: nobody waits for the work."""
        self.flags.stop_all(f"{request.session_hash}/")
        self.spoken.pop(str(request.session_hash), None)

    def stop(self, tab: str, request: gr.Request) -> None:
        self.flags.stop(f"{request.session_hash}/{tab}")

    @contextmanager
    def running(self, tab: str, request: gr.Request) -> Iterator[Stop]:
        with self.flags.running(f"{request.session_hash}/{tab}") as stop:
            yield stop
