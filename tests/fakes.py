"""Stand-ins for the models: what they say is nonsense, how they behave is the contract."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.briefs import Tools
from summarizer.records import Flag, Sentence, Story, Summary, Translated

PAGE = """وزارة الصحة تفتتح مركزا جديدا في طرابلس

منذ 7 ساعات

افتتحت وزارة الصحة الليبية اليوم الأحد مركزا صحيا جديدا في مدينة طرابلس بحضور 25 طبيبا من مستشفيات المدينة.

وقال الوزير أحمد سالم إن المركز سيقدم خدماته لنحو 12 ألف مواطن في الأحياء المجاورة. وأضاف أن العمل فيه يبدأ غدا.

شارك
"""


def translate(sentences: Sequence[str]) -> list[Translated]:
    """Each text as its word count, so that order and length can be seen."""
    return [Translated(f"{len(s.split())} words.", -0.5) if s else Translated("") for s in sentences]


def doubting(sentences: Sequence[str]) -> list[Translated]:
    return [Translated("<script>alert(1)</script>", -9.0, (Flag("number-missing", "25"),)) for _ in sentences]


def first_sentence(story: Story, /, *, sentences: Sequence[Sentence], max_sentences: int, max_words: int) -> Summary:
    return Summary((0,), (sentences[0].text,))


def tools(**changes: object) -> Tools:
    fields = {"summarize": first_sentence, "translate": {"en": translate}, "models": {"translator": "fake"}}
    return Tools(**{**fields, **changes})  # type: ignore[arg-type]
