from __future__ import annotations

import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import SLOW, Reader
from fakes import PAGE

SEEDS = Path(__file__).parents[2] / "seeds"
HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>${window.hacked=1}{{constructor}}"
BOTH_WIDTHS = pytest.mark.parametrize("width", [375, 1440])


def no_overflow(reader: Reader) -> bool:
    return bool(reader.script("return document.documentElement.scrollWidth <= innerWidth"))


@BOTH_WIDTHS
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_seed_is_pasted_and_read(reader: Reader, width: int, language: str) -> None:
    reader.open(language, width=width)
    reader.click("#example-libya-medical-services-authority")
    reader.until(lambda: "salsabeel" in reader.one("#paste textarea").get_property("value"))
    reader.click("#go")
    reader.until(lambda: reader.seen("#status .done") and reader.seen("#take"))
    reader.settled()  # what comes last pushes the stories down
    assert len(reader.all("article.story")) >= 4
    story = reader.all("article.story")[0]
    arabic, english = (story.find_element("css selector", f".summary [lang={code}]") for code in ("ar", "en"))
    assert arabic.value_of_css_property("direction") == "rtl" and "الشهوبي" in arabic.text
    assert english.value_of_css_property("direction") == "ltr" and "words." in english.text
    places = "return [...arguments].map((e) => e.getBoundingClientRect()).map((r) => [r.x, r.y])"
    (right, top), (left, below) = reader.script(places, arabic, english)
    side_by_side = abs(top - below) < 5
    assert side_by_side == (width == 1440)
    assert right > left if side_by_side else top < below
    assert no_overflow(reader)


@BOTH_WIDTHS
def test_a_summary_sentence_shows_where_it_stands(reader: Reader, width: int) -> None:
    reader.open(width=width).brief(PAGE)
    assert not reader.seen("ol.sentences")  # the whole story only on demand
    reader.click("a.place")
    target = reader.one("li.chosen")
    reader.until(lambda: reader.script("return document.activeElement === arguments[0]", target))
    reader.until(lambda: 0 <= reader.script("return arguments[0].getBoundingClientRect().top", target) < 900)
    assert "25" in target.text


