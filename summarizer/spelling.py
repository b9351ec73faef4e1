"""Personal names: where they stand in an Arabic sentence, and how English usually spells them.

A small translation model makes up names it has seldom seen ("al-Masmowai" for العوضي). Names that stand where names
stand, after a title or beginning with a known given name, are therefore found by rule and spelled from a table
(``data/spellings.tsv``: Arabic word -> its most usual English spelling), letter by letter where the table ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarizer.arabic import fold, strip_marks, word_set

DATA = Path(__file__).parent / "data"
SPELLINGS = DATA / "spellings.tsv"
WORDS = DATA / "words.txt"

# -- tables, folded -------------------------------------------------------------------------------------------------

# A name follows at once. With "و" or "ل" glued to the front they are titles too.
TITLES = word_set(
    "الدكتور الدكتوره دكتور دكتوره المهندس المهندسه مهندس السيد السيده الشيخ الشيخه الامير الاميره الاستاذ الاستاذه "
    "البروفيسور البروفسور اللواء العميد العقيد الرايد النقيب السفير السفيره المستشار المستشاره الحاج الحاجه"
)
# Titles that an adjective may follow as well as a name: الطبيب النفساني, الفريق الطبي.
PROFESSIONS = word_set(
    "الفريق النايب الصيدلي الطبيب الطبيبه الممرض الممرضه القاضي المحامي المحاميه السلطان الملك الوزير"
)
LINKS = {"بن": "bin", "بنت": "bint", "ابن": "Ibn", "ابو": "Abu", "ام": "Umm", "ال": "Al", "ولد": "Ould", "ايت": "Ait"}
# After "عبد", and glued to it, the names of God; "ال" is written with the first part.
SERVANT = "عبد"
OF_GOD = {"الله": "Abdullah", "اله": "Abdulilah"}
# Common words that may follow a title or a name in a sentence and are spelled like somebody's name.
NEVER = word_set(
    "في من الي علي عن مع ان انه انها قال قالت اكد اكدت رييس رييسه وزير وزيره مدير مديره عام عامه اول نايب وكيل وكيله "
    "عضو امين سفير امس اليوم غدا خلال هو هي كان كانت تم قد لم لا ما او ثم بعد قبل كل غير بعض حول لدي عند بين ضد حتي "
    "منذ حيث كما الذي التي الذين هذا هذه ذلك تلك وقد الي لكن بل اذا عندما بينما حين فيما عبر ضمن وفق بشان نحو سوي "
    "عميد قايد ممثل ممثله مسوول والي محافظ عمده ملك شيخ استاذ طبيب رحب بحث التقي استقبل زار دعا شدد اشار اوضح اضاف بين "
    "ذكر اعلن كشف لفت نوه تراس افتتح وقع شارك القي قام شهد حضر ناقش استعرض تفقد تابع وجه طالب حذر نفي عبر اعرب ابدي"
)
GLUED = "وفبل"
MOST_WORDS = 5  # of one name
RARE_LETTERS = 4  # of a name that nothing but a list speaks for
_WORD = re.compile(r"[ء-غف-يٱ-ۓ](?:[ء-غف-يٱ-ۓ]|[\u064b-\u065f\u0670\u0640])*")
_SEPARATOR = re.compile(r"\s+[“\"«']?|")

CONSONANTS = {
    "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "ء": "", "ؤ": "", "ئ": "", "پ": "p", "چ": "ch", "ڤ": "v", "گ": "g",
}  # fmt: skip
LONG = {"ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "و": "ou", "ي": "i"}
AT_START = {"و": "w", "ي": "y", "ع": "a"}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A personal name in an Arabic text, and its English."""

    start: int
    end: int
    english: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str  # as written
    folded: str
    start: int
    end: int


def personal_names(arabic: str) -> list[Spelled]:
    """The personal names of a sentence, in order, not overlapping; titles stay outside."""
    tokens = [_token(m[0], m.start()) for m in _WORD.finditer(arabic)]
    found: list[Spelled] = []
    i = 0
    while i < len(tokens):
        size = _name_at(tokens, i, arabic)
        if size:
            name = tokens[i : i + size]
            found.append(Spelled(name[0].start, name[-1].end, spell(" ".join(t.text for t in name))))
        i += size or 1
    return found


