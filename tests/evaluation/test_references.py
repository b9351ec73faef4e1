"""The shipped references keep their schema, and a broken one is named with its file and its field."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from evaluation.errors import NothingToScore, ReferenceWrong
from evaluation.places import FURNITURE, ground, squeeze
from evaluation.references import FOLDER, ROOT, PageReference, StoryReference, digest, load_page, load_references
from summarizer.arabic import ARABIC_LETTER, count_words

ALL = load_references()
STORIES = [story for page in ALL for story in page.stories]
pages = pytest.mark.parametrize("page", ALL, ids=lambda p: p.name)
stories = pytest.mark.parametrize("story", STORIES, ids=lambda s: s.key)


def test_there_are_as_many_as_the_project_promises() -> None:
    seeds = [page for page in ALL if page.is_seed]
    assert sum(len(page.stories) for page in seeds) == 12
    assert sum(len(page.stories) for page in ALL if not page.is_seed) >= 24
    assert len({page.country for page in ALL if not page.is_seed}) >= 10
    assert {page.split for page in seeds} == {page.split for page in ALL} == {"dev", "test"}


@pages
def test_every_letter_of_a_page_is_a_storys_or_furniture(page: PageReference) -> None:
    truth = ground(page)
    left = "".join(c for c, label in zip(truth.text, truth.labels, strict=True) if label == FURNITURE)
    assert Counter(left) == Counter("".join(map(squeeze, page.furniture)))


@stories
def test_summaries_are_short_and_in_their_own_words(story: StoryReference) -> None:
    for summary in story.summaries:
        assert 10 <= count_words(summary) <= 60
        assert squeeze(summary) not in squeeze(story.text)
    assert story.summary_lead_ar != story.summary_story_ar
    assert not ARABIC_LETTER.search(story.summary_en)


@stories
def test_every_sentence_has_its_english(story: StoryReference) -> None:
    for sentence in story.sentences:
        assert ARABIC_LETTER.search(sentence.ar)
        assert re.search("[A-Za-z]", sentence.en)
        assert not ARABIC_LETTER.search(sentence.en)


@stories
def test_numbers_and_names_stand_where_they_are_said_to(story: StoryReference) -> None:
    texts = [story.headline_ar, *(s.ar for s in story.sentences)]
    for number in story.numbers:
        assert number.ar in texts[number.sentence]
    for name in story.names:
        assert squeeze(name.ar) in squeeze(" ".join(texts))
    assert len({name.ar for name in story.names}) == len(story.names)


# -- bad input --------------------------------------------------------------------------------------------------

NAME = "sudan-cholera-kassala"
WRONG = [
    ("page.toml", 'split = "test"', 'split = "tset"', "split: 'tset' is none of dev, test"),
    ("page.toml", "stories = 1", "stories = 2", "stories: says 2, but story-2.toml is missing"),
    ("page.toml", "stories = 1", 'stories = "1"', "stories: is str, not int"),
    ("page.toml", "sudan-cholera-kassala.txt", "nowhere.txt", "page: there is no file"),
    ("page.toml", "sudan-cholera-kassala.txt", "iraq-four-briefs.txt", "is not the page 'sudan-cholera-kassala'"),
    ("page.toml", "country =", "county =", "county: unknown field"),
    ("page.toml", "country =", "country ", "the file: is no TOML"),
    ("story-1.toml", "headline_en =", "headlines_en =", "headlines_en: unknown field"),
    ("story-1.toml", "summary_en = ", "summary_en = '' # ", "summary_en: is empty"),
    ("story-1.toml", 'kind = "sentence"\nparagraph = 2', "paragraph = 2", "sentences[2].kind: is missing"),
    ("story-1.toml", 'kind = "sentence"\nparagraph = 2', 'kind = "verse"\nparagraph = 2', "'verse' is none of"),
    ("story-1.toml", "sentence = 6", "sentence = 60", "sentence: no sentence 60"),
    ("story-1.toml", 'en = ["312"]', "en = [312]", "312 is no text"),
    ("story-1.toml", 'en = ["UNICEF"]', "en = []", ".en: is empty"),
    ("story-1.toml", "corrections = []", "corrections = 0", "review.corrections: is int, not list"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER / NAME, tmp_path / NAME))


@pytest.mark.parametrize(("file", "old", "new", "message"), WRONG, ids=[w[3] for w in WRONG])
def test_a_broken_reference_is_named(copy: Path, file: str, old: str, new: str, message: str) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ReferenceWrong, match=re.escape(message)) as caught:
        load_page(copy)
    assert str(copy / file) in str(caught.value)


def test_a_misnamed_story_is_named(copy: Path) -> None:
    shutil.copy(copy / "story-1.toml", copy / "story-01.toml")
    with pytest.raises(ReferenceWrong, match=r"story-01\.toml, the file's name"):
        load_page(copy)


def test_a_folder_without_a_page_is_named(copy: Path) -> None:
    (copy / "page.toml").unlink()
    with pytest.raises(ReferenceWrong, match=r"page\.toml, the file: is missing"):
        load_page(copy)


def test_a_sentence_that_is_not_on_the_page_is_named(copy: Path) -> None:
    file = copy / "story-1.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("وشهد التدشين", "وحضر التدشين"), encoding="utf-8")
    with pytest.raises(ReferenceWrong, match=r"sentences\[7\]\.ar: is not on the page"):
        ground(load_page(copy))


def test_no_reference_at_all(tmp_path: Path) -> None:
    with pytest.raises(NothingToScore):
        load_references(folder=tmp_path)


def test_the_hash_changes_with_a_letter(copy: Path) -> None:
    before = digest([load_page(copy)])
    assert before == digest([load_page(FOLDER / NAME, root=ROOT)])
    file = copy / "story-1.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert digest([load_page(copy)]) != before
