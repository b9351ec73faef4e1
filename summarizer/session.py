"""What stands behind the page in the browser, without a widget: models loaded once, stories as they are ready, stops.

Many people share one model. Each takes it for a few sentences at a time, in turn, so that a folder of pages does not
keep a pasted paragraph waiting, and so that a stop is felt within those few sentences.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from summarizer import briefs
from summarizer.briefs import Tools, Translate
from summarizer.errors import EmptyInput, InputTooLong, MukhtasarError
from summarizer.records import Brief, Page, Settings, Translated

MAX_TEXT = 200_000  # characters in the paste box and through the API: some 30,000 words, a newspaper's worth
TURN_SENTENCES = 8  # translated in one turn at the model: half a second's work of two cores
KEPT_MODELS = 2  # sets of models in memory: the one in use, and one to compare it with
POLL_SECONDS = 0.1
PASTED = "pasted text"  # the source of a pasted page; cards and messages show it in the reader's language
Phase = Literal["idle", "waiting", "working", "done", "stopped", "failed"]
Stop = Callable[[], bool]
log = logging.getLogger(__name__)


class Stopped(Exception):
    """The reader asked for a stop, or closed the page."""


class Unexpected(MukhtasarError):
    """A defect of ours; the details are in the log, not on the page."""

    english = "Something went wrong in the program itself. What is finished is kept; the log has the details."
    arabic = "حدث خطأ في البرنامج نفسه. ما أنجز محفوظ، والتفاصيل في سجل البرنامج."


@dataclass(frozen=True, slots=True)
class Work:
    """A snapshot of one page on its way to briefs: all that is needed to draw it."""

    phase: Phase = "idle"
    briefs: tuple[Brief, ...] = ()
    error: MukhtasarError | None = None


class Turns:
    """A lock that is handed on in the order of asking; threading.Lock lets a busy loop take it again and again."""

    def __init__(self) -> None:
        self._queue: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        mine = threading.Event()
        with self._lock:
            self._queue.append(mine)
            self._queue[0].set()
        try:
            mine.wait()
            yield
        finally:
            with self._lock:
                self._queue.remove(mine)
                if self._queue:
                    self._queue[0].set()


class Flags:
    """Stop flags by name. A new run under a name stops the one before it."""

    def __init__(self) -> None:
        self._flags: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def running(self, name: str) -> Iterator[Stop]:
        flag = threading.Event()
        with self._lock:
            self.stop(name)
            self._flags[name] = flag
        try:
            yield flag.is_set
        finally:
            with self._lock:
                if self._flags.get(name) is flag:
                    del self._flags[name]

    def stop(self, name: str) -> None:
        if flag := self._flags.get(name):
            flag.set()

    def stop_all(self, prefix: str) -> None:
        for name in [n for n in list(self._flags) if n.startswith(prefix)]:
            self.stop(name)


class Desk:
    """The models of this program and the work done with them. Thread-safe; one is shared by everybody."""

    def __init__(self, load: Callable[[Settings], Tools] | None = None) -> None:
        self._load = load or _load
        self._sets: OrderedDict[tuple[object, ...], Future[Tools]] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = Turns()
        self._loading = threading.Lock()

    def preload(self, settings: Settings) -> Future[Tools]:
        """Begin to load what the settings name, in the background; the same future for the same models.

        Without a glossary: what is kept here is everybody's.
        """
        settings = replace(settings, glossary=())
        key = (settings.summarizer, settings.translator, settings.to, settings.engine)
        with self._lock:
            future = self._sets.get(key)
            if future is None or (future.done() and future.exception()):
                future = self._sets[key] = Future()
                threading.Thread(target=self._fill, args=(future, settings), daemon=True).start()
            self._sets.move_to_end(key)
            self._forget_oldest()
        return future

    def _fill(self, future: Future[Tools], settings: Settings) -> None:
        with self._loading:
            try:
                future.set_result(self._load(settings))
            except BaseException as error:  # told to whoever waits
                future.set_exception(error)

    def _forget_oldest(self) -> None:
        done = [key for key, future in self._sets.items() if future.done()]
        for key in done[: max(0, len(self._sets) - KEPT_MODELS)]:
            del self._sets[key]

    def tools(self, settings: Settings, stop: Stop = lambda: False) -> Tools:
        """Loaded models that stop when asked and share the machine. Waits for them; raises Stopped or a ModelError."""
        loaded = self._wait(settings, stop)
        if settings.glossary:  # the models are there already; a reader's terms are not kept
            loaded = self._load(settings)

        def summarize(*args: object, **options: object) -> object:
            self._look(stop)
            with self._turns.turn():
                return loaded.summarize(*args, **options)  # type: ignore[arg-type]

        translate = {language: self._in_turns(function, stop) for language, function in loaded.translate.items()}
        return replace(loaded, summarize=summarize, translate=translate)  # type: ignore[arg-type]

    def _wait(self, settings: Settings, stop: Stop) -> Tools:
        future = self.preload(settings)
        while True:
            self._look(stop)
            try:
                return future.result(timeout=POLL_SECONDS)
            except TimeoutError:
                if future.done():
                    raise

    def _in_turns(self, translate: Translate, stop: Stop) -> Translate:
        def translate_in_turns(sentences: Sequence[str]) -> list[Translated]:
            # Like lengths in one turn, as in one batch: in the order of the text it would take half as long again.
            order = sorted(range(len(sentences)), key=lambda place: len(sentences[place]))
            translated: dict[int, Translated] = {}
            for start in range(0, len(order), TURN_SENTENCES):
                places = order[start : start + TURN_SENTENCES]
                self._look(stop)
                with self._turns.turn():
                    translated |= zip(places, translate([sentences[place] for place in places]), strict=True)
            return [translated[place] for place in range(len(sentences))]

        return translate_in_turns

    @staticmethod
    def _look(stop: Stop) -> None:
        if stop():
            raise Stopped

    def follow_text(self, text: str | None, settings: Settings, stop: Stop = lambda: False) -> Iterator[Work]:
        """:meth:`follow` for a pasted text."""
        try:
            page = pasted_page(text)
        except MukhtasarError as error:
            yield Work("failed", error=error)
            return
        yield from self.follow(page, settings, stop)

    def follow(self, page: Page, settings: Settings, stop: Stop = lambda: False) -> Iterator[Work]:
        """Snapshots of the work on one page: waiting for the model, each story as it is ready, and the end."""
        work = Work()
        try:
            if not self.preload(settings).done():
                work = Work("waiting")
                yield work
            tools = self.tools(settings, stop)
            work = Work("working")
            yield work
            for brief in briefs.brief_stories(page, tools, settings):
                work = replace(work, briefs=(*work.briefs, brief))
                yield work
            yield replace(work, phase="done")
        except Stopped:
            yield replace(work, phase="stopped")
        except Exception as error:  # told in place; what is finished stays
            yield replace(work, phase="failed", error=as_told(error))


def as_told(error: Exception) -> MukhtasarError:
    """The error itself when it is meant for readers; anything else goes to the log."""
    if isinstance(error, MukhtasarError):
        return error
    log.error("a defect showed itself", exc_info=error)
    return Unexpected()


def pasted_page(text: str | None) -> Page:
    """The page of a paste box. Its length is checked here, because a browser's limit does not bind the API."""
    text = text or ""
    if len(text) > MAX_TEXT:
        raise InputTooLong(source=PASTED, size=len(text), limit=MAX_TEXT)
    if not text.strip():
        raise EmptyInput(source=PASTED)
    return Page(PASTED, text, "text", "unicode")


def _load(settings: Settings) -> Tools:
    from summarizer.toolbox import load_tools

    return load_tools(settings)
