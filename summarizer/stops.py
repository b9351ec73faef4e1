"""Which full stop, question mark or pause ends a sentence, and which doesn't: named rules over named tables.

A stop ends a sentence unless a rule says that it doesn't. Where it can't be decided (an initial before a name, a
pause of two dots), the text stays together: a unit that is too long is translated worse, one that begins inside a
name is translated wrong.

A quotation or bracket is broken at a stop only if at least ``QUOTED_WORDS`` words of it stand on both sides, so that
"نعم. بالتأكيد." stays whole and a speech of ten sentences becomes ten units.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.arabic import fold, word_set

QUOTED_WORDS = 4  # a part of a quotation with fewer words is no sentence of its own, ...
PAUSE_WORDS = 5  # ... nor is what stands beside two dots

# Tables hold the folded spelling (see arabic.fold); a full stop after the last letter is left out.
TITLES = word_set("د ا.د ا.م.د ا.م م.د م.م م ا ص.ب بروف dr mr mrs ms prof st gen col sen rep gov no vs eng")
# Names of Latin letters as agencies spell them: بي.بي.سي, سي إن إن.
LETTER_NAMES = word_set(
    "ايه اي بي سي دي اف جي اتش اتس هاش ايتش اي جيه جاي كيه كاي ال ام ان او كيو ار اس تي يو في دبليو اكس واي زد زي"
)
# Before a letter, these make it a grade or a kind: الفئة ب. فيتامين د.
KINDS = word_set(
    "فيه الفيه مجموعه المجموعه فيتامين الكبد نوع النوع البند الماده الفقره القسم الدرجه الملحق النموذج فصيله"
)
MAY_END = word_set("الخ inc ltd co corp jr sr etc jan feb aug sept oct nov dec")
DOMAINS = word_set("كوم نت اورغ اورج دوت com net org")
OPENERS = word_set(
    "كما لكن غير لذلك لذا ثم ان قال قالت اكد اكدت اضاف اضافت اوضح كان كانت هذا هذه يذكر يشار جاء تم قد لا لم لن"
)
# After two dots these carry the sentence on: "..مؤكدين أهمية".
CIRCUMSTANCE = re.compile(
    r"و?(?:مؤكد|مشير|موضح|مبين|مضيف|معتبر|معرب|مشدد|منوه|لافت|مطالب|داعي|متمني|معلن|قائل|مثمن|مستعرض|محذر|محمل|متهم|"
    r"مناشد|مقدم|متابع|مستطرد|مردف|كاشف|ملمح|مرجح|متوقع|معبر|مجدد|مذكر|مضيئ|متسائل|موجه|مستشهد|واصف|مستنكر|مرحب)"
    r"(?:ا|ه|ين|ان|ات)".replace("ؤ", "و").replace("ئ", "ي")
)
PAUSED_ON = word_set(
    "الذي التي الذين حيث بينما مما بما بهدف فضلا علاوه وذلك خاصه لاسيما عبر بحضور او بل الا اي مثل كي لكي حتي "
    "لان لانه لانها وان بعد قبل وفق بحسب بشرط دون"
)

STOP_SIGNS = ".!?؟…۔"
BULLETS = "•●▪■◦‣►➢➤✓✔♦◆◾"
QUOTES = '"“”„‟'
PARTNERS = {"(": ")", "[": "]", "{": "}", "«": "»", "‘": "’", "‹": "›"}
_PAIR_OF = {**dict.fromkeys(QUOTES, '"'), **{o: o for o in PARTNERS}, **{c: o for o, c in PARTNERS.items()}}

fold_word = lru_cache(maxsize=4096)(fold)  # of single words: folding is the slow step, and news repeats itself
_VOWELLED = re.compile(r"\w[\w\u064b-\u0652\u0670]*")
_WORD = re.compile(rf"\w[^\s{STOP_SIGNS}]*")
_MARK = re.compile(f"[{re.escape(''.join(_PAIR_OF))}]")
_BREAK = re.compile(
    rf"(?P<stop>[{STOP_SIGNS}]+(?:[ \u00a0]+[{STOP_SIGNS}]+(?![^\s\"”»)]))*)|(?<!\S)(?P<bullet>[{BULLETS}]|·(?=\s))"
)
_CARRIED_ON = re.compile(r"\s*[،,؛;:]")
_NEXT_STOP = re.compile(rf"[{STOP_SIGNS}](?!\w)")
_BOUNDARY = re.compile(rf"[\s{re.escape(''.join(_PAIR_OF))}،؛:/|]+")
_LIST_NUMBER = re.compile(r"\W*\d{1,2}")
_IN_A_LINK = frozenset("/_@&=%")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with what the rules ask about it, each answered in logarithmic time."""

    text: str
    words: array[int]  # where each word begins
    closing: frozenset[int]  # where a quotation mark or bracket closes another
    marks: list[int]  # where a pair opens or closes, ...
    inside: list[tuple[int, int] | None]  # ... and the innermost pair from there on

    def count(self, begin: int, end: int) -> int:
        return bisect_left(self.words, end) - bisect_left(self.words, begin)

    def around(self, at: int) -> tuple[int, int] | None:
        place = bisect_right(self.marks, at)
        return self.inside[place - 1] if place else None


