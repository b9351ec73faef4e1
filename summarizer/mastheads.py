"""The lines between a headline and its story: when, who and where. All patterns are matched on folded lines."""

from __future__ import annotations

import re

from .arabic import fold, strip_marks, unify_letters
from .newswords import (
    AGENCIES,
    DATE_WORDS,
    GIVEN_NAMES,
    LABEL_OF_DATE,
    MONTH_PARTS,
    MONTHS,
    PLACES,
    SECTIONS,
    TIME_UNITS,
    WEEKDAYS,
    folded,
)

_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_STOP = re.compile(r"[.!؟?]+[\"'»”’)\]]*$")


def pattern(text: str) -> re.Pattern[str]:
    """A pattern for folded lines, written in natural spelling. (fold itself would turn \\S into \\s.)"""
    return re.compile(unify_letters(strip_marks(text)))


def any_of(table: tuple[str, ...]) -> str:
    """An alternation of the phrases of a table."""
    return "|".join(re.escape(phrase) for phrase in table)


# --- dates ----------------------------------------------------------------------------------------------------------
_RELATIVE = pattern(r"(\w+ ?){0,4}[:|-]?\s*(منذ|قبل) ?(\d|\w)|\d+ \w+ ago")
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(\d{1,2}\s*[-/.\\]\s*\d{1,2}\s*[-/.\\]\s*(\d{4}|\d{2})|\d{4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2})(?!\d)"
)
_CLOCK_TIME = re.compile(r"(?<!\d)\d{1,2}:\d{2}(:\d{2})?(?!\d)")
_ONLY_ATTACHED = pattern(r"^(و|ب|ل)(?=\d|الساعة)")
# Tokens of "نشر يوم الأربعاء 5 رمضان 1446 هـ الموافق 5 مارس 2025 م الساعة 10:30 صباحا بتوقيت مكة المكرمة".
_MOST_DATE_TOKENS = 24


def is_date(line: str) -> bool:
    """Whether a folded line holds nothing but a date or a time, and enough of one.

    A year, a month with its year, or a weekday alone head a section of a story as often as they date it.
    """
    tokens = _TOKEN.findall(line)
    if not tokens or len(tokens) > _MOST_DATE_TOKENS or not all(t.isdigit() or t in DATE_WORDS for t in tokens):
        return False
    if _NUMERIC_DATE.search(line) or _CLOCK_TIME.search(line):
        return True
    if _RELATIVE.match(line):
        return any(t in TIME_UNITS for t in tokens)
    labelled = not LABEL_OF_DATE.isdisjoint(tokens)
    day = any(t.isdigit() and len(t) <= 2 for t in tokens)
    if not MONTHS.isdisjoint(tokens):
        return day or (labelled and any(t.isdigit() for t in tokens))
    return labelled and not WEEKDAYS.isdisjoint(tokens)


_FULL_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    rf"\d{{1,2}}[\s،,/]+({'|'.join(sorted(MONTHS, key=len, reverse=True))})[\w\s،,/]{{0,20}}\d{{4}})(?!\d)"
)
_PUBLISHED_BY = pattern(r"^(نشر|نشرت|تم النشر|كتب|أضيف|أرسل|تابعنا على|photo of)\b")
_TELLS = re.compile(r"\s*:\s*[^\W\d]")  # "12 مارس 2025: توقيع الاتفاق" tells what happened then
_PARTED = re.compile(r"[|•·*]|--")
_DASHED = re.compile(r"\s[-–—]\s")
_MOST_STRANGERS, _FEW_STRANGERS = 5, 3


def is_signed_date(line: str) -> bool:
    """Whether a folded line is a date with who or where beside it: "نشر في الواحة يوم 12 - 10 - 2018", "أمن 5-04-2023,
    20:49 | --", "سناء بنجلون | 12 مارس 2025"."""
    date = _FULL_DATE.search(line)
    if _STOP.search(line) or not date or _TELLS.match(line, date.end()):
        return False
    strangers = [t for t in _TOKEN.findall(line) if not t.isdigit() and t not in DATE_WORDS]
    if len(strangers) > _MOST_STRANGERS or any(NO_NAME.search(t) or may_be_verb(t) for t in strangers):
        return False
    dashed = len(strangers) <= _FEW_STRANGERS and _DASHED.search(line) and not line[:1].isdigit()
    return bool(_PUBLISHED_BY.match(line) or _PARTED.search(line) or dashed)


