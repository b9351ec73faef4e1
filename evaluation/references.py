"""The hand-written references: their fields, and errors that name the file and the field."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.errors import NothingToScore, ReferenceWrong

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "evaluation" / "references"
SPLITS = ("dev", "test")
SENTENCE_KINDS = ("sentence", "heading", "bullet")
NAME_KINDS = ("person", "organisation", "place")

Split = Literal["dev", "test", "all"]

PAGE_FIELDS: dict[str, type] = {
    "page": str,
    "country": str,
    "split": str,
    "stories": int,
    "furniture": list,
    "written_by": str,
    "notes": str,
}
STORY_FIELDS: dict[str, type] = {
    **dict.fromkeys(("headline_ar", "headline_en", "byline", "dateline", "published"), str),
    **dict.fromkeys(("summary_lead_ar", "summary_story_ar", "summary_en"), str),
    **dict.fromkeys(("sentences", "numbers", "names"), list),
    "review": dict,
}
SENTENCE_FIELDS: dict[str, type] = {"kind": str, "paragraph": int, "ar": str, "en": str}
NUMBER_FIELDS: dict[str, type] = {"ar": str, "en": list, "sentence": int}
NAME_FIELDS: dict[str, type] = {"kind": str, "ar": str, "en": list}
REVIEW_FIELDS: dict[str, type] = {"reader": str, "corrections": list}
MAY_BE_ABSENT = frozenset(["numbers", "names"])  # a story without a number has no such table
MAY_BE_EMPTY = frozenset(
    ["headline_ar", "byline", "dateline", "published", "notes", "furniture", "numbers", "names", "corrections"]
)


@dataclass(frozen=True, slots=True)
class SentenceReference:
    kind: str
    paragraph: int
    ar: str
    en: str


@dataclass(frozen=True, slots=True)
class NumberReference:
    """``sentence`` counts from 1; 0 is the headline."""

    ar: str
    en: tuple[str, ...]
    sentence: int


@dataclass(frozen=True, slots=True)
class NameReference:
    kind: str
    ar: str
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryReference:
    path: Path
    page: str
    number: int
    headline_ar: str
    headline_en: str
    byline: str
    dateline: str
    published: str
    summary_lead_ar: str
    summary_story_ar: str
    summary_en: str
    sentences: tuple[SentenceReference, ...]
    numbers: tuple[NumberReference, ...]
    names: tuple[NameReference, ...]
    corrections: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.page}/{self.number}"

    @property
    def summaries(self) -> tuple[str, str]:
        return self.summary_lead_ar, self.summary_story_ar

    @property
    def text(self) -> str:
        return "\n".join(s.ar for s in self.sentences)


@dataclass(frozen=True, slots=True)
class PageReference:
    name: str
    path: Path
    page: str  # path of the page from the root
    text: str
    country: str
    split: str
    furniture: tuple[str, ...]
    notes: str
    stories: tuple[StoryReference, ...]

    @property
    def is_seed(self) -> bool:
        return self.page.startswith("seeds/")


def load_references(split: Split = "all", *, folder: Path = FOLDER, root: Path = ROOT) -> list[PageReference]:
    """Every page of the split, by name.

    Raises ReferenceWrong naming the file and the field, NothingToScore when no page is left.
    """
    paths = [path for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []
    chosen = [page for path in paths if split in ("all", (page := load_page(path, root=root)).split)]
    if not chosen:
        raise NothingToScore(path=folder, detail=f"no reference of the split {split!r}")
    return chosen


def load_page(folder: Path, *, root: Path = ROOT) -> PageReference:
    """One page's folder. Raises ReferenceWrong."""
    path = folder / "page.toml"
    data = _read(path, PAGE_FIELDS)
    _one_of(path, "split", data["split"], SPLITS)
    page = root / data["page"]
    if not page.is_file():
        raise ReferenceWrong(path=path, field="page", detail=f"there is no file {data['page']!r}")
    if page.stem != folder.name:
        raise ReferenceWrong(path=path, field="page", detail=f"{data['page']!r} is not the page {folder.name!r}")
    return PageReference(
        name=folder.name,
        path=path,
        page=data["page"],
        text=page.read_text(encoding="utf-8-sig"),
        country=data["country"],
        split=data["split"],
        furniture=_texts(path, "furniture", data["furniture"]),
        notes=data["notes"],
        stories=_stories(folder, path, data["stories"]),
    )


