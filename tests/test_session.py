from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest
from fakes import PAGE, tools, translate

from summarizer.errors import InputTooLong, ModelNotHere, NotArabic
from summarizer.records import Page, Settings, Translated
from summarizer.session import KEPT_MODELS, MAX_TEXT, PASTED, Desk, Flags, Turns, Unexpected, pasted_page

TWO_STORIES = Page("a.txt", PAGE)


@pytest.fixture
def desk() -> Iterator[Desk]:
    yield Desk(lambda _: tools())


def test_stories_come_one_by_one_and_the_first_says_it_waits() -> None:
    gate = threading.Event()
    desk = Desk(lambda _: tools() if gate.wait(5) else None)  # type: ignore[arg-type,return-value]
    steps = desk.follow(TWO_STORIES, Settings())
    assert next(steps).phase == "waiting"
    gate.set()
    phases = [(work.phase, len(work.briefs)) for work in steps]
    assert phases == [("working", 0), ("working", 1), ("done", 1)]
    assert next(desk.follow(TWO_STORIES, Settings())).phase == "working"


def test_a_model_is_loaded_once_for_everybody() -> None:
    loads: list[Settings] = []

    def load(settings: Settings) -> object:
        loads.append(settings)
        time.sleep(0.05)
        return tools()

    desk = Desk(load)  # type: ignore[arg-type]
    threads = [threading.Thread(target=lambda: list(desk.follow(TWO_STORIES, Settings()))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(loads) == 1


def test_a_readers_terms_are_used_and_not_kept() -> None:
    asked: list[Settings] = []
    desk = Desk(lambda settings: asked.append(settings) or tools())  # type: ignore[func-returns-value]
    own = Settings(glossary=(("مستشفى النخلة", "Palm Tree Hospital"),))
    *_, work = desk.follow(TWO_STORIES, own)
    assert work.phase == "done" and asked == [Settings(), own]
    list(desk.follow(TWO_STORIES, Settings()))
    assert asked == [Settings(), own], "the models of everybody are there still, without them"


def test_few_models_stay_in_memory(desk: Desk) -> None:
    for name in ("embedded", "opus-mt", "opus-mt-big", "nllb-600m"):
        desk.tools(Settings(translator=name))
    assert len(desk._sets) <= KEPT_MODELS


def test_a_model_that_is_not_here_is_told_and_may_come_later() -> None:
    here = False

    def load(_: Settings) -> object:
        if not here:
            raise ModelNotHere(name="org/model", detail="", cure="")
        return tools()

    desk = Desk(load)  # type: ignore[arg-type]
    *_, last = desk.follow(TWO_STORIES, Settings())
    assert last.phase == "failed" and isinstance(last.error, ModelNotHere)
    here = True
    *_, last = desk.follow(TWO_STORIES, Settings())
    assert last.phase == "done"


def test_a_stop_is_felt_within_a_few_sentences() -> None:
    stop = threading.Event()
    turns: list[int] = []

    def slow(sentences: object) -> list[Translated]:
        turns.append(len(sentences))  # type: ignore[arg-type]
        stop.set()
        return translate(sentences)  # type: ignore[arg-type]

    desk = Desk(lambda _: tools(translate={"en": slow}))
    body = "\n\n".join(f"قال الوزير إن المستشفى رقم {n} سيفتح أبوابه أمام المرضى غدا." for n in range(60))
    *_, last = desk.follow(Page("a.txt", body), Settings(), stop.is_set)
    assert last.phase == "stopped"
    assert len(turns) == 1 and turns[0] < 10


def test_what_is_finished_stays_when_the_work_fails(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_: object) -> list[Translated]:
        raise ZeroDivisionError

    desk = Desk(lambda _: tools(translate={"en": broken}))
    with caplog.at_level(logging.ERROR):
        *_, last = desk.follow(TWO_STORIES, Settings())
    assert last.phase == "failed" and isinstance(last.error, Unexpected)
    assert "ZeroDivisionError" in caplog.text  # for us, not for the reader


def test_text_that_is_empty_too_long_or_foreign_is_told(desk: Desk) -> None:
    errors = {text: list(desk.follow_text(text, Settings()))[-1].error for text in ("", " \n", "Hello there, world.")}
    assert [type(e).__name__ for e in errors.values()] == ["EmptyInput", "EmptyInput", "NotArabic"]
    assert isinstance(errors["Hello there, world."], NotArabic)
    with pytest.raises(InputTooLong):
        pasted_page("م" * (MAX_TEXT + 1))
    assert pasted_page("م" * MAX_TEXT).source == PASTED


def test_turns_are_handed_on_in_the_order_of_asking() -> None:
    turns, order = Turns(), []

    def take(name: int) -> None:
        with turns.turn():
            order.append(name)

    with turns.turn():
        threads = [threading.Thread(target=take, args=(n,)) for n in range(6)]
        for number, thread in enumerate(threads, start=2):
            thread.start()
            while len(turns._queue) < number:
                time.sleep(0.001)
    for thread in threads:
        thread.join(5)
    assert order == list(range(6))


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = Turns()
    with pytest.raises(KeyError), turns.turn():
        raise KeyError
    with turns.turn():
        pass


def test_a_new_run_stops_the_one_before_it() -> None:
    flags = Flags()
    with flags.running("a/paste") as first, flags.running("b/paste") as other:
        with flags.running("a/paste") as second:
            assert first() and not second() and not other()
            flags.stop_all("a/")
            assert second() and not other()
        flags.stop("a/paste")  # nobody is running: nothing happens
    assert not flags._flags