def rare_names(arabic: str) -> list[Spelled]:
    """Words of a sentence that no news has but a list of names does, neighbours joined: هيتوشي سايتو is Hitoshi Saito.

    A small model makes up what it doesn't know; but a rare word need not be a name, so this is a second opinion. With
    an article it is more likely a noun (الفلين is cork, not Flynn).
    """
    tokens = [_token(m[0], m.start()) for m in _WORD.finditer(arabic)]
    found: list[Spelled] = []
    for i, token in enumerate(tokens):
        if not _is_rare_name(token):
            continue
        english = spell(token.text)
        if found and found[-1].end == tokens[i - 1].end and not _gap(tokens, i, arabic):
            before = found.pop()
            found.append(Spelled(before.start, token.end, f"{before.english} {english}"))
        else:
            found.append(Spelled(token.start, token.end, english))
    return found


def _is_rare_name(token: _Token) -> bool:
    word = token.folded
    if len(word) < RARE_LETTERS or word.startswith("ال") or word in NEVER or _is_glued(word):
        return False
    return word not in _words() and "ال" + word not in _words() and _row(word) in ("name", "given")


def spell(name: str) -> str:
    """An Arabic name in English: أسامة حماد is Osama Hammad, عبد الحميد الدبيبة is Abdel Hamid al-Dabiba."""
    parts = re.sub(r"(?<!\S)(عبد|أبو|ابو|آل)\s+(?=\S)", "\\1\N{NO-BREAK SPACE}", strip_marks(name)).split(" ")
    return " ".join(_part(part) for part in parts if part)


def transliterate(word: str) -> str:
    """A word letter by letter, vowels guessed: CV and CVC syllables with "a" where Arabic writes none."""
    units = list(_units(strip_marks(word)))
    written = ""
    for i, unit in enumerate(units):
        written += unit
        following = units[i + 1 : i + 3]
        if _is_vowel(unit) or not following or _is_vowel(following[0]):
            continue
        # A consonant may close a syllable that has a vowel when there is enough after it for the next: ah-dal, rou-bat.
        closes = written[: -len(unit)][-1:] in "aeiou" and len(following) == 2
        if not (closes and len(written) > len(unit)):
            written += "a"
    return written.capitalize()


def _token(word: str, start: int) -> _Token:
    """A word, without the particle that is glued to a name: ونيكولاس is و and نيكولاس."""
    folded = fold(word)
    glued = word[0] in GLUED and len(word) > 3 and _row(folded) != "name" and folded not in _words()
    if glued and _row(fold(word[1:])) in ("name", "given"):
        return _Token(word[1:], folded[1:], start + 1, start + len(word))
    return _Token(word, folded, start, start + len(word))


# -- finding --------------------------------------------------------------------------------------------------------


def _name_at(tokens: list[_Token], i: int, text: str) -> int:
    """How many tokens from ``i`` on are one name; 0 when none begins here."""
    after_title = i > 0 and _is_title(tokens[i - 1].folded) and not _gap(tokens, i, text)
    opens = _opens_after_title(tokens[i], tokens[i - 1]) if after_title else _is_given(tokens[i].folded)
    if not opens:
        return 0
    end = i + 1
    while end < len(tokens) and end - i < MOST_WORDS and not _gap(tokens, end, text):
        linked = tokens[end - 1].folded in (*LINKS, SERVANT)
        if not (linked or _continues(tokens[end])):
            break
        end += 1
    while end > i and tokens[end - 1].folded in LINKS:
        end -= 1
    # One word that is no title's is left to the model: a surname alone is a word too often.
    return end - i if after_title or end - i > 1 else 0


def _gap(tokens: list[_Token], i: int, text: str) -> bool:
    """Whether more than a space, or an opening quotation mark, parts a token from the one before."""
    return not _SEPARATOR.fullmatch(text[tokens[i - 1].end : tokens[i].start])


def _is_title(word: str) -> bool:
    return bool(_title(word))


def _title(word: str) -> str:
    """The title that a word is, a particle before it or not: وللدكتور is الدكتور; "" when it is none."""
    forms = (word, word[1:], "ا" + word[1:], "ا" + word[2:])
    return next((form for form in forms if form in TITLES or form in PROFESSIONS), "")


