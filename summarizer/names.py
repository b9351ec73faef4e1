"""Names in an Arabic sentence, and whether its English says them.

Places, peoples and organisations come from a table (data/gazetteer.tsv). Personal names are found by the title or the
well-known given name they begin with, and compared by sound: Arabic writes few vowels and English spells them
freely, so that محمد is Mohammed, Muhammad and Mohamed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from summarizer.arabic import fold, word_set
from summarizer.spelling import is_common_word

GAZETTEER = Path(__file__).parent / "data" / "gazetteer.tsv"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in the Arabic, what it is, and a pattern its English must contain."""

    arabic: str
    kind: str  # country, place, organisation, office, weekday, term, person
    start: int
    end: int
    english: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    english: re.Pattern[str]


# -- tables: personal names, folded -----------------------------------------------------------------------------

TITLES = word_set(
    "الدكتور الدكتوره دكتور المهندس المهندسه السيد السيده الشيخ الامير الاميره الاستاذ الاستاذه البروفيسور "
    "البروفسور اللواء العميد العقيد"
)
# Given names that are hardly ever another word. علي is not here: it is also "on".
GIVEN = word_set(
    "محمد احمد محمود مصطفي ابراهيم اسماعيل يوسف يعقوب عثمان حسين خالد طارق ياسر فهد فيصل سلمان نايف بشار "
    "فواد زياد مازن ايمن "
    "هشام حسام عصام وليد غسان مروان نزار يونس سليمان ادريس بلال حمزه جابر جاسم راشد سعود مشعل فاطمه خديجه "
    "عايشه زينب نجلاء "
    "رانيا دونالد باراك هيلاري فلاديمير ايمانويل تيريزا بنيامين رجب سيرغي ديفيد جورج جيمس مايكل روبرت توماس "
    "ستيفن نيكولاس "
    "كارلوس خوسيه فرانسوا عبدالله عبدالرحمن عبدالعزيز عبدالفتاح عبدالرحيم عبدالكريم عبدالحميد عبدالقادر "
    "عبدالمجيد عبدالسلام "
    "عبدالجليل عبدالغفار عبدالملك عبدالرزاق عبداللطيف عبدالحكيم"
)
# Surnames that stand alone in the news and are no other word.
FAMOUS = word_set("ماكرون ترامب ترمب بوتين اوباما ميركل اردوغان نتانياهو نتنياهو روحاني السيسي بومبيو")
# After a title these begin no name.
NOT_NAMES = word_set(
    "في من الي علي عن مع ان انه قال اكد رئيس وزير مدير عام اول ثاني نايب وكيل عضو امين سفير استاذ طبيب امس "
    "اليوم خلال هو هي كان "
    "تم قد لم لا ما او ثم بعد قبل بن ابن ابو ام ال وزيره رئيسه مديره عميد كل غير بعض حرم نفسه ذاته محافظ "
    "قايد مهندس حاكم عمده"
)
# Words with the article that may follow a given name and are no surname.
NOT_SURNAMES = word_set(
    "المركزي المركزيه الحدودي الذي التي الذين اليوم الان الماضي المقبل الجاري الحالي السابق السابقه الاول "
    "الثاني الثالث الرابع الخامس "
    "السادس السبت الاحد "
    "الاثنين الثلاثاء الاربعاء الخميس الجمعه الي الا الحاليه الماضيه المقبله الخارجيه الداخليه الصحه العام "
    "العامه الراحل "
    "المركزي المركزيه الدوليه الدولي الوطني الوطنيه الخيري الخيريه الجامعي التخصصي العربي العربيه الاعلي "
    "التعليمي الطبي "
    "الطبيه التنفيذي"
)
# By how much they differ, not by letters: what each Arabic letter may be in English, longest first.
SOUNDS = {
    "تش": "tch|tsch|tsh|ch|cz|c", "كس": "cks|ks|cs|x|kss|kz", "تس": "ts|tz|zz|z|c", "شت": "scht|sht|cht|st|ct",
    "ا": "", "ب": "b|p|v|w", "ت": "th|t|d", "ث": "th|t|s|c", "ج": "dj|dg|j|gu|g|zh|ch|y|q|c", "ح": "h|7|",
    "خ": "kh|ch|h|j|k|x|", "د": "dh|d|t", "ذ": "dh|th|z|d", "ر": "r", "ز": "z|s|c|j", "س": "sch|sc|ss|s|c|z|ts|x|th|t",
    "ش": "sch|sh|ch|tch|s|c|x|tsh|j", "ص": "s|c|z", "ض": "dh|d|z|t", "ط": "th|t|d", "ظ": "dh|z|d|th", "ع": "",
    "غ": "gh|g|rh|r|j|h|x", "ف": "ph|f|v|w|b", "ق": "gh|ck|q|k|g|c|", "ك": "ck|ch|k|c|q|x|g", "ل": "l|",
    "م": "m", "ن": "n|m",
    "ه": "h|", "و": "", "ي": "", "ء": "", "گ": "g|k", "پ": "p", "چ": "ch|j", "ڤ": "v",
}  # fmt: skip
SHORT_SOUNDS = {"و": "w|v|u|o", "ي": "y|i|e|j"}
FEW_SOUNDS = 3
_ARTICLE = "[ae](?:l|[rsdntz]h?)"
_VOWELS = "[aeiouywhj'-]*"
_CLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول")
_ADJECTIVE_ENDINGS = ("", "ه", "ين", "ون", "ان", "ات", "ا", "تين", "تان", "هم")
_WORD = re.compile(r"(?:[^\W\d_][\u064b-\u065f\u0670]*)+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʿ": "'", "ʾ": "'", "ı": "i", "ø": "o", "ł": "l", "ß": "s"})


