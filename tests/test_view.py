"""The page as a server: its endpoints, its limits, its handlers. What a reader sees of it is in tests/browser."""

from __future__ import annotations

import gc
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fakes import PAGE, tools
from served import GRADIOS_WARNINGS

from summarizer.arabic import strip_invisible
from summarizer.records import Brief, Settings
from summarizer.session import MAX_TEXT, Desk, Work

gradio_client = pytest.importorskip("gradio_client")
gradio = pytest.importorskip("gradio")
from summarizer import view  # noqa: E402
from summarizer.view import panel, paste, room  # noqa: E402

pytestmark = [pytest.mark.filterwarnings(line) for line in GRADIOS_WARNINGS]
DEFAULTS = (3, 60, "extractive", "embedded", "none", "")


class Outside(AssertionError):
    """Something tried to reach another machine."""


@pytest.fixture(scope="module")
def blocked() -> Iterator[list[str]]:
    """No name is looked up and no connection made but to this machine; what was tried is listed."""
    tried: list[str] = []
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def only_here(host: Any, *rest: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", "localhost", "0.0.0.0", "::1", None):
            tried.append(str(host))
            raise Outside(host)
        return look_up(host, *rest, **options)

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1"):
            tried.append(str(address))
            raise Outside(address)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", only_here)
        patch.setattr(socket.socket, "connect", connect_here)
        # Set by the view when it is imported; here another test may have brought the library in before.
        patch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY", True)
        yield tried


@pytest.fixture(scope="module")
def page(blocked: list[str]) -> Iterator[Any]:
    served = view.start(desk=Desk(lambda _: tools()))
    yield served
    served.close()
    gc.collect()  # here, where the filters above hold, and not under a later test


@pytest.fixture(scope="module")
def client(page: Any) -> Any:
    return connect(page)


def connect(page: Any) -> Any:
    options = {"timeout": 60}  # the library's own 5 s are little on a busy machine
    return gradio_client.Client(page.local_url, verbose=False, analytics_enabled=False, httpx_kwargs=options)


def test_a_program_can_ask_for_briefs(client: Any) -> None:
    (brief,) = client.predict(PAGE, 2, 50, api_name="/brief")
    assert Brief.from_dict(brief).headline == "وزارة الصحة تفتتح مركزا جديدا في طرابلس"


def test_a_program_can_translate_and_summarize(client: Any) -> None:
    english = client.predict("وصل الوزير أمس.\n\nوغادر الوفد اليوم.", api_name="/translate")
    assert english == "3 words.\n\n3 words."
    body = "افتتحت وزارة الصحة مركزا جديدا في طرابلس أمس. وقال الوزير إن العمل فيه يبدأ غدا."
    assert client.predict(body, 1, api_name="/summarize") == "افتتحت وزارة الصحة مركزا جديدا في طرابلس أمس."


def test_only_the_named_endpoints_are_open(client: Any) -> None:
    named = client.view_api(return_format="dict", print_info=False)
    assert set(named["named_endpoints"]) == {"/brief", "/translate", "/summarize"}
    assert not named["unnamed_endpoints"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "is empty"), ("Hello there, world.", "no Arabic article"), ("م" * (MAX_TEXT + 1), "at most 200,000")],
)
@pytest.mark.parametrize("endpoint", ["/brief", "/translate", "/summarize"])
def test_a_program_is_told_what_is_wrong(client: Any, endpoint: str, text: str, said: str) -> None:
    if endpoint == "/translate" and "Hello" in text:
        pytest.skip("a line without Arabic is given back as it is")
    with pytest.raises(Exception, match=said):
        client.predict(text, api_name=endpoint)


def test_limits_hold_whatever_a_program_sends(client: Any) -> None:
    assert client.predict(PAGE, 10**6, -5, api_name="/brief")