def _opens_after_title(token: _Token, title: _Token) -> bool:
    word = token.folded
    if word in NEVER or _is_title(word) or len(word) < 2:
        return False
    if _title(title.folded) in PROFESSIONS:
        return _is_given(word) or _row(word) == "name"
    # الرائد is a major, and also "pioneering": والمتخصص after it is "and specialized".
    return word in LINKS or word == SERVANT or _is_name(word) or (word not in _words() and not _is_glued(word))


def _is_given(word: str) -> bool:
    """Whether a word opens a name without a title before it: a name, and hardly ever anything else."""
    if len(word) < 3 or word in NEVER or word in LINKS or word.startswith("ال"):
        return False
    return word == SERVANT or _row(word) == "given"


def _continues(token: _Token) -> bool:
    word = token.folded
    if word in NEVER or len(word) < 2:
        return False
    return word in LINKS or word == SERVANT or _is_name(word) or (word not in _words() and not _is_glued(word))


def _is_name(word: str) -> bool:
    return _row(word) in ("name", "given") or _bare(word).startswith(SERVANT + "ال")


def _is_glued(word: str) -> bool:
    """Whether particles make a common word an uncommon string: ولتعزيز, بالتعاون."""
    return word.startswith(("و", "ول", "وب", "لل")) or (word[0] in "فبلك" and word[1:] in _words())


def _bare(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


# -- spelling -------------------------------------------------------------------------------------------------------


def _part(part: str) -> str:
    first, _, rest = part.partition("\N{NO-BREAK SPACE}")
    if rest:
        return _servant(rest) if fold(first) == SERVANT else f"{LINKS[fold(first)]} {_part(rest)}"
    folded = fold(part)
    if folded in LINKS:
        return LINKS[folded]
    if folded.startswith(SERVANT + "ال") and folded not in spellings():
        return _servant(part[len(SERVANT) :])
    if folded.startswith("ال") and len(folded) > 4:
        # Egypt writes a last ي without dots: الطحاوى is al-Tahawi.
        return f"al-{_part(re.sub('ى$', 'ي', part[2:]))}"
    return spellings().get(folded, ("", ""))[0] or transliterate(part)


def _servant(of: str) -> str:
    """عبد with what follows it: عبد الله, عبد الحميد, عبدالغفار."""
    folded = fold(of)
    return OF_GOD.get(folded) or f"Abdel {_part(of[2:] if folded.startswith('ال') else of)}"


def _units(word: str) -> Iterator[str]:
    """Sounds of a word: consonants, and the vowels that Arabic writes."""
    letters = [c for c in word if c in CONSONANTS or c in LONG]
    for i, letter in enumerate(letters):
        before, after = letters[i - 1] if i else "", letters[i + 1] if i + 1 < len(letters) else ""
        if not i and letter in AT_START:
            yield AT_START[letter]
        elif letter in "وي" and after and (after in LONG or before in "اأآع"):
            yield "w" if letter == "و" else "y"
        elif letter == "و" and not after:
            yield "o"
        elif letter in LONG:
            yield LONG[letter]
        elif letter == "ع" and after not in LONG:
            yield "a"
        elif CONSONANTS[letter]:
            yield CONSONANTS[letter]


def _is_vowel(unit: str) -> bool:
    return unit[0] in "aeiou"


# -- data -----------------------------------------------------------------------------------------------------------


@cache
def spellings() -> dict[str, tuple[str, str]]:
    """Folded Arabic word without article -> (English, kind): "given" may open a name, "name" is one, "word" is a
    common word as well."""
    rows = (line.split("\t") for line in SPELLINGS.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    table = {arabic: (english, kind) for arabic, english, kind in rows}
    if not table:
        raise ValueError(f"{SPELLINGS} holds no names.")
    return table


def is_common_word(folded: str) -> bool:
    """Whether a word, as it stands in a text, is common in news and hardly ever a name."""
    return folded in _words()


@cache
def _words() -> frozenset[str]:
    """Folded words common in news that are hardly ever names, as they stand in texts."""
    words = frozenset(line for line in WORDS.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    if not words:
        raise ValueError(f"{WORDS} holds no words.")
    return words


def _row(word: str) -> str:
    return spellings().get(_bare(word), ("", ""))[1]