def test_the_language_switch_changes_everything_and_loses_nothing(reader: Reader) -> None:
    reader.open("ar").brief(PAGE)
    reader.says("#status", "اكتمل العمل: خبر واحد")
    reader.click("a.place")
    reader.click("#language label:nth-of-type(2)")
    # Gradio redraws one part after another, and the page puts the folds back a frame later.
    for selector, words in {
        "#status": "Done: 1 story",
        "#go": "Make the briefs",
        "article.story": "Pasted text",
        "#paste-count": "words",
    }.items():
        reader.says(selector, words)
    assert reader.script("return [document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert reader.one("#paste textarea").get_property("value").strip() == PAGE.strip()
    assert reader.one("ol.sentences")  # a fold the reader opened stays open
    reader.until(lambda: [tab.text for tab in reader.tabs()] == ["Paste a text", "Files", "Compare"])
    reader.click("#language label:nth-of-type(1)")
    reader.until(lambda: reader.text("#go") == "لخص وترجم")
    reader.until(lambda: reader.script("return document.documentElement.dir") == "rtl")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_reader_never_sees_the_other_languages_labels(reader: Reader, language: str) -> None:
    script = """
      window.seen = new Set();
      const look = () => {
        const top = document.querySelector('.mk.top');
        if (top && getComputedStyle(top).visibility === 'visible') window.seen.add(top.lang);
        requestAnimationFrame(look);
      };
      document.addEventListener('DOMContentLoaded', look);
    """
    added = reader.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    try:
        reader.open(language).says("#go", {"ar": "لخص وترجم", "en": "Make the briefs"}[language])
        reader.settled()
        assert reader.script("return [...window.seen]") == [language]
    finally:
        reader.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def test_a_whole_folder_is_added(reader: Reader, tmp_path: Path) -> None:
    pages(tmp_path, 3)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    reader.open("en").click("button[role=tab]:nth-of-type(2)")
    reader.one("#files-go")
    reader.driver.find_element("css selector", "input[webkitdirectory]").send_keys(str(tmp_path))
    reader.until(lambda: len(reader.all("#upload tr.file")) == 3)
    reader.click("#files-go")
    reader.says("#files-card", "3 of 3 files")


def test_terms_of_ones_own_and_a_wrong_one(reader: Reader) -> None:
    reader.open("en").paste(PAGE)
    reader.click(".side .label-wrap")
    reader.paste("طرابلس = Tripoli City\nخطأ", ".side .terms")
    reader.click("#go")
    reader.says(".toast-body", "line 2: not a term")
    reader.paste("طرابلس = Tripoli City", ".side .terms")
    reader.click("#go")
    reader.until(lambda: reader.seen("#status .done"))


@pytest.mark.parametrize(
    ("text", "arabic", "english"),
    [("", "لا يوجد نص لقراءته", "is empty"), ("Hello there, world.", "بحروف لاتينية", "no Arabic article")],
)
def test_errors_are_sentences_in_the_interfaces_language(reader: Reader, text: str, arabic: str, english: str) -> None:
    arabic = arabic.replace("بحروف لاتينية", "بالحروف اللاتينية")
    reader.open("ar").paste(text)
    reader.click("#go")
    reader.says("#stories [role=alert]", arabic)
    reader.click("#language label:nth-of-type(2)")
    reader.says("#stories [role=alert]", english)


def test_a_hostile_page_is_only_shown(reader: Reader) -> None:
    reader.open().brief(PAGE.replace("طرابلس\n", f"طرابلس {HOSTILE}\n").replace("غدا.", f"غدا {HOSTILE}."))
    reader.says("article.story h2[lang=ar]", HOSTILE)
    reader.click("details summary")
    reader.says("ol.sentences", HOSTILE)
    assert reader.script("return window.hacked") is None


def test_words_are_counted_while_typing(reader: Reader) -> None:
    reader.open("en")
    area = reader.one("#paste textarea")
    area.send_keys("وصل الوزير 2.5 مرة")
    reader.until(lambda: reader.text("#paste-count") == "4 words")
    assert area.value_of_css_property("direction") == "rtl"
    reader.click("#clear")
    reader.until(lambda: reader.text("#paste-count") == "0 words")


def pages(folder: Path, count: int, text: str = PAGE) -> list[Path]:
    paths = [folder / f"صفحة {number}.txt" for number in range(count)]
    for path in paths:
        path.write_text(text, encoding="utf-8")
    return paths


@BOTH_WIDTHS
def test_files_are_briefed_a_failure_told_in_place_and_all_downloaded(
    reader: Reader, width: int, tmp_path: Path
) -> None:
    bad = tmp_path / "فارغ.txt"
    bad.write_text(" ")
    reader.open("en", width=width).click("button[role=tab]:nth-of-type(2)")
    reader.one("#files-go")
    reader.upload(*pages(tmp_path, 2), bad)
    reader.click("#files-go")
    reader.until(lambda: reader.seen("#files-zip"))
    reader.says("#files-card", "3 of 3 files")
    (failed,) = reader.all("#files-card li.failed")
    assert "فارغ.txt" in failed.text and "is empty" in failed.text and len(reader.all("#files-card li.done")) == 2
    assert no_overflow(reader)
    with zipfile.ZipFile(reader.download("#files-zip")) as archive:
        assert archive.testzip() is None
        assert {"briefs.html", "briefs.jsonl", "briefs.csv", "briefs.md", "failures.txt"} <= set(archive.namelist())
        assert len([name for name in archive.namelist() if name.endswith(".docx")]) == 2
        lines = archive.read("briefs.jsonl").decode().splitlines()
        assert {json.loads(line)["source"] for line in lines} == {"صفحة 0.txt", "صفحة 1.txt"}


def test_a_stop_is_prompt_and_what_is_done_stays(reader: Reader, tmp_path: Path) -> None:
    slow = "\n\n".join(f"افتتح الوزير المستشفى رقم {n} في المدينة {SLOW} صباح اليوم." for n in range(80))
    first, second = pages(tmp_path, 2)
    second.write_text(slow, encoding="utf-8")
    reader.open().click("button[role=tab]:nth-of-type(2)")
    reader.one("#files-go")
    reader.upload(first, second)
    reader.click("#files-go")
    reader.until(lambda: reader.all("#files-card li.done"))
    reader.click("#files-halt")
    reader.until(lambda: reader.seen("#files-status .stopped"))  # all eighty sentences would take far longer
    assert len(reader.all("#files-card li.done")) == 1
    with zipfile.ZipFile(reader.download("#files-zip")) as archive:
        assert len(archive.read("briefs.jsonl").splitlines()) == 1


def test_a_correction_is_made_in_place_and_exported(reader: Reader) -> None:
    reader.open("en").brief(PAGE)
    reader.click("#editing input")
    field = reader.one("[data-field=headline_en]")
    reader.script("arguments[0].textContent = 'A new centre opens in Tripoli'", field)
    reader.click("#keep")
    reader.until(lambda: "Corrections kept: 1" in reader.text("#told"))
    with zipfile.ZipFile(reader.download("#zip")) as archive:
        brief = json.loads(archive.read("briefs.jsonl"))
        assert brief["headline_en"] == "A new centre opens in Tripoli"
        assert brief["models"]["corrected"] == "headline_en"
    with zipfile.ZipFile(reader.download("#reference")) as archive:
        story = next(name for name in archive.namelist() if name.endswith("story-1.toml"))
        assert "A new centre opens in Tripoli" in archive.read(story).decode()
    reader.paste("وزارة الصحة = Ministry of Health", "#terms")
    reader.click("#make-glossary")
    glossary = reader.download("#glossary")
    assert glossary.read_text(encoding="utf-8") == "وزارة الصحة\tMinistry of Health\n"


@BOTH_WIDTHS
def test_two_settings_are_compared_and_scored(reader: Reader, width: int) -> None:
    reader.open("en", width=width).click("button[role=tab]:nth-of-type(3)")
    reader.one("#compare-go")
    reader.paste(PAGE, "#compare-text")
    reader.paste("افتتحت وزارة الصحة الليبية مركزا صحيا جديدا في طرابلس.", "#gold-ar")
    reader.click("#compare-go")
    reader.says("table.scores", "ROUGE-1")
    reader.until(lambda: len(reader.all("#side-a article, #side-b article")) == 2)
    assert no_overflow(reader)


def test_the_whole_way_by_keyboard(reader: Reader) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    reader.open("en").paste(PAGE)
    reader.one("#paste textarea").click()

    def tab_to(reached: str) -> None:
        for _ in range(40):
            ActionChains(reader.driver).send_keys(Keys.TAB).perform()
            if reader.script(f"return document.activeElement.matches({reached!r})"):
                return
        raise AssertionError(f"no way to {reached} by keyboard")

    tab_to("#go")
    ActionChains(reader.driver).send_keys(Keys.ENTER).perform()
    reader.until(lambda: reader.seen("#status .done") and reader.seen("a.place") and reader.seen("#take"))
    tab_to("a.place")
    ActionChains(reader.driver).send_keys(Keys.ENTER).perform()
    reader.until(lambda: reader.script("return document.activeElement.matches('li.chosen')"))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_everything_that_can_be_used_has_a_name(reader: Reader, language: str) -> None:
    reader.open(language).brief(PAGE)
    reader.click("#editing input")
    reader.one("[data-field]")
    for tab in (1, 2, 3):
        reader.click(f"button[role=tab]:nth-of-type({tab})")
        reader.settled()
        controls = reader.all("button, a[href], input, textarea, select, [role=textbox]")
        nameless = [control for control in controls if control.is_displayed() and not control.accessible_name]
        # Gradio measures its tabs on a hidden copy.
        nameless = [c for c in nameless if not reader.script("return arguments[0].closest('[aria-hidden=true]')", c)]
        assert not [control.get_attribute("outerHTML")[:200] for control in nameless]


CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_text_stands_out_from_its_ground(reader: Reader, dark: bool, language: str) -> None:
    reader.open(language, dark=dark).brief(PAGE)
    reader.click("a.place")
    reader.click("#editing input")
    for tab in (1, 2, 3):
        reader.click(f"button[role=tab]:nth-of-type({tab})")
        reader.settled()
        reader.until(lambda: reader.script(CONTRAST, 4.5) == [])  # colours fade in


def test_the_page_asks_nothing_of_other_machines_and_reports_no_error(reader: Reader) -> None:
    here = urlsplit(reader.address).netloc
    messages = [json.loads(entry["message"])["message"] for entry in reader.driver.get_log("performance")]
    sent = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert len(sent) > 20
    assert {urlsplit(url).netloc for url in sent if url.startswith(("http", "ws"))} == {here}
    errors = [e["message"] for e in reader.driver.get_log("browser") if e["level"] == "SEVERE"]
    # A page that is left while it listens to the server has its requests cut off, and says so.
    assert [e for e in errors if "AbortError" not in e and "Connection errored out" not in e] == []
