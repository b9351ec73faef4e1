"""The words numbers are made of, Arabic and English: one table a kind of word, joined into one look-up a language.

Arabic words stand in the spelling of :func:`summarizer.arabic.fold`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal

from summarizer.arabic import word_set

# "soft": a word that may stand for the value (a third, a dual noun, a bare "hundred") but need not be rendered by it.
Kind = Literal["digits", "word", "ordinal", "month", "decade", "soft"]
Rank = Literal["digits", "unit", "ten", "tens", "hundred", "scale", "dual", "fraction", "other"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word table says of one word. ``linked``: it carries "and"; ``definite``: it carries "the"."""

    value: Decimal
    rank: Rank
    kind: Kind = "word"
    also: tuple[Decimal, ...] = ()
    linked: bool = False
    definite: bool = False


# -- tables: Arabic, in folded spelling -------------------------------------------------------------------------

UNITS_AR = {
    1: "واحد واحده احد احدي حادي حاديه",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي",
    3: "ثلاث ثلاثه ثلاثا",
    4: "اربع اربعه اربعا",
    5: "خمس خمسه خمسا",
    6: "ست سته ستا",
    7: "سبع سبعه سبعا",
    8: "ثماني ثمانيه ثمان",
    9: "تسع تسعه تسعا",
}
TEN_AR = "عشر عشره"
TENS_AR = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
HUNDRED_AR = "ميه مايه مءه"
TWO_HUNDRED_AR = "ميتان ميتين ميتا ميتي مايتان مايتين مايتا مايتي"
HUNDRED_STEMS_AR = {3: "ثلاث", 4: "اربع", 5: "خمس", 6: "ست", 7: "سبع", 8: "ثماني ثمان", 9: "تسع"}
SCALES_AR = {
    10**3: "الف الفا الاف",
    10**6: "مليون مليونا ملايين",
    10**9: "مليار مليارا مليارات بليون بليونا بلايين",
    10**12: "تريليون تريليونا تريليونات ترليون",
}
DUAL_SCALES_AR = {
    2 * 10**3: "الفان الفين الفي",
    2 * 10**6: "مليونان مليونين مليوني مليونا",
    2 * 10**9: "ملياران مليارين ملياري مليارا",
}
# Plurals without a number before them say "many": hundreds, dozens, millions.
PLURALS_AR = ("الاف", "ملايين", "مليارات", "بلايين", "تريليونات")
PLURALS_EN = ("thousands", "millions", "billions", "trillions", "hundreds")
VAGUE = frozenset(
    prefix + word
    for word in (*PLURALS_AR, *PLURALS_EN)
    for prefix in ("", "و", "ب", "ل", "ال", "وال", "بال", "لل", "ول", "وب")
)
FIRST_AR = {1: "اول اولي"}  # never part of a teen: أول عشر سفارات is "the first ten", the eleventh is الحادي عشر
ORDINALS_AR = {
    2: "ثاني ثانيه",
    3: "ثالث ثالثه ثالثا",
    4: "رابع رابعه رابعا",
    5: "خامس خامسه خامسا",
    6: "سادس سادسه سادسا",
    7: "سابع سابعه سابعا",
    8: "ثامن ثامنه ثامنا",
    9: "تاسع تاسعه تاسعا",
    10: "عاشر عاشره عاشرا",
}
FRACTIONS_AR = {
    "نصف": ("0.5", "30", "50"),
    "نصفا": ("0.5", "30", "50"),
    "ربع": ("0.25", "15", "25", "4", "45"),
    "ربعا": ("0.25", "15", "25", "4", "45"),
    "ارباع": ("0.75", "4", "75"),
    "ثلث": ("3", "20"),
    "ثلثي": ("3", "2"),
    "ثلثا": ("3", "2"),
    "ثلثين": ("3", "2"),
    "ثلثه": ("3",),
    "ثلثها": ("3",),
    "ثلثهم": ("3",),
    "ثلثهن": ("3",),
    "ثلاثيا": ("3",),
    "غره": ("1",),
    "ثمن": ("8", "16"),
    "ثمني": ("8", "16"),
    "هدف": ("1",),
    "هدفين": ("2",),
    "هدفا": ("1",),
    "نظيفه": ("0",),
    "ثلاثي": ("3",),
    "ثلاثيه": ("3",),
    "رباعي": ("4",),
    "رباعيه": ("4",),
    "خماسي": ("5",),
    "خماسيه": ("5",),
    "سداسي": ("6",),
    "سداسيه": ("6",),
    "سباعي": ("7",),
    "عقد": ("10",),
    "عقدين": ("20", "2"),
    "عقود": ("10",),
    "قرن": ("100",),
    "قرنين": ("200", "2"),
    "صفر": ("0", "2"),
}
# خمسينيات, خمسينات: the fifties; خمسيني: a man in his fifties.
DECADE_ENDINGS_AR: dict[Kind, str] = {"decade": "ات يات", "soft": "ي يه يا يين يتين"}
# Countable nouns whose dual stands for "two": the stem before ان / ين.
DUAL_NOUNS_AR = (
    "يوم اسبوع شهر عام سنت ساعت دقيقت مر مذكرت اتفاقيت اتفاق دولت بلد جانب وزير طرف شخص طفل "
    "مريض مستشفي مركز جلست مرحلت "
    "حالت عمليت اجتماع شركت مؤسست موسست وزارت مدينت قريت رجل امرات طبيب طبيبت جهاز مشروع برنامج يوما قسم فريق كتاب"
)
MONTHS_AR = {
    1: "يناير جانفي",
    2: "فبراير فيفري شباط",
    3: "مارس اذار",
    4: "ابريل افريل نيسان",
    5: "مايو ماي ايار",
    6: "يونيو جوان حزيران يونيه",
    7: "يوليو جويليه تموز يوليوز يوليه",
    8: "اغسطس اوت غشت اب",
    9: "سبتمبر ايلول شتنبر",
    10: "اكتوبر",
    11: "نوفمبر نونبر",
    12: "ديسمبر دجنبر دجمبر",
}
TWO_WORD_MONTHS_AR = {
    (first, second): Entry(Decimal(n), "other", "month")
    for n, first, second in (
        (1, "كانون", "الثاني"),
        (10, "تشرين", "الاول"),
        (11, "تشرين", "الثاني"),
        (12, "كانون", "الاول"),
    )
}
# Also everyday words: "practised", "father", names. A month only beside a number, a slash or the word "month".
AMBIGUOUS_MONTHS = word_set("jan مارس ماي اب اوت جوان may march")
MONTH_WORDS = word_set(
    "شهر شهري لشهر بشهر وشهر اوائل اواخر منتصف مطلع نهايه بدايه month in since until early late mid last"
)
# "door", "I am not", "quantity", "dead", Sunday, Monday: words that only look like a number with a prefix.
NOT_NUMBERS_AR = frozenset(
    form
    for forms in (
        "لست كست كالف بمليوني ميتا كميه وكميه بكميه",
        "باب كاب الاب والاب لاب للاب",
        "الاحد والاحد الاثنين والاثنين بالاثنين للاثنين",
    )
    for form in forms.split()
)
# "the lady", West Ham: they may be a six.
DOUBTFUL_AR = ("الست", "وست")

