"""How a sentence opens: what ties it to the one before, what of that can be taken off, and what can not.

A sentence taken out of its story must stand alone. "From his side, the minister said" loses its opening; "he added
that the plan costs 5 million" becomes "the plan costs 5 million"; "he praised the plan" can't be saved by trimming:
it needs the sentence that names him.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from summarizer.arabic import fold, word_set


@dataclass(frozen=True, slots=True)
class Opening:
    """A sentence made to stand alone. ``text`` is a piece of the original; ``needs_owner``: it still leans back."""

    text: str
    needs_owner: bool


# -- tables, in folded spelling ---------------------------------------------------------------------------------

# Taken off wherever they open a sentence, with a comma or dots after them or a word: "for his part".
CONNECTIVES = (
    "من جانبه|من جانبها|من جانبهم|من جهته|من جهتها|من جهتهم|من ناحيته|من ناحيتها|بدوره|بدورها|من جهه اخري|"
    "من ناحيه اخري|"
    "من جهه ثانيه|من جانب اخر|في المقابل|بالمقابل|الي ذلك|في السياق|في السياق ذاته|في السياق نفسه|"
    "في سياق متصل|في سياق اخر|"
    "في سياق ذي صله|في هذا السياق|في هذا الصدد|في هذا الاطار|في ذات السياق|في نفس السياق|في الاطار ذاته|"
    "في موازاه ذلك|"
    "في غضون ذلك|في الوقت نفسه|في الوقت ذاته|في الاثناء|في هذه الاثناء|علاوه علي ذلك|بالاضافه الي ذلك|اضافه الي ذلك|"
    "فضلا عن ذلك|الي جانب ذلك|علي صعيد اخر|علي صعيد متصل|علي الصعيد ذاته|في الختام|ختاما|كذلك|ايضا|كما|هذا|قد|لقد"
)
# After these كما is "as" (as expected, as if), not "also"; كما أن is a notice.
NOT_ALSO = word_set("ان انه انها هو هي لو في يلي كان كانت يبدو تبدو توقع جرت جري حدث")
# Taken off with what follows "that": "it is worth mentioning that".
NOTICES = (
    "يذكر|الجدير بالذكر|جدير بالذكر|من الجدير بالذكر|الجدير ذكره|الجدير بالاشاره|يجدر بالذكر|يجدر الذكر|"
    "تجدر الاشاره الي|"
    "يشار الي|تجدر الاشاره|من المعروف|كما"
)
# Verbs of saying. Followed by "that" they have no named subject.
SAYING = (
    "قال قالت اضاف اضافت اكد اكدت اوضح اوضحت اشار اشارت ذكر ذكرت بين بينت لفت لفتت نوه نوهت شدد شددت تابع "
    "تابعت اردف اردفت "
    "استطرد زاد زادت صرح صرحت اعتبر اعتبرت راي رات افاد افادت كشف كشفت اعلن اعلنت حذر حذرت توقع توقعت يضيف "
    "تضيف يقول تقول "
    "يوكد توكد يوضح توضح يشير تشير واصل مضي ختم اختتم"
)
# Verbs of acting, with SAYING those a news sentence opens with. A preposition straight after one leaves it no subject.
ACTING = (
    "اعرب اعربت عبر عبرت اشاد اشادت دعا دعت طالب طالبت تطرق تطرقت اطلع اطلعت ناقش ناقشت بحث بحثت استعرض "
    "استعرضت اثني اثنت "
    "رحب رحبت حث حثت تعهد تعهدت اثار اثارت تحدث تحدثت سلط سلطت جدد جددت وجه وجهت تقدم شكر شكرت هنا ثمن ثمنت "
    "ركز ركزت تناول "
    "تناولت تفقد تفقدت التقي التقت زار زارت قدم قدمت قام قامت شارك شاركت نفي نفت اتهم اتهمت انتقد انتقدت رفض "
    "رفضت طلب طلبت"
)
# Other words that "and" is glued to when they open a sentence.
AFTER_AND = (
    "خصص خصصت خفض خفضت رفع رفعت منع صادق صادقت عين اقر اصيب حكم وفقا وفق كان كانت بلغ بلغت بدا بدات جاء جاءت "
    "شهد شهدت شملت شمل ضم ضمت تم سيتم سوف لم لن لا لكن ليس ليست من مع "
    "منذ في علي عن عند "
    "عقب قبل بعد بين بحسب حسب خلال حين حيث رغم بالرغم عندما بينما كذلك كما قد لقد نقل نقلت نشر نشرت نص كتب "
    "كتبت قتل قتلت قرر "
    "قررت قضت حضر حضرت حصل حصلت عقد عقدت سجل سجلت شن شنت صدر صدرت طرح عاد عادت عمل عملت فاز فازت كلف مثل منح "
    "منحت هناك هو هي "
    "هم هما هذا هذه هولاء ذلك تلك يذكر ثم لو لما اذا بناء بموجب بالاضافه بالتالي بفضل بعض كل كلا جميع جري "
    "جرت حقق حققت حدد "
    "حضرا ساهم ساهمت ظهر ظهرت غادر غادرت فتح قاد لقي لقيت نجح نجحت نظم نظمت هدد هددت هنا بخصوص بشان فيما فور "
    "لدي مثلت معظم نحو"
)
# Words that begin with و of their own.
OWN_WAW = word_set(
    "والي والد والده والدي والدته والدها والدان والدين ويلز ويليام ويليامز ويكيبيديا ويكيليكس ويسكونسن وتيره وتر وتره"
)
# After "that it": no person is meant, so the clause stands alone.
IMPERSONAL = "تم يتم سيتم جري يجري سيجري يجب ينبغي يمكن لابد لا من ليس هناك تقرر حان يتعين يتوقع في بعد علي مع خلال"
PREPOSITIONS = "الي علي عن في من بان ان انه انها انهم ان خلال عبر لدي ضمن ايضا كذلك قائلا قائله بحسب وفق مع بعد قبل"
# Objects that come straight after such a verb when its subject was named before: "stressed the importance of".
OBJECTS = (
    "اهميه ضروره حرصه حرصها التزامه التزامها استعداده استعدادها عزمه عزمها رغبته رغبتها دعمه دعمها امله املها "
    "شكره شكرها"
)
# Openings that lean on what was said before.
LEANING = (
    "هو هي هم هما له لها لهم لديه لديها لديهم فيه فيها منه منها منهم بينهم بينها عنه عنها معه معها عليه "
    "عليها به بها بهم "
    "لكنه لكنها لكنهم لكن انه انها انهم لانه لانها غير الا بيد لذلك لذا هكذا ثم حيث اذ اما بينما فيما مما "
    "كلاهما كليهما بل "
    "عندها حينها بعدها قبلها خلالها بذلك كذلك وهكذا ذلك تلك هولاء نعم عليه بالتالي بعدما حينذاك اخيرا احدهم "
    "احدهما بعضهم جميعهم اولا ثانيا ثالثا"
)
DEMONSTRATIVES = word_set("هذا هذه ذلك تلك هولاء هذان هذين هاتين")
TIMES = word_set("العام السنه الشهر الاسبوع اليوم المساء الصباح الليله الموسم الصيف الشتاء الربيع الخريف الايام")
DEMONSTRATIVE_REACH = 2  # "this comes", "that came during": a demonstrative among the first words points back

_WORDS = {
    name: frozenset(table.split())
    for name, table in {
        "saying": SAYING, "acting": ACTING, "after_and": AFTER_AND, "impersonal": IMPERSONAL,
        "prepositions": f"{PREPOSITIONS} {OBJECTS}", "leaning": LEANING,
    }.items()
}  # fmt: skip
_VERBS = _WORDS["saying"] | _WORDS["acting"]
_AND = _VERBS | _WORDS["after_and"] | _WORDS["leaning"]
_CONNECTIVES = sorted((tuple(p.split()) for p in CONNECTIVES.split("|")), key=len, reverse=True)
_NOTICES = sorted((tuple(p.split()) for p in NOTICES.split("|")), key=len, reverse=True)
_TOKEN = re.compile(r"(?:\w[\u064b-\u065f\u0670]*)+")
_PAUSE = re.compile(r"[\s،,:.…–-]*")
# At most three words, an agency in brackets or not, and a dash with spaces: "دمشق (سانا) – ".
_DATELINE = re.compile(
    r"[^\s،:.«“\"]+(?:\s[^\s،:.«“\"]+){0,2}?(?:\s?\([^()]{1,25}\))?\s?[–—-]{1,2}\s+(?=\w)(?!.*\s[–—-]\s)"
)
_QUOTE_FIRST = re.compile(r"\s*[:\"“«”]")
# What leaves no doubt after "and": أ إ, ي ت, the article, است, انـ, the eighth form, a second و, and a verb in ـت
# that keeps four letters without it (وفرضت; but وصلت, وقعت and وافقت have a و of their own).
_SURE_AND = re.compile(r"و(?:[أإآ]|ال|است|ان.|ا.ت|[يت]\w{2}|و(?!هان|تش|لف|رد|كر|دز)|[^اأإآ]\w{1,3}[^ا]ت$)")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str  # folded
    start: int
    end: int


def open_sentence(text: str) -> Opening:
    """The sentence without what ties it to the one before, and whether it still needs that one."""
    rest, leans = text, False
    while True:
        shorter = _drop_connective(rest) or _drop_notice(rest) or _drop_attribution(rest)
        if shorter is None:
            break
        rest = shorter
    bare = drop_and(rest)
    leans = needs_owner(bare)
    return Opening(bare, leans)


def drop_dateline(text: str) -> str:
    """ "Tripoli – the minister visited" is "the minister visited". For a story's first sentence only."""
    return text[match.end() :] if (match := _DATELINE.match(text)) else text