def _read_line(text: str) -> _Line:
    pairs = _pairs(text)
    marks, inside = _nest(pairs)
    words = array("l", (m.start() for m in _WORD.finditer(text)))
    return _Line(text, words, frozenset(end for _, end in pairs), marks, inside)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Quotation marks and brackets with their partners; -1 or len(text) for a partner on another line."""
    # Arabic sites write “x”, ”x“ and "x" alike, so the spaces around a mark tell whether it opens, and where they
    # don't, it closes what is open. A mark that opens while another is open shows that the other was never closed.
    waiting: dict[str, list[int]] = {kind: [] for kind in _PAIR_OF.values()}
    pairs = []
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark[0]
        opened = waiting[_PAIR_OF[sign]]
        if sign in PARTNERS:
            opened.append(at)
        elif sign in QUOTES and (_looks_opening(text, at) or not (opened or _looks_closing(text, at))):
            opened[:] = [at]
        elif opened:
            pairs.append((opened.pop(), at))
        elif sign in QUOTES or sign == "»":
            pairs.append((-1, at))
    return pairs + [(at, len(text)) for kind in '"«' for at in waiting[kind][-1:]]


def _looks_opening(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return (before.isspace() or before in PARTNERS) and bool(after) and not after.isspace() and after not in STOP_SIGNS


def _looks_closing(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return not before.isspace() and before != ":" and not after.isalnum() and after not in PARTNERS


def _nest(pairs: list[tuple[int, int]]) -> tuple[list[int], list[tuple[int, int] | None]]:
    events = sorted([(p[0], True, p) for p in pairs] + [(p[1], False, p) for p in pairs])
    stack: list[tuple[int, int]] = []
    closed, inside = set(), []
    for _, opens, pair in events:
        if opens:
            stack.append(pair)
        else:
            closed.add(pair)
        while stack and stack[-1] in closed:
            stack.pop()
        inside.append(stack[-1] if stack else None)
    return [at for at, _, _ in events], inside


def cuts(text: str) -> Iterator[int]:
    """Where inside a line a new sentence begins."""
    line, start = _read_line(text), 0
    for mark in _BREAK.finditer(text):
        if mark["bullet"]:
            cut, ends = mark.start(), line.count(start, mark.start()) > 0
        else:
            cut = _after_closing(line, mark.end())
            ends = _ends_sentence(line, start, mark, cut)
        if ends and cut >= start:
            yield cut
            start = cut


def _after_closing(line: _Line, end: int) -> int:
    """Past the quotation marks, brackets and further stops that still belong to the sentence."""
    text = line.text
    while end < len(text):
        if text[end] in STOP_SIGNS or text[end] in PARTNERS.values() or end in line.closing:
            end += 1
        elif text[end] == " " and end + 1 in line.closing and not text[end + 2 : end + 3].isalnum():
            end += 2
        else:
            break
    return end


def _ends_sentence(line: _Line, start: int, stop: re.Match[str], cut: int) -> bool:
    text, at = line.text, stop.start()
    if not line.count(start, at) or not line.count(cut, len(text)) or _CARRIED_ON.match(text, cut):
        return False
    if text[at - 1] in "([" or not _quotation_lets(line, start, at, cut):
        return False
    if stop[0] == ".":
        return _full_stop_ends(line, start, at, cut)
    if not stop[0].strip(".… "):
        return _pause_ends(line, start, stop, cut)
    return _question_ends(text, stop.end(), cut)


def _quotation_lets(line: _Line, start: int, at: int, cut: int) -> bool:
    pair = line.around(at)
    if pair is None or pair[1] < cut:
        return True
    return min(line.count(max(start, pair[0]), at), line.count(cut, pair[1])) >= QUOTED_WORDS


def _question_ends(text: str, end: int, cut: int) -> bool:
    """؟ or !: not within a link, and after a closing mark only if a sentence clearly begins (a title can end in ؟)."""
    following = text[end : end + 1]
    if following in _IN_A_LINK or (following.isascii() and following.isalnum()):
        return False
    return cut == end or text[cut - 1] in STOP_SIGNS or _opens(_next_word(text, cut))


def _pause_ends(line: _Line, start: int, stop: re.Match[str], cut: int) -> bool:
    """Two dots or more: the end between two long parts, a comma elsewhere."""
    word = _next_word(line.text, cut)
    if cut > stop.end():
        return line.text[cut - 1] in STOP_SIGNS or _opens(word)
    following = _NEXT_STOP.search(line.text, cut)
    right = line.count(cut, following.start() if following else len(line.text))
    long_parts = min(line.count(start, stop.start()), right) >= PAUSE_WORDS
    return long_parts and not CIRCUMSTANCE.fullmatch(word) and word not in PAUSED_ON


def _full_stop_ends(line: _Line, start: int, at: int, cut: int) -> bool:
    text = line.text
    following = text[at + 1 : at + 2]
    if following in _IN_A_LINK or (following.isascii() and following.isalpha()):
        return False
    if _LIST_NUMBER.fullmatch(text, start, at):
        return False
    before, token = _words_before(text, start, at)
    if following.isdigit():
        return token.isalpha() and not token.isascii() and len(token) > 2 and token not in LETTER_NAMES
    if token.isascii() and re.match(r"\s+[a-z]", text[cut : cut + 9]):
        return False
    word = _next_word(text, cut)
    if following.isalpha() and (word in LETTER_NAMES | DOMAINS or (len(word) == 1 and word != "و")):
        return False
    return _word_can_end(before, token, word)


def _word_can_end(before: str, token: str, word: str) -> bool:
    """Whether a full stop after ``token`` ends a sentence, given the words around it (all folded)."""
    bare = token[1:] if token[:1] == "و" and token[1:] in TITLES else token
    if bare[-1:].isdigit() or not bare:
        return True
    letters = bare.lstrip("0123456789")
    parts = letters.split(".")
    initials = all(len(part) == 1 or part in LETTER_NAMES for part in parts)
    after_number = before[-1:].isdigit() or letters != bare or before in KINDS
    if bare in MAY_END or (initials and after_number):
        return _opens(word)
    if bare in TITLES or (len(bare) == 1 and not bare.isascii()):
        return False
    return not initials or (bare in LETTER_NAMES and before in LETTER_NAMES) or _opens(word)


def _words_before(text: str, start: int, at: int) -> tuple[str, str]:
    parts = ["", "", *_BOUNDARY.split(text[max(start, at - 48) : at].rstrip())]
    return fold_word(parts[-2]), fold_word(parts[-1]).lstrip("#-–—*")


def _next_word(text: str, at: int) -> str:
    found = _VOWELLED.search(text, at, at + 40)
    return fold_word(found[0]) if found else ""


def _opens(word: str) -> bool:
    """Whether a folded word looks like the first of a sentence."""
    return word in OPENERS or (word.startswith("و") and len(word) > 2)