# -- tables: English --------------------------------------------------------------------------------------------

UNITS_EN = {
    1: "one first once",
    2: "two second twice both pair couple double",
    3: "three third thirds triple triples tripled tripling trio tripartite trilateral thrice threefold",
    4: "four fourth quadruple quadrupled quadruples quadruplets quartet fourfold",
    5: "five fifth fivefold quintet",
    6: "six sixth sixfold",
    7: "seven seventh sevenfold",
    8: "eight eighth eightfold",
    9: "nine ninth ninefold",
}
TENS_EN = {
    20: "twenty twentieth",
    30: "thirty thirtieth",
    40: "forty fortieth",
    50: "fifty fiftieth",
    60: "sixty sixtieth",
    70: "seventy seventieth",
    80: "eighty eightieth",
    90: "ninety ninetieth",
}
TEENS_EN = {
    10: "ten tenth tenfold decade",
    11: "eleven eleventh",
    12: "twelve twelfth dozen",
    13: "thirteen thirteenth",
    14: "fourteen fourteenth",
    15: "fifteen fifteenth",
    16: "sixteen sixteenth",
    17: "seventeen seventeenth",
    18: "eighteen eighteenth",
    19: "nineteen nineteenth",
}
SCALES_EN = {
    10**3: "thousand thousands k",
    10**6: "million millions mn m",
    10**9: "billion billions bn b",
    10**12: "trillion trillions tn",
}
MONTHS_EN = {
    1: "january jan", 2: "february feb", 3: "march", 4: "april apr", 5: "may", 6: "june",
    7: "july", 8: "august aug", 9: "september sept sep", 10: "october oct", 11: "november nov", 12: "december dec",
}  # fmt: skip
# Not v and x, nor i: initials of people.
ROMAN = {
    2: "ii", 3: "iii", 4: "iv", 6: "vi", 7: "vii", 8: "viii", 9: "ix", 11: "xi", 12: "xii", 13: "xiii",
    14: "xiv", 16: "xvi",
}  # fmt: skip
DECADES_EN = {
    20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies", 80: "eighties",
    90: "nineties",
}  # fmt: skip
SOFT_EN = {
    "half": ("0.5", "50", "30"),
    "quarter": ("0.25", "25", "15"),
    "quarters": ("0.75", "75"),
    "zero": ("0",),
    "century": ("100",),
    "decades": ("10",),
}