# --- bylines --------------------------------------------------------------------------------------------------------
WRITERS = (
    r"(ال)?(كاتب|محرر|مترجم|ناشر|مراسل)(ة)?|كتب(ت|ه|ته)?|بقلم|تحرير|إعداد|أعد(ه|ته)?( للنشر)?|ترجم(ة|ه|ت)|نشر(ه|ها)|"
    r"مراسل(نا|تنا)( (في|من|ب) \S+( \S+)?)?|صياغة|بواسطة|(ال)?مصور(ة)?|author|written by|by|posted by|edited by"
)
# A byline and a headline both open with these ("تقرير: إيران تتقدم"), so two or three words may follow, no more.
_MAYBE_WRITERS = r"تقرير|متابعة|حوار|متابعات|حاوره|حاورته"
# The offices that sign what ministries and hospitals publish.
_OFFICE = r"(ال)?(مكتب|مركز|قسم|إدارة|دائرة|وحدة) (ال)?(إعلام|إعلامي|صحفي|صحافة|علاقات العامة)( و ?(ال)?\S+( \S+)?)?"
_GIVEN = f"({any_of(tuple(sorted(GIVEN_NAMES)))})"
_BYLINES = (
    (pattern(rf"^({WRITERS})( ?و ?({WRITERS}|\w+))*\s*[:/|–—-]+\s*(?P<name>\S.*)$"), 6),
    (pattern(rf"^(تصوير|رصد|متابعة|حوار|تقرير) ?و ?({WRITERS}|كتابة|تصوير|إخراج)\s*[:/|–—-]+\s*(?P<name>\S.*)$"), 6),
    (pattern(rf"^(كتب|كتبت|متابعة|ترجمة|تدقيق لغوي|مونتاج|إخراج) ?[:-]? ?(?P<name>{_GIVEN}( \S+){{1,2}})\s*:?$"), 4),
    (pattern(r"^(بقلم|بواسطة|by|كاتب المقال) (?P<name>\S.*)$"), 5),
    (pattern(rf"^{_OFFICE}\s*[:/|–—-]+\s*(?P<name>\S.*)$"), 6),
    (pattern(rf"^({any_of(AGENCIES)})\s*/\s*(?P<name>\w+ .*)$"), 6),
    (pattern(rf"^({_MAYBE_WRITERS})\s*[:/|-]+\s*(?P<name>\S.*)$"), 3),
    (pattern(rf"^({any_of(PLACES)})\s*[-/|–—]\s*(?P<name>(?!ال|صور)\w+( \w+){{1,3}})\s*:?$"), 4),
)
BYLINE_LABEL = pattern(rf"^({WRITERS}|{_OFFICE})\s*[:/|-]*$")
# What a name does not have: verbs of headlines open with ي or ت, and numbers are no names.
_VERB = re.compile(r"[يت]\w{3,}$")
NO_NAME = pattern(r"(^|\s)(ت|ي)\w{3,}ون?(\s|$)|\d|\b(من|على|إلى|في|عن|أن|بعد|قبل|ضد|مع)\b")


def may_be_verb(word: str) -> bool:
    """Whether a folded word looks like a verb of a headline ("يغادر") and is no name or section we know."""
    return bool(_VERB.match(word)) and word not in GIVEN_NAMES and word not in SECTIONS


def is_no_name(text: str) -> bool:
    """Whether a folded text has what a person's name has not: a verb, a preposition, a number."""
    # folded, على is the name علي: among few words it is the name
    return bool(NO_NAME.search(text.replace("علي", "") if len(text.split()) <= _FEW_NAMES else text))


_FEW_NAMES = 4


def is_byline(line: str) -> bool:
    """Whether a folded line names who wrote."""
    if _STOP.search(line):
        return False
    for compiled, most_words in _BYLINES:
        found = compiled.match(line)
        if found and len(found["name"].split()) <= most_words and not is_no_name(found["name"]):
            return True
    return False


