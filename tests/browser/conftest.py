"""A real browser on the real page, with stand-ins for the models, so that what is tested is the page."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fakes import tools, translate
from served import GRADIOS_WARNINGS

from summarizer.records import Settings, Translated
from summarizer.session import Desk

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
SLOW = "ببطء"  # a sentence with this word takes its time
PATIENCE = 15.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            for line in GRADIOS_WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(line))


def unhurried(sentences: Sequence[str]) -> list[Translated]:
    if any(SLOW in sentence for sentence in sentences):
        time.sleep(0.5)
    return translate(sentences)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    from summarizer import view

    def load(_: Settings) -> Any:
        return tools(translate={"en": unhurried}, models={"translator": "embedded", "summarizer": "extractive"})

    page = view.start(desk=Desk(load))
    yield page.local_url
    page.close()
    gc.collect()


class Reader:
    """A browser and the few things a reader does with it."""

    def __init__(self, driver: Any, address: str, downloads: Path) -> None:
        self.driver, self.address, self.downloads = driver, address, downloads

    def open(self, language: str = "ar", *, width: int = 1440, dark: bool = False) -> Reader:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        # A click is aimed before it is made: on a page that still glides it lands beside its mark.
        motion = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, motion]})
        self.driver.get(f"{self.address}?lang={language}")
        self.until(lambda: self.script("return document.documentElement.lang") == language and self.seen("#go"))
        return self

    def until(self, true: Callable[[], Any], patience: float = PATIENCE) -> Any:
        end = time.monotonic() + patience
        while True:
            try:
                if answer := true():
                    return answer
            except Exception:
                if time.monotonic() > end:
                    raise
            assert time.monotonic() < end, f"did not come true; the page says: {self.text('body')[:1500]}"
            time.sleep(0.05)

    def script(self, code: str, *values: Any) -> Any:
        return self.driver.execute_script(code, *values)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def seen(self, selector: str) -> Any:
        return next((element for element in self.all(selector) if element.is_displayed()), None)

    def one(self, selector: str) -> Any:
        return self.until(lambda: self.seen(selector))

    def text(self, selector: str) -> str:
        element = self.seen(selector)
        return str(element.text) if element else ""

    def says(self, selector: str, words: str) -> None:
        """Wait until these words are read there: Gradio draws one part of the page after another."""
        self.until(lambda: words in self.text(selector))

    def tabs(self) -> list[Any]:
        return [tab for tab in self.all("button[role=tab]") if tab.is_displayed()]

    def settled(self) -> None:
        """Wait until the page has not changed for three looks in a row."""
        looks: list[str] = []

        def still() -> bool:
            looks.append(self.script("return document.body.outerHTML"))
            return len(looks) > 2 and looks[-3] == looks[-2] == looks[-1]

        self.until(still)

    def click(self, selector: str) -> None:
        element = self.one(selector)
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def paste(self, text: str, box: str = "#paste") -> None:
        area = self.one(f"{box} textarea")
        self.script(
            "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
            area, text,
        )  # fmt: skip

    def brief(self, text: str) -> None:
        self.paste(text)
        self.click("#go")
        self.until(lambda: self.seen("#status .done") and self.seen("#take"))
        self.settled()

    def upload(self, *paths: Path) -> None:
        self.driver.find_element("css selector", "#upload input[type=file]").send_keys("\n".join(map(str, paths)))
        self.until(lambda: len(self.all("#upload tr.file")) == len(paths))

    def download(self, selector: str) -> Path:
        before = set(self.downloads.iterdir())
        self.click(selector)

        def new() -> list[Path]:
            return [p for p in self.downloads.iterdir() if p not in before and p.suffix in (".zip", ".tsv")]

        return Path(self.until(new)[0])


@pytest.fixture(scope="session")
def reader(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    from selenium import webdriver

    if not (CHROMIUM.is_file() and DRIVER.is_file()):
        pytest.skip("needs Debian's chromium and chromium-driver")
    downloads = tmp_path_factory.mktemp("downloads")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}", "--lang=ar"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield Reader(driver, address, downloads)
    driver.quit()