def _stories(folder: Path, path: Path, count: int) -> tuple[StoryReference, ...]:
    expected = [f"story-{number}.toml" for number in range(1, count + 1)]
    found = {p.name for p in folder.iterdir()} - {"page.toml"}
    if missing := [name for name in expected if name not in found]:
        raise ReferenceWrong(path=path, field="stories", detail=f"says {count}, but {missing[0]} is missing")
    if extra := sorted(found - set(expected)):
        detail = f"page.toml says {count} stories, and this is none of them"
        raise ReferenceWrong(path=folder / extra[0], field="the file's name", detail=detail)
    return tuple(load_story(folder / name, number) for number, name in enumerate(expected, start=1))


def load_story(path: Path, number: int) -> StoryReference:
    """One story's file. Raises ReferenceWrong."""
    data = _read(path, STORY_FIELDS)
    sentences = [_row(path, "sentences", i, row, SENTENCE_FIELDS) for i, row in enumerate(data["sentences"], 1)]
    numbers = [_row(path, "numbers", i, row, NUMBER_FIELDS) for i, row in enumerate(data["numbers"], 1)]
    names = [_row(path, "names", i, row, NAME_FIELDS) for i, row in enumerate(data["names"], 1)]
    review = _checked(path, "review.", data["review"], REVIEW_FIELDS)
    for place, row in enumerate(sentences, 1):
        _one_of(path, f"sentences[{place}].kind", row["kind"], SENTENCE_KINDS)
    for place, row in enumerate(names, 1):
        _one_of(path, f"names[{place}].kind", row["kind"], NAME_KINDS)
    for place, row in enumerate(numbers, 1):
        if not 0 <= row["sentence"] <= len(sentences):
            raise ReferenceWrong(path=path, field=f"numbers[{place}].sentence", detail=f"no sentence {row['sentence']}")
    plain = {name: data[name] for name, kind in STORY_FIELDS.items() if kind is str}
    return StoryReference(
        path=path,
        page=path.parent.name,
        number=number,
        sentences=tuple(SentenceReference(**row) for row in sentences),
        numbers=tuple(NumberReference(**{**row, "en": tuple(row["en"])}) for row in numbers),
        names=tuple(NameReference(**{**row, "en": tuple(row["en"])}) for row in names),
        corrections=tuple(review["corrections"]),
        **plain,
    )


def _read(path: Path, fields: Mapping[str, type]) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReferenceWrong(path=path, field="the file", detail="is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReferenceWrong(path=path, field="the file", detail=f"is no TOML in UTF-8: {error}") from None
    return _checked(path, "", data, fields)


def _row(path: Path, table: str, place: int, row: Any, fields: Mapping[str, type]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ReferenceWrong(path=path, field=f"{table}[{place}]", detail="is no table")
    checked = _checked(path, f"{table}[{place}].", row, fields)
    if "en" in fields and fields["en"] is list:
        _texts(path, f"{table}[{place}].en", checked["en"])
    return checked


def _checked(path: Path, prefix: str, data: Mapping[str, Any], fields: Mapping[str, type]) -> dict[str, Any]:
    """The fields, all there, none besides, of their types, not empty unless they may be."""
    if unknown := sorted(data.keys() - fields.keys()):
        raise ReferenceWrong(path=path, field=prefix + unknown[0], detail=f"unknown field; known: {', '.join(fields)}")
    filled = {name: data.get(name, [] if name in MAY_BE_ABSENT else None) for name in fields}
    for name, kind in fields.items():
        value = filled[name]
        if value is None:
            raise ReferenceWrong(path=path, field=prefix + name, detail="is missing")
        if type(value) is not kind:
            raise ReferenceWrong(
                path=path, field=prefix + name, detail=f"is {type(value).__name__}, not {kind.__name__}"
            )
        if name not in MAY_BE_EMPTY and _is_empty(value):
            raise ReferenceWrong(path=path, field=prefix + name, detail="is empty")
    return filled


def _is_empty(value: object) -> bool:
    return not value.strip() if isinstance(value, str) else value != 0 and not value


def _texts(path: Path, field: str, values: Sequence[Any]) -> tuple[str, ...]:
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise ReferenceWrong(path=path, field=field, detail=f"{value!r} is no text")
    return tuple(values)


def _one_of(path: Path, field: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise ReferenceWrong(path=path, field=field, detail=f"{value!r} is none of {', '.join(known)}")


def digest(references: Iterable[PageReference]) -> str:
    """SHA-256 over the files of these references and their pages: scores of other references don't compare."""
    whole = hashlib.sha256()
    for page in sorted(references, key=lambda p: p.name):
        for path in (page.path, *(story.path for story in page.stories)):
            whole.update(f"{page.name}/{path.name}\0".encode() + path.read_bytes())
        whole.update(page.text.encode())
    return whole.hexdigest()