# --- datelines ------------------------------------------------------------------------------------------------------
_PLACE = rf"(?:{any_of(PLACES)})"
_AGENCY = rf"(?:{any_of(AGENCIES)})"
_DATE_WORD = "|".join(sorted(MONTHS | WEEKDAYS | MONTH_PARTS, key=len, reverse=True))
_DATE = rf"(?:(?:(?:يوم|في|م|ه|{_DATE_WORD}|\d[\d/.:-]*)\b[\s،,]*)+)"
_SIGN = r"[\s]*[-–—:/|،,][\s]*"
_ALONE = (
    pattern(rf"^{_PLACE}({_SIGN}{_PLACE})?({_SIGN}|\s*)[(\[/«]?\s*{_AGENCY}({_SIGN}{_AGENCY})*\s*[)\]/»]?\W*$"),
    pattern(
        rf"^{_PLACE}({_SIGN}{_PLACE})?(\s+في)?({_SIGN}|\s){_DATE}({_SIGN}|\s*)[(\[/«]?\s*({_AGENCY})?\s*[)\]/»]?\W*$"
    ),
    pattern(rf"^[(\[]\s*{_AGENCY}\s*[)\]]\s*[-–—:]?\s*{_PLACE}\W*$"),
    pattern(rf"^{_PLACE}\s*[-–—:]+$"),
)
_BEFORE_STORY = (
    pattern(
        rf"^{_PLACE}({_SIGN}{_PLACE})?({_SIGN}|\s){_DATE}?({_SIGN}|\s*)[(\[/«]\s*{_AGENCY}\s*[)\]/»]({_SIGN}|\s*--?\s*)"
    ),
    pattern(rf"^{_PLACE}({_SIGN}{_PLACE})?({_SIGN}){_DATE}?{_AGENCY}\s*[-–—:/|]+\s*"),
    pattern(rf"^{_PLACE}(\s?[،,]\s?{_PLACE})?\s+{_DATE}[(\[/]?\s*{_AGENCY}\s*[)\]/]?\s*[-–—:/]+\s*"),
    pattern(rf"^[(\[]\s*{_AGENCY}\s*[)\]]\s*[-–—:]+\s*"),
)
_PLACE_ALONE = pattern(rf"^{_PLACE}(\s?[،,]\s?{_PLACE})?\s*(--?|[–—:/])\s+")  # headlines open so, too


_OPENS_WITH_PLACE = pattern(rf"^{_PLACE}(?!\w)")
LABEL_MARKS = (":", "/", " - ", " – ", "-", "|")
_LABEL_WORDS = LABEL_OF_DATE | folded(
    "الكاتب الكاتبة كتب كتبت كتبه بقلم تحرير إعداد ترجمة المحرر "
    "المحررة الناشر المراسل مراسل مراسلنا مراسلتنا صياغة بواسطة "
    "تقرير متابعة حوار المصور أعد أعده أعدته للنشر و في على تم آخر النشر يوم by author written posted edited on"
)


def is_dateline(line: str) -> bool:
    """Whether a folded line holds a place with its agency or date, and nothing else."""
    return any(compiled.match(line) for compiled in _ALONE)


def names_place(line: str) -> bool:
    """Whether a folded line opens with a place."""
    return bool(_OPENS_WITH_PLACE.match(line))


def without_label(line: str) -> str:
    """A date or byline without its label: "تاريخ النشر: 12 مارس" is "12 مارس", "بقلم سناء" is "سناء"."""
    for mark in LABEL_MARKS:
        label, found, value = line.partition(mark)
        words = _TOKEN.findall(fold(label))
        known = all(word in _LABEL_WORDS or word.removeprefix("و") in _LABEL_WORDS for word in words)
        if found and words and value.strip() and known:
            return value.strip(" :-–—/|")
    first, _, rest = line.partition(" ")
    if fold(first) in ("بقلم", "by"):
        return rest
    words = line.split()
    # labels without a sign: "نشر في 8 ديسمبر"
    start = next((i for i, word in enumerate(words) if fold(word.strip("[]()")) not in _LABEL_WORDS), len(words))
    return " ".join(words[start:]) if 0 < start < len(words) and len(words) - start > 1 else line


def leading_dateline(line: str, *, signed: bool = False) -> str:
    """The dateline a folded paragraph opens with ("الرباط - و م ع:"); "" when it opens with its sentence.

    ``signed`` asks for one with its agency, which no headline opens with.
    """
    head = line[:80]
    patterns = _BEFORE_STORY if signed else (*_BEFORE_STORY, _PLACE_ALONE)
    return max((found[0] for p in patterns if (found := p.match(head))), key=len, default="")