def test_ten_people_at_once_get_their_own_briefs(page: Any) -> None:
    answers: dict[int, str] = {}

    def ask(number: int) -> None:
        mine = connect(page)
        text = PAGE.replace("25 طبيبا", f"{number} طبيبا")
        answers[number] = mine.predict(text, api_name="/brief")[0]["summary_ar"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(100, 110)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {n for n, summary in answers.items() if f"{n} طبيبا" in summary} == set(range(100, 110))


def test_nothing_was_asked_of_another_machine(client: Any, blocked: list[str]) -> None:
    client.predict(PAGE, api_name="/brief")
    with urllib.request.urlopen(client.src) as answer:
        html = answer.read().decode()
    assert not blocked
    assert "fonts.googleapis" not in html and "cdn" not in html.lower().split("</head>")[0].replace("cdn-cgi", "")


def test_the_server_refuses_large_files_and_files_outside_its_folder(page: Any) -> None:
    assert page.max_file_size == 20 * 1024 * 1024
    for path in ("/etc/passwd", str(Path(view.__file__).resolve())):
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{page.local_url}gradio_api/file={path}")


def asked(session: str = "one") -> Any:
    return SimpleNamespace(session_hash=session)


@pytest.fixture(scope="module")
def tab(page: Any) -> paste.PasteTab:
    with view.gr.Blocks():
        return paste.PasteTab(room.Room(Desk(lambda _: tools())))


def test_a_reader_sees_each_story_and_then_the_downloads(tab: paste.PasteTab) -> None:
    *_, last = snapshots = list(tab.run(asked(), PAGE, *DEFAULTS))
    works = [s[2] for s in snapshots]
    assert [w.phase for w in works[-3:]] == ["working", "done", "done"]
    assert last[6].endswith(".zip") and last[7].endswith(".zip")
    assert not Path(last[6]).exists()  # ours is gone; the reader's is the copy the page has taken
    assert "طرابلس" in last[1] and 'lang="en"' in last[1]


def test_errors_follow_the_language(tab: paste.PasteTab) -> None:
    tab.room.spoken["english"] = "en"
    (arabic,), (english,) = (list(tab.run(asked(s), "", *DEFAULTS)) for s in ("one", "english"))
    assert "نص ملصق: لا يوجد نص لقراءته" in strip_invisible(arabic[1])
    assert "Pasted text is empty" in strip_invisible(english[1])


def test_corrections_are_kept_and_exported(tab: paste.PasteTab) -> None:
    *_, last = tab.run(asked(), PAGE, *DEFAULTS)
    work = last[2]
    edits = f'{{"{work.briefs[0].id}": {{"headline_en": "A new centre"}}}}'
    ((card, corrected, everything, _, told),) = list(tab.correct(asked(), edits, work))
    assert corrected.briefs[0].headline_en == "A new centre" and "A new centre" in card
    assert everything.endswith(".zip") and "(1)" in told


def test_a_reader_who_leaves_stops_the_work(tab: paste.PasteTab) -> None:
    steps = tab.run(asked("gone"), PAGE, *DEFAULTS)
    next(steps)
    tab.room.forget(asked("gone"))
    *_, last = steps
    assert last[2].phase == "stopped"


def test_every_label_is_said_again_in_the_other_language(page: Any) -> None:
    labels = room.Labels()
    with view.gr.Blocks():
        labels.make(view.gr.Button, {"value": "paste.go"})
        panel.SettingsPanel(room.Room(Desk(lambda _: tools()), labels=labels))
    english, arabic = labels.updates("en"), labels.updates("ar")
    assert len(english) == len(labels.widgets) == len(arabic)
    assert english[0]["value"] == "Make the briefs" and arabic[0]["value"] == "لخص وترجم"


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [({"lang": "en"}, "ar", "en"), ({}, "en-GB,en;q=0.9", "en"), ({}, "fr,ar;q=0.8", "ar"), ({}, "fr", "ar"),
     ({"lang": "xx"}, "en", "en")],
)  # fmt: skip
def test_the_first_language_is_the_one_asked_for(query: dict[str, str], header: str, language: str) -> None:
    request = SimpleNamespace(query_params=query, headers={"accept-language": header})
    assert view._first_language(request) == language


def test_settings_are_held_within_their_limits() -> None:
    settings = panel.SettingsPanel.settings((10**9, None, "extractive", "embedded", "fr", None))
    assert settings == Settings(10, 60, to=("en", "fr"))


@pytest.mark.parametrize("terms", ["مستشفى النخلة = Palm Tree Hospital", "مستشفى النخلة\tPalm Tree Hospital\n\n"])
def test_terms_are_read_as_typed_and_as_downloaded(terms: str) -> None:
    settings = panel.SettingsPanel.settings((3, 60, "extractive", "embedded", "none", terms))
    assert settings.glossary == (("مستشفى النخلة", "Palm Tree Hospital"),)


@pytest.mark.parametrize(("language", "words"), [("ar", "السطر 2"), ("en", "line 2")])
def test_a_term_that_is_none_is_told_before_anything_begins(language: str, words: str) -> None:
    here = room.Room(Desk(lambda _: pytest.fail("nothing is loaded for terms that are none")))
    with gradio.Blocks():
        tab = paste.PasteTab(here)
    here.spoken["s"] = language
    request = SimpleNamespace(session_hash="s")
    with pytest.raises(gradio.Error, match=words):
        next(tab.run(request, PAGE, *DEFAULTS[:-1], "طرابلس = Tripoli\nبنغازي"))


def test_every_example_is_a_page_with_a_story() -> None:
    examples = paste._examples()
    assert len(examples) == 5
    desk = Desk(lambda _: tools())
    for text in examples.values():
        *_, last = desk.follow_text(text, Settings())
        assert isinstance(last, Work) and last.phase == "done" and last.briefs


def test_only_the_view_knows_gradio() -> None:
    package = Path(view.__file__).parent.parent
    users = {p.relative_to(package).parts[0] for p in package.rglob("*.py") if "import gradio" in p.read_text()}
    assert users == {"view"}