def _words(text: str, most: int = 8) -> list[_Word]:
    found = []
    for match in _TOKEN.finditer(text):
        found.append(_Word(fold(match[0]), match.start(), match.end()))
        if len(found) == most:
            break
    return found


def _without_and(word: str) -> str:
    bare = word.removeprefix("و")
    return bare if bare != word and (bare in _AND or _SURE_AND.match(word)) else word


def _matches(words: list[_Word], phrase: tuple[str, ...]) -> bool:
    if len(words) <= len(phrase):
        return False
    first = words[0].text
    return first.removeprefix("و") == phrase[0] and tuple(w.text for w in words[1 : len(phrase)]) == phrase[1:]


def _drop_connective(text: str) -> str | None:
    words = _words(text)
    phrase = next((p for p in _CONNECTIVES if _matches(words, p)), None)
    if phrase is None:
        return None
    end = words[len(phrase) - 1].end
    after = words[len(phrase)].text
    if phrase == ("كما",) and after in NOT_ALSO:
        return None
    if phrase == ("قد",) and after not in _AND and after[0] in "يتنا":
        return None  # before a present tense it is "may"
    if phrase == ("هذا",) and not (after.startswith("و") and _without_and(after) != after):
        return None  # only هذا و...; elsewhere it is a demonstrative
    return text[_PAUSE.match(text, end).end() :]  # type: ignore[union-attr]