def _entries(table: Mapping[int, str], rank: Rank, kind: Kind = "word") -> dict[str, Entry]:
    return {form: Entry(Decimal(value), rank, kind) for value, forms in table.items() for form in forms.split()}


def _soft(table: Mapping[str, Sequence[str]]) -> dict[str, Entry]:
    return {
        word: Entry(Decimal(first), "fraction" if Decimal(first) < 1 else "other", "soft", tuple(map(Decimal, rest)))
        for word, (first, *rest) in table.items()
    }


def _hundreds() -> dict[str, Entry]:
    ones = {word: Entry(Decimal(100), "hundred") for word in HUNDRED_AR.split()}
    twos = {word: Entry(Decimal(200), "hundred") for word in TWO_HUNDRED_AR.split()}
    joined = {
        stem + hundred: Entry(Decimal(100 * n), "hundred")
        for n, stems in HUNDRED_STEMS_AR.items()
        for stem, hundred in product(stems.split(), HUNDRED_AR.split())
    }
    return ones | twos | joined


def _decades() -> dict[str, Entry]:
    return {
        forms.split()[1] + ending: Entry(Decimal(value), "other", kind)
        for value, forms in TENS_AR.items()
        for kind, endings in DECADE_ENDINGS_AR.items()
        for ending in endings.split()
    }


def _duals() -> dict[str, Entry]:
    two = Entry(Decimal(2), "other", "soft")
    return {stem + ending: two for stem in DUAL_NOUNS_AR.split() for ending in ("ين", "ان")}


def _base_arabic() -> dict[str, Entry]:
    scales = _entries(SCALES_AR, "scale")
    duals = {w: e for w, e in _entries(DUAL_SCALES_AR, "dual").items() if w not in scales}
    ten = {word: Entry(Decimal(10), "ten") for word in TEN_AR.split()}
    ordinal_units = _entries(ORDINALS_AR, "unit", "ordinal") | _entries(FIRST_AR, "other", "ordinal")
    months = _entries(MONTHS_AR, "other", "month")
    return (
        _soft(FRACTIONS_AR) | _duals() | months | _decades() | ordinal_units
        | _entries(UNITS_AR, "unit") | ten | _entries(TENS_AR, "tens") | _hundreds() | scales | duals
    )  # fmt: skip


def _with_clitics(base: Mapping[str, Entry]) -> dict[str, Entry]:
    """Every word with "and", "so", "in", "to", "like" and "the" before it, so that a token costs one look-up."""
    table: dict[str, Entry] = {}
    for (word, entry), link, case, article in product(base.items(), ("", "و", "ف"), ("", "ب", "ل", "ك"), ("", "ال")):
        prefix = link + case + article
        # ل and ال melt into لل.
        form = (prefix.removesuffix("لال") + "لل" if prefix.endswith("لال") else prefix) + word
        if form not in NOT_NUMBERS_AR:
            kind: Kind = "soft" if form in DOUBTFUL_AR else entry.kind
            new = Entry(entry.value, entry.rank, kind, entry.also, linked=link == "و", definite=bool(article))
            table.setdefault(form, new)
    return {**base, **table}


ARABIC_WORDS = _with_clitics(_base_arabic())
ENGLISH_WORDS: dict[str, Entry] = (
    _soft(SOFT_EN)
    | _entries(ROMAN, "other", "soft")
    | _entries(DECADES_EN, "other", "decade")
    | _entries(MONTHS_EN, "other", "month")
    | {w: Entry(Decimal(100), "hundred") for w in ("hundred", "hundredth", "hundreds")}
    | _entries(UNITS_EN, "unit")
    | _entries(TEENS_EN, "ten")
    | _entries(TENS_EN, "tens")
    | _entries(SCALES_EN, "scale")
)
