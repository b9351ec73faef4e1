"""Where a sentence can end earlier: before a subordinate clause, never inside a quotation, a bracket or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.arabic import count_words, fold, word_set
from summarizer.openings import AFTER_AND, SAYING

# -- tables, in folded spelling ---------------------------------------------------------------------------------

# What opens a clause that can be left off, whatever follows it.
SUBORDINATE = word_set(
    "مشيرا مشيره مشيرين موكدا موكده موكدين موضحا موضحه موضحين مضيفا مضيفه معربا معربه معربين لافتا لافته منوها منوهه "
    "مشددا مشدده مشددين معتبرا معتبره مبينا مبينه مبينين قائلا قائله داعيا داعيه محذرا محذره متوقعا مطالبا "
    "مطالبه معلنا "
    "معلنه كاشفا مثمنا مشيدا مشيده ذاكرا متهما متعهدا وذلك حيث مما فيما بينما بهدف اذ كما بما لاسيما خصوصا "
    "خاصه الامر "
    "اضافه بالاضافه فضلا علاوه لكن ولكن غير الا رغم ليصل لتصل ليصبح لتصبح انطلاقا تمهيدا سعيا تنفيذا ثم وسط نظرا"
)
# What opens a clause that may also stand in the middle ("the minister, who arrived today, said"): left off only
# when nothing comes after it.
PARENTHETICAL = word_set(
    "وهو وهي وهم وهما الذي التي الذين منها منهم بينها بينهم ومنها ومنهم وفق وفقا بحسب حسب حسبما بحضور "
    "بمشاركه بعد بعدما "
    "قبل عقب خلال ضمن منذ مع عبر عن في من الي علي وفي وعلي ومن بسبب جراء دون كون باعتبار باعتباره بوصفه ابرزها اهمها "
    "ابرزهم اثر لدي تحت بدعم برعايه"
)
# A sentence that opens with one of these has its main clause after the first comma.
ADVERBIAL = word_set(
    "في خلال بعد قبل عقب منذ ضمن بحضور بتوجيهات بتوجيه برعايه باشراف بهدف تنفيذا استنادا بناء وفقا وفق بحسب حسب "
    "علي مع رغم بالرغم عند عندما حين حينما لدي انطلاقا استمرارا تماشيا تفعيلا سعيا حرصا تزامنا بالتزامن بمناسبه "
    "بمشاركه بدعم بموجب من الي بالاضافه اضافه فضلا علاوه بينما فيما اذا لو لما بعدما اثر لليوم للمره ردا تعليقا "
    "بسبب نظرا لان اثناء برئاسه بدعوه تحت وسط كما لليله مساء صباح ظهر فجر"
)
# No sentence ends in one of these.
DANGLING = word_set(
    "في من الي علي عن مع بين ضمن خلال بعد قبل عند لدي منذ حتي او ام و ثم ان انه انها الذي التي الذين كما حيث مما "
    "لكن غير الا كل بعض اي هذا هذه ذلك قد سوف لم لن لا ما هو هي كان كانت قال قالت ابرزها اهمها منها وهي وهو مثل "
    "نحو حوالي تشمل التاليه الاتيه كالتالي الاتي التالي ابرزهم وذلك الدكتور السيد المهندس الشيخ الرئيس وزير رئيس "
    "مدير بين عبد ابو بن ال"
)
LIST_OPENERS = word_set("ابرزها اهمها منها وهي التاليه الاتيه كالتالي الاتي التالي كالاتي يلي مثل وتشمل تشمل ابرزهم")
SAFE_BEFORE = word_set("في من الي علي عن مع بين ضمن خلال بعد قبل عند منذ حتي حيث مما بهدف وذلك بحضور لدي عبر")

LETTERS_A_WORD = 25  # more than any text has on average; keeps a sentence of 40,000 words from being read 40,000 times
GOOD, POOR = 0, 1  # how well a sentence can end at a cut
LEAST_WORDS = 6  # fewer is a fragment
LEAST_SHARE = 0.4  # a cut that leaves less of what may stay is taken only when nothing better is found

# Verbs that are nothing without what was said; أكد and أعلن may also have an object.
_SAYING = word_set("قال قالت اضاف اضافت اوضح اوضحت ذكر ذكرت تابع تابعت يقول تقول يضيف تضيف")
_THAT = word_set("ان انه انها انهم بان بانه بانها الي علي عن باسم")
_CLAUSE_VERBS = frozenset("و" + w for w in f"{AFTER_AND} {SAYING}".split()) - PARENTHETICAL
_BREAK = re.compile(r"\s*(?:[،؛,;](?!\d)|\.{2,}|…|\s[–—-]\s)\s*")
_SPACE = re.compile(r"\s+")
_TRAILING = " \t،؛,;:–—-…"
_OPEN_CLOSE = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))
_STOP = re.compile(r"[.!?؟…][\"”»)\]]*$")


def end_sentence(text: str) -> str:
    """The text with a final stop; a comma or colon left hanging is taken off first, and so is "among them:"."""
    text = text.rstrip()
    if _STOP.search(text) and not text.endswith(("..", "…")):
        return text
    if text.endswith(":"):
        text = drop_list_opener(text)
    return text.rstrip(_TRAILING + ".") + "."


def ends_sentence(text: str) -> bool:
    """Whether the text has its final stop."""
    return bool(_STOP.search(text.rstrip()))


def drop_list_opener(text: str) -> str:
    """ "in several fields, among them:" is "in several fields": its list stands elsewhere."""
    bare = text.rstrip(_TRAILING)
    breaks = list(_BREAK.finditer(bare))
    if breaks and count_words(bare[breaks[-1].end() :]) <= 2 and _opens_list(bare[breaks[-1].end() :]):
        return bare[: breaks[-1].start()]
    return bare


def _opens_list(text: str) -> bool:
    return any(word in LIST_OPENERS for word in fold(text).split())


def shorten(text: str, most: int, *, at_worst: int = POOR) -> str | None:
    """The longest good beginning of at most ``most`` words, or None when there is no clause to end at.

    ``at_worst=GOOD`` refuses to break off a list or to end after a name whose verb may still come.
    """
    if count_words(text) <= most:
        return text
    best: dict[int, str] = {}
    for rank, prefix in _beginnings(text, LETTERS_A_WORD * most):
        size = count_words(prefix)
        if (
            rank <= at_worst
            and LEAST_WORDS <= size <= most
            and is_whole(prefix)
            and says_what(prefix)
            and size > count_words(best.get(rank, ""))
        ):
            best[rank] = prefix
    # Subordinate clauses first; a list is cut only when that would leave too little.
    enough = [best[rank] for rank in sorted(best) if count_words(best[rank]) >= LEAST_SHARE * most]
    return next(iter([*enough, *(best[rank] for rank in sorted(best))]), None)


def _beginnings(text: str, reach: int) -> Iterator[tuple[int, str]]:
    """Every prefix of at most ``reach`` letters that ends at a clause, with how good the cut is: GOOD or POOR."""
    breaks = list(_BREAK.finditer(text, 0, reach))
    skip = 1 if fold(text).split()[0] in ADVERBIAL else 0
    for match in breaks[skip:]:
        yield _rank(text, match), text[: match.start()]
    start = breaks[0].end() if skip and breaks else 0
    for match in _SPACE.finditer(text, start, max(start, reach)):
        word = fold(text[match.end() : match.end() + 20]).split()[:1]
        if word and word[0] in ("حيث", "مما", "بهدف", "وذلك", "بحضور", "فيما", "بينما"):
            yield GOOD, text[: match.start()]


def _rank(text: str, match: re.Match[str]) -> int:
    after = fold(text[match.end() : match.end() + 40]).split()[:1]
    if not after or match[0].strip() in ("؛", ";") or after[0] in SUBORDINATE or after[0] in _CLAUSE_VERBS:
        return GOOD
    last = not _BREAK.search(text, match.end())
    return GOOD if last and after[0] in PARENTHETICAL else POOR


def cut_anywhere(text: str, most: int) -> str:
    """The last resort, for a text with no clause to end at: before a preposition, or after ``most`` words."""
    ends = [m.start() for m in _SPACE.finditer(text, 0, LETTERS_A_WORD * most)]
    fitting = [e for e in ends[: 3 * most] if 0 < count_words(text[:e]) <= most]
    for end in reversed(fitting):
        after = fold(text[end : end + 30]).split()[:1]
        if after and after[0] in SAFE_BEFORE and is_whole(text[:end]):
            return text[:end]
    return text[: fitting[-1]] if fitting else text[: 20 * most]


def says_what(prefix: str) -> bool:
    """False for "Merkel said on her first visit": a verb of saying without what was said."""
    first, *rest = fold(prefix).split()
    return first.removeprefix("و") not in _SAYING or bool(_THAT.intersection(rest)) or '"' in prefix or "“" in prefix


def is_whole(prefix: str) -> bool:
    """Quotation marks and brackets closed, no word hanging."""
    if not is_balanced(prefix):
        return False
    last = fold(prefix).split()[-1:]
    return bool(last) and last[0].strip("\"'«»“”()") not in DANGLING


def is_balanced(text: str) -> bool:
    """Every quotation mark and bracket has its other half."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _OPEN_CLOSE)