def _drop_notice(text: str) -> str | None:
    words = _words(text)
    for phrase in _NOTICES:
        if _matches(words, phrase):
            return _after_that(text, words, len(phrase))
    return None


def _drop_attribution(text: str) -> str | None:
    """ "He added that X" is X, when X is a statement of its own."""
    words = _words(text)
    if len(words) < 3 or _without_and(words[0].text) not in _WORDS["saying"]:
        return None
    at = 1
    if words[at].text in ("البيان", "المصدر", "ايضا", "كذلك"):
        at += 1
    if words[at].text in ("الي", "علي"):
        at += 1
    if re.search(r"[^\w\s\u064b-\u065f]", text[words[0].end : words[at].start]):
        return None
    return _after_that(text, words, at)


def _after_that(text: str, words: list[_Word], at: int) -> str | None:
    """What follows "that" at word ``at``; nothing when a pronoun hangs on it and means somebody."""
    if at + 1 >= len(words):
        return None
    that, after = words[at].text, words[at + 1]
    if that in ("ان", "بان") and not _QUOTE_FIRST.match(text, words[at].end):
        return text[after.start :]
    if that in ("انه", "بانه") and after.text in _WORDS["impersonal"]:
        return text[after.start :]
    return None


def drop_and(text: str) -> str:
    """Take a leading و off when it is the conjunction: وأكد is أكد; وزير, وقع and وافق keep theirs."""
    word = next(iter(_words(text, 1)), None)
    if word is None or word.start or not word.text.startswith("و") or word.text in OWN_WAW:
        return text
    original = text[: word.end]
    sure = len(original) > 3 and bool(_SURE_AND.match(original))
    return text[1:] if sure or word.text[1:] in _AND else text


def needs_owner(text: str) -> bool:
    """Whether the sentence opens with a verb without a subject, a pronoun or a demonstrative."""
    words = _words(text)
    if len(words) < 2:
        return False
    first, second = words[0].text, words[1].text
    if first in _WORDS["leaning"] or _points_back(words):
        return True
    if (first in ("كان", "كانت") and second == "قد") or second in ("ايضا", "كذلك", "قائلا", "قائله"):
        return True
    bare = first.removesuffix("وا").removesuffix("ا")
    if bare != first and bare in _VERBS and len(first) > 3:
        return True  # بحثا, أكدوا: "the two discussed", "they stressed"
    hangs = second in _WORDS["prepositions"] or bool(_QUOTE_FIRST.match(text, words[0].end))
    return first in _VERBS and (hangs or (second[:1] == "ب" and second not in _NOUNS_IN_B))


def _points_back(words: list[_Word]) -> bool:
    pairs = list(pairwise(words))[:DEMONSTRATIVE_REACH]
    return any(w.text.lstrip("وفبل") in DEMONSTRATIVES and after.text not in TIMES for w, after in pairs)


# Nouns with a ب of their own that are subjects of such verbs.
_NOUNS_IN_B = word_set(
    "بيان بنك بعض برنامج باحثون باحث بوتين بايدن بلينكن بريطانيا بكين برلين بغداد باريس بلديه برلمان"
)