@dataclass(frozen=True, slots=True)
class _Token:
    text: str  # folded
    start: int
    end: int


# -- public -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def names_in(arabic: str) -> tuple[Name, ...]:
    """The names of an Arabic sentence, in order, each once."""
    tokens = [_Token(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(arabic)]
    found = sorted([*_listed(tokens, arabic), *_persons(tokens, arabic)], key=lambda n: n.start)
    return tuple({(n.kind, n.english.pattern): n for n in reversed(found)}.values())[::-1]


def lost_names(arabic: str, english: str) -> tuple[Name, ...]:
    """Names of the Arabic that the English says in no spelling known for them."""
    plain = plain_latin(english)
    return tuple(n for n in names_in(arabic) if not n.english.search(plain))


@lru_cache(maxsize=1024)
def plain_latin(text: str) -> str:
    """Letters without accents, one kind of apostrophe: Béjaïa is Bejaia."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_QUOTES)) if not unicodedata.combining(c))
    return " ".join(bare.split())


# -- places, peoples, organisations -----------------------------------------------------------------------------


@cache
def gazetteer() -> dict[tuple[str, ...], Entry]:
    """Folded words of a name -> what it is. Raises ValueError for an empty table or a broken row."""
    table: dict[tuple[str, ...], Entry] = {}
    for line in GAZETTEER.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, names, adjectives, english = line.split("\t")
            entry = Entry(kind, re.compile("|".join(map(_english_form, english.split("|")))))
            table.update(dict.fromkeys(_arabic_forms(names, adjectives), entry))
    if not table:
        raise ValueError(f"{GAZETTEER} holds no names.")
    return table


@cache
def _longest() -> int:
    return max(map(len, gazetteer()))


def _arabic_forms(names: str, adjectives: str) -> Iterator[tuple[str, ...]]:
    yield from (tuple(fold(name).split()) for name in names.split("|"))
    for adjective in filter(None, adjectives.split("|")):
        for ending in _ADJECTIVE_ENDINGS:
            words = [fold(word) for word in adjective.split()]
            for article in ("", "ال"):
                yield tuple(article + word + ending for word in words)


def _english_form(form: str) -> str:
    plain = re.escape(plain_latin(form)).replace(r"\ ", "[ -]")
    whole = "(?![A-Za-z])" if form.isupper() else ""
    return rf"(?<![A-Za-z]){f'(?i:{plain})' if form.islower() else plain}{whole}"


def _listed(tokens: Sequence[_Token], text: str) -> Iterator[Name]:
    i = 0
    while i < len(tokens):
        entry, size = _look_up(tokens, i, text)
        if entry:
            start, end = tokens[i].start, tokens[i + size - 1].end
            yield Name(text[start:end], entry.kind, start, end, entry.english)
        i += size


def _look_up(tokens: Sequence[_Token], i: int, text: str) -> tuple[Entry | None, int]:
    """The longest name that begins at token ``i`` and how many tokens it takes; (None, 1) when there is none."""
    for size in range(min(_longest(), len(tokens) - i), 0, -1):
        words = [t.text for t in tokens[i : i + size]]
        if size > 1 and not text[tokens[i].start : tokens[i + size - 1].end].replace(" ", "").isalpha():
            continue
        for first in _bare(words[0]):
            entry = gazetteer().get((first, *words[1:]))
            if entry:
                return entry, size
    return None, 1


def _bare(word: str) -> Iterator[str]:
    """The word, then without the particles that may be glued to its front; لل is ل and ال."""
    yield word
    for particles in _CLITICS[1:]:
        if word.startswith(particles):
            yield word[len(particles) :]
        if particles.endswith("ل") and word.startswith(particles + "ل"):
            yield "ا" + word[len(particles) - 1 :]


# -- persons ----------------------------------------------------------------------------------------------------


def _persons(tokens: Sequence[_Token], text: str) -> Iterator[Name]:
    """Given names after a title or known as such, and the surname after them."""
    previous = ""
    for i, token in enumerate(tokens):
        known = next((w for w in _bare(token.text) if w in GIVEN or w in FAMOUS), "")
        titled = previous in TITLES and token.text not in NOT_NAMES and not token.text.startswith("ال")
        compound = token.text in ("عبد", "وعبد", "لعبد") and i + 1 < len(tokens) and tokens[i + 1].text.startswith("ال")
        if compound:
            yield _person("عبد" + tokens[i + 1].text, token.start, tokens[i + 1].end, text)
        elif known or (titled and len(token.text) > 2 and token.text not in TITLES):
            yield _person(known or token.text, token.start, token.end, text)
            if known not in FAMOUS:
                yield from _surname(tokens, i + 1, text)
        # تركي آل الشيخ is a family, not a sheikh.
        previous = "" if previous == "ال" else token.text.removeprefix("و")


def _surname(tokens: Sequence[_Token], i: int, text: str) -> Iterator[Name]:
    if i >= len(tokens) or text[tokens[i - 1].end : tokens[i].start].strip():
        return
    word = tokens[i].text
    if (
        word.startswith("ال")
        and len(word) > 4
        and word not in NOT_SURNAMES
        and (word,) not in gazetteer()
        and not is_common_word(word)
    ):
        yield _person(word, tokens[i].start, tokens[i].end, text)


def _person(word: str, start: int, end: int, text: str) -> Name:
    return Name(text[start:end], "person", start, end, sounds_like(word))


@lru_cache(maxsize=4096)
def sounds_like(word: str) -> re.Pattern[str]:
    """A pattern for the ways English may spell a folded Arabic name."""
    article = word.startswith("ال") and len(word) > 4
    body = word[2:] if article else word
    body = re.sub(r"^عبدال", "عبد~", body)
    sounds = _split_sounds(body)
    firm = sum(bool(SOUNDS.get(s, s)) for s in sounds)
    parts = [_letter(sound, firm < FEW_SOUNDS) for sound in sounds]
    # A capital must begin it: "made" is not Ahmed.
    opening = f"(?:(?i:{_ARTICLE})[ '-](?=[A-Z])|(?=[A-Z])(?i:{_ARTICLE})?)" if article else "(?=[A-Z])"
    return re.compile(rf"(?<![A-Za-z]){opening}(?i:{_VOWELS}{''.join(parts)}s?)(?![A-Za-z])")


def _split_sounds(word: str) -> list[str]:
    return re.findall("تش|كس|تس|شت|.", word)


def _letter(sound: str, short: bool) -> str:
    if sound == "~":  # the article within Abdel Rahman, Abderrahmane
        return f"[a-z]?[ ]?{_VOWELS}"
    # A short name is little but its long vowels: عوض would be any word with a d.
    choices = SHORT_SOUNDS[sound] if short and sound in SHORT_SOUNDS else SOUNDS.get(sound, "")
    if not choices:
        return ""
    optional = "?" if choices.endswith("|") else ""
    # Twice the letter at will: Hassan, Ghaffar.
    return rf"(?:{choices.rstrip('|')}){{0,2}}{_VOWELS}" if optional else rf"(?:{choices}){{1,2}}{_VOWELS}"
