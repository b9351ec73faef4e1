"""Twins: a pair made again as scraped pages have it, or with other numbers, so that both are learnt.

Each habit takes a pair and a random generator and gives the pair back changed, or unchanged where it doesn't apply.
What the tokenizer's normalisation removes anyway (vowels, tatweel, alef forms, ى) needs no twin.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from .cleaning import Pair
from .normalise import normalise

_NUMBER = re.compile(r"(?<![\d.,:/A-Za-z])\d{2,}(?![\d:/])")

DATELINES = {
    "القاهرة": "Cairo", "الرياض": "Riyadh", "الكويت": "Kuwait City", "بيروت": "Beirut", "دمشق": "Damascus",
    "بغداد": "Baghdad", "عمان": "Amman", "الدوحة": "Doha", "أبوظبي": "Abu Dhabi", "دبي": "Dubai",
    "المنامة": "Manama", "مسقط": "Muscat", "صنعاء": "Sanaa", "عدن": "Aden", "الخرطوم": "Khartoum",
    "طرابلس": "Tripoli", "بنغازي": "Benghazi", "تونس": "Tunis", "الجزائر": "Algiers", "الرباط": "Rabat",
    "الدار البيضاء": "Casablanca", "نواكشوط": "Nouakchott", "مقديشو": "Mogadishu", "جيبوتي": "Djibouti",
    "رام الله": "Ramallah", "غزة": "Gaza", "القدس": "Jerusalem", "حلب": "Aleppo", "البصرة": "Basra",
    "أربيل": "Erbil", "جدة": "Jeddah", "الإسكندرية": "Alexandria", "باريس": "Paris", "جنيف": "Geneva",
}  # fmt: skip
BULLETS = ("• ", "- ", "* ", "– ")
SITES = ("moh.gov", "health.gov", "who.int", "wam.ae", "spa.gov.sa", "kuna.net.kw", "sana.sy", "lana.gov.ly")


def other_numbers(pair: Pair, rng: random.Random) -> Pair:
    """Every number that stands on both sides, replaced by another of the same length on both."""
    arabic, english = normalise(pair.arabic), pair.english
    both = set(_NUMBER.findall(arabic)) & set(_NUMBER.findall(english))
    new = {n: str(rng.randint(10 ** (len(n) - 1), 10 ** len(n) - 1)) for n in sorted(both)}
    if not new:
        return pair

    def replace(match: re.Match[str]) -> str:
        return new.get(match.group(), match.group())

    return pair._replace(arabic=_NUMBER.sub(replace, arabic), english=_NUMBER.sub(replace, english))


def no_space_after_stop(pair: Pair, _rng: random.Random) -> Pair:
    return pair._replace(arabic=re.sub(r"(?<=[^\W\d]{2}[.،؛:]) +", "", pair.arabic))


def space_before_sign(pair: Pair, _rng: random.Random) -> Pair:
    return pair._replace(arabic=re.sub(r"(?<=\w)(?=[،؛:.](?:\s|$))", " ", pair.arabic))


def heh_for_teh(pair: Pair, rng: random.Random) -> Pair:
    """ة written ه at the ends of some words, as in Egyptian and Levantine copy."""
    return pair._replace(arabic=re.sub(r"ة\b", lambda _: "ه" if rng.random() < 0.6 else "ة", pair.arabic))


def lost_hamza(pair: Pair, _rng: random.Random) -> Pair:
    """ؤ and ئ without their hamza; that of alef is dropped for everyone by the tokenizer."""
    return pair._replace(arabic=pair.arabic.replace("ؤ", "و").replace("ئ", "ي"))


def loose_waw(pair: Pair, _rng: random.Random) -> Pair:
    """The conjunction written apart: "و أكد" for "وأكد"."""
    return pair._replace(arabic=re.sub(r"(?<!\w)و(?=ال|أ)", "و ", pair.arabic))


def joined_servant(pair: Pair, _rng: random.Random) -> Pair:
    """عبد الله and عبدالله are both usual."""
    return pair._replace(arabic=re.sub(r"\bعبد ال", "عبدال", pair.arabic))


def no_final_stop(pair: Pair, _rng: random.Random) -> Pair:
    return pair._replace(arabic=pair.arabic.rstrip(" ."), english=pair.english.rstrip(" ."))


def bullet(pair: Pair, rng: random.Random) -> Pair:
    """A list item keeps its mark; the dash is plain on the English side."""
    mark = rng.choice(BULLETS)
    return pair._replace(arabic=mark + pair.arabic, english=normalise(mark) + pair.english)


def number_item(pair: Pair, rng: random.Random) -> Pair:
    mark = f"{rng.randint(1, 19)}{rng.choice('.-)')} "
    return pair._replace(arabic=mark + pair.arabic, english=mark + pair.english)


def dateline(pair: Pair, rng: random.Random) -> Pair:
    arabic, english = rng.choice(list(DATELINES.items()))
    dash = rng.choice((" - ", ": ", " – "))
    return pair._replace(arabic=arabic + dash + pair.arabic, english=english + normalise(dash) + pair.english)


def address(pair: Pair, rng: random.Random) -> Pair:
    """A web address or a mail box that has to come through letter by letter."""
    page = "".join(rng.choice("abcdefghiklmnoprstuw0123456789-") for _ in range(rng.randint(4, 12))).strip("-")
    site = rng.choice(SITES)
    text = rng.choice((f"https://www.{site}/{page}", f"www.{site}", f"https://{site}/news/{rng.randint(1000, 99999)}"))
    return pair._replace(arabic=f"{pair.arabic} {text}", english=f"{pair.english} {text}")


# A habit and the share of the twins that have it. A twin may have several.
HABITS: dict[Callable[[Pair, random.Random], Pair], float] = {
    other_numbers: 0.7,
    no_space_after_stop: 0.10,
    space_before_sign: 0.10,
    heh_for_teh: 0.12,
    lost_hamza: 0.10,
    loose_waw: 0.12,
    joined_servant: 0.3,
    no_final_stop: 0.15,
    bullet: 0.08,
    number_item: 0.03,
    dateline: 0.06,
    address: 0.02,
}


def twin(pair: Pair, rng: random.Random) -> Pair | None:
    """The pair with a random choice of habits, or None when nothing changed."""
    changed = pair
    for habit, share in HABITS.items():
        if rng.random() < share:
            changed = habit(changed, rng)
    return None if changed == pair else changed
