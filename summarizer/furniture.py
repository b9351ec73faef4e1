"""What a line of a news page is when it is no part of a story: one small rule for each kind, over named tables.

A rule sees one line and nothing around it; what only the neighbours can tell (a menu, a list of links, a headline
printed twice) is in layout.py. Two kinds of evidence are used: a line made of nothing but the words of a button
(VOCABULARIES), and a line that opens as a notice does (NOTICES). Both leave alone whatever ends like a sentence,
unless the notice itself is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .arabic import fold
from .mastheads import BYLINE_LABEL, WRITERS, any_of, is_byline, is_date, is_dateline, pattern
from .newswords import AGENCIES, FILLER, SECTIONS, SOCIAL, folded

Role = Literal["text", "furniture", "published", "byline", "dateline", "list"]

REASONS = {
    "menu": "menus, breadcrumbs and names of sections",
    "time": "a second time of publication",
    "byline": "a second byline, or a label without a name",
    "dateline": "a second dateline",
    "comments": "comment counts and forms",
    "share": "share, print and copy buttons",
    "related": "links to other stories, with their heading",
    "source": "the source named under a story",
    "app": "adverts for the site's app and channels",
    "newsletter": "newsletters and notifications",
    "tags": "lists of tags and hashtags",
    "caption": "photo captions and credits",
    "copyright": "copyright and legal links",
    "login": "login and registration",
    "cookies": "cookie notices",
    "video": "video players",
    "bar": "weather, prayer times and exchange rates",
    "advert": "marks of advertising",
    "counter": "views, reading time, ratings",
    "pagination": "next, previous, back to top",
    "reading tools": "listen, font size",
    "repeated headline": "the headline printed again",
    "link": "bare addresses",
    "symbols": "lines without a letter",
    "foreign": "short lines in another script",
    "prefix": "a label before the headline on its own line",
}


class Verdict(NamedTuple):
    """What a line is: its role on the page, and the reason it goes when it does."""

    role: Role
    reason: str = ""


TEXT = Verdict("text")
MAX_WORDS = 40  # no furniture line is longer; the rules never look at one that is
FINAL_STOP = re.compile(r"[.!؟?…。]+[\"'»”’)\]]*$")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A line is ``reason`` when it has a core word and no word from outside core, filler, social and numbers."""

    reason: str
    core: frozenset[str]
    filler: frozenset[str] = frozenset()
    max_words: int = 8


VOCABULARIES = (
    Vocabulary(
        "comments",
        folded("تعليق تعليقات التعليقات تعليقا تعليقك التعليق تعليقين الرد ردود comments comment reply"),
        folded(
            "اترك أضف اكتب شاركنا رأيك مغلقة الزوار القراء إلغاء ينشر الأولى الأول بالتعليق إرسال شاهد إظهار leave a no"
        ),
    ),
    Vocabulary(
        "share",
        folded(
            "شارك شاركها شاركه مشاركة المشاركة مشاركات انشر انشرها "
            "نسخ طباعة اطبع غرد تغريد تغريدة أرسل إرسال ارسال أعجبني "
            "إعجاب احفظ إحفظ حفظ share tweet print copy like"
        )
        | (SOCIAL - folded("إن منصة x بوك توك")),
        SOCIAL
        | folded(
            "أ الرابط بالبريد البريد الإلكتروني بريد لصديق لصديقك صديق أصدقائك اليوم المزيد link page story this on"
        ),
    ),
    Vocabulary(
        "pagination",
        folded("التالي السابق التالية السابقة صفحة للأعلى لأعلى الأعلى تحميل عرض next previous prev more"),
        folded("عودة العودة المزيد الأخبار الأولى الأخيرة التنقل بين المقالات المواضيع read load page"),
    ),
    Vocabulary(
        "advert",
        folded(
            "إعلان اعلان إعلانات الإعلانات الإعلان إعلانية برعاية ممول advertisement advertisements ads ad sponsored"
        ),
        folded("مساحة محتوى المحتوى يستمر تابع القراءة مادة by"),
    ),
    Vocabulary(
        "counter",
        folded(
            "مشاهدة مشاهدات المشاهدات قراءة القراءة للقراءة قراءات زيارة زيارات الزيارات قيم تقييم التقييم views read"
        ),
        folded("عدد مدة زمن وقت دقيقة دقائق ثانية min minutes الخبر ألف k المتوقع"),
    ),
    Vocabulary(
        "reading tools",
        folded("استمع الخط الاستماع استماع aa"),
        folded("للخبر للمقال حجم تكبير تصغير تغيير إلى نوع صوتيا"),
    ),
    Vocabulary(
        "login",
        folded("تسجيل المرور الدخول الخروج مستخدم المستخدم حسابي حساب login register password username"),
        folded("إنشاء كلمة اسم نسيت تذكرني مستخدم جديد فقدت sign in up log بك خاص"),
    ),
    Vocabulary(
        "cookies", folded("أوافق موافق قبول رفض accept reject"), folded("الكل إعدادات الإعدادات جميع all cookies")
    ),
    Vocabulary(
        "newsletter",
        folded("النشرة نشرتنا بريدك بريدي الإشعارات إشعارات اشترك اشتراك الاشتراك subscribe newsletter"),
        folded(
            "البريدية الإخبارية الإلكتروني أدخل سجل تفعيل تلقي خدمة معنا عنوان لتصلك آخر الأخبار ليصلك كل جديد to our"
        ),
        12,
    ),
    Vocabulary(
        "video",
        folded("فيديو الفيديو الفيديوهات مشغل بالفيديو player video"),
        folded("شاهد مشاهدة تشغيل تخطي المزيد متصفحك يدعم التالي يبدأ سيبدأ الخاص بك watch play the جار"),
    ),
    Vocabulary(
        "bar",
        folded("الفجر الظهر العصر العشاء الشروق مواقيت الدولار اليورو العملات الذهب الطقس طقس"),
        folded(
            "الصلاة المغرب أسعار سعر الريال الدرهم الدينار الجنيه الليرة الإسترليني حالة غائم جزئيا مشمس صحو ممطر "
            "العظمى الصغرى درجة الحرارة اليوم usd eur"
        ),
    ),
    Vocabulary(
        "menu",
        folded(
            "القائمة بحث ابحث english français الليلي تخطى تخط انتقل "
            "خدمات خدماتنا خريطة اتصل أنت النسخة المحتوى دخول إغلاق close "
            "menu search home الخصوصية الاستخدام الرئيسية"
        )
        | SECTIONS,
        SECTIONS | folded("الوضع الموقع بنا من نحن أعلن معنا سياسة شروط الرئيسي الورقية الموبايل أقسام القسم"),
        10,
    ),
    Vocabulary("source", folded("وكالات الوكالات"), folded("متابعات خاص صحف مواقع إلكترونية الأنباء")),
    Vocabulary("caption", folded("أرشيف أرشيفية تعبيرية توضيحية الأرشيف"), folded("صورة صور الصورة من أرشيفي")),
)

# (reason, most words, whether a sentence with its stop may be meant, pattern on the folded line)
_SEP = r"\s*[:|/\\»>.،-]+\s*"
_SITES = (
    r"(فيسبوك|تويتر|واتساب|الواتساب|تلغرام|تليجرام|تلجرام|انستغرام|يوتيوب|نبض|جوجل|غوغل|google|تطبيق|قنا|صفحت|حساب|منصات|"
    r"telegram|whatsapp)"
)
_READ = r"(اقر[اأ]|إقر[اأ]|أقر[اأ]|شاهد|طالع|تابع|انظر|راجع)(وا|ي)?"
_ALSO = r"(أيضا|المزيد|كذلك|في الموقع|على الموقع)"
_RELATED = (
    rf"({_READ} {_ALSO}|للمزيد|المزيد حول|(قد|ربما) (يهمك|يعجبك|"
    rf"تهمك)( {_ALSO})?|(مواضيع|موضوعات|أخبار|مقالات|مواد|تقارير)"
    r" (ذات (صلة|علاقة)|متعلقة|مشابهة|مرتبطة)|ذات صلة|(اخترنا|مختارات) لك(م)?|الأكثر (قراءة|مشاهدة|تفاعلا|شيوعا|تداولا|"
    r"تعليقا|زيارة|شعبية)|(آخر|أحدث|أهم|أبرز) (الأخبار|المستجدات|المقالات|"
    r"المواضيع)|المزيد من (الأخبار|المقالات|هذا القسم)|لا يفوتك|لا تفوت(ك)?|"
    r"من نفس القسم|مقالات أخرى|أخبار أخرى|related( articles| stories| posts)?|read (also|more)|most (read|viewed))"
)
NOTICES = (
    ("app", 16, True, r"^(حم[ل]+|نز[ل]+)(وا|ي)? (ال)?تطبيق|^(حم[ل]+|نز[ل]+) تطبيقنا"),
    ("app", 16, True, rf"^(تابعونا|تابعنا|تابعوني|تابعوا|تابع|انضم|انضموا|اشترك|اشتركوا)\b.*\b{_SITES}"),
    ("app", 16, True, rf"^(ل?متابعة|ليصلك|لتصلك|لمعرفة|للاشتراك).*(تابعنا|تابعونا|اضغط|اشترك|انضم|{_SITES})"),
    ("app", 6, False, r"\b(app store|google (play|news)|جوجل بلاي|غوغل بلاي|اب ستور|آب ستور|جوجل نيوز|غوغل نيوز)\b"),
    (
        "newsletter",
        16,
        True,
        r"^(اشترك|اشتركوا|سجل|أدخل|ضع)\b.*\b(نشرتنا|النشرة|بريدك|بريدي|الإشعارات|القائمة البريدية)",
    ),
    (
        "cookies",
        40,
        True,
        r"^(نحن |إننا )?(نستخدم|يستخدم|هذا الموقع|موقعنا|باستخدام|باستمرار|بالنقر|بمواصلة|لتحسين|لضمان|we |this ).*"
        r"(ملفات (تعريف )?الارتباط|الكوكيز|كوكيز|\bcookies\b)|^ملفات (تعريف )?الارتباط.*(موقعنا|توافق|موافق)",
    ),
    (
        "comments",
        24,
        True,
        r"^لن يتم نشر (عنوان )?بريدك|^(التعليقات|الآراء) (المنشورة|"
        r"الواردة) (لا )?تعبر|^(كن أول من|اترك تعليق|أضف تعليق|شاركنا (ب)?رأيك)",
    ),
    ("tags", 20, False, r"^(الوسوم|وسوم|تاغات|تاجات|تاغ|(ال)?كلمات (ال)?(دلالية|مفتاحية|دليلية)|tags?)\b"),
    ("tags", 20, False, r"^(العلامات|علامات|سمات|السمات|مواضيع|المواضيع|كلمات البحث)\s*:"),
    ("tags", 30, False, r"^#\s?\S+(\s+[#|،,]\s?\S+)*$"),
    (
        "copyright",
        20,
        True,
        r"©|\(c\)|copyright|all rights reserved|^(جميع|كل|كافة)? ?حقوق (النشر|"
        r"الطبع|الملكية|الموقع).{0,30}(محفوظ|©|\d{4}|ل)|حقوق محفوظة",
    ),
    ("copyright", 8, False, r"^(سياسة|اتفاقية|شروط|بيان) (الخصوصية|الاستخدام|ملفات|الموقع|الكوكيز)"),
    (
        "caption",
        20,
        True,
        r"^((مصدر )?(الصورة|صورة|الصور|الصور من)|تصوير|عدسة|image|photo|credit)( (caption|credit|source))?\s*[:/©|]",
    ),
    (
        "caption",
        25,
        True,
        r"^(التعليق على الصورة|image caption|مصدر الصورة|شرح الصورة|صورة (أرشيفية|من الأرشيف|تعبيرية|توضيحية))",
    ),
    ("video", 12, True, r"متصفحك لا يدعم|your browser does not support|^الفيديو (غير متاح|سيبدأ)|^جار(ي)? تحميل"),
    ("source", 12, False, r"^[(*\[]*\s*(المصدر|المصادر|مصدر|source)\s*([:|/ـ-]|$)"),
    ("source", 8, True, r"^[(*]+\s*(نقلا|نقلاً) عن|^نقلا عن (وكالة|صحيفة|موقع|قناة) \S+( \S+)?$"),
    ("caption", 8, False, r"\b(صورة|صور) (أرشيفية|تعبيرية|توضيحية|من الأرشيف)$"),
    ("related", 10, True, r"\b(اضغط|انقر) (هنا|على الرابط)\W*$"),
    ("newsletter", 14, True, r"^النشرة (البريدية|الإخبارية)\b"),
    ("comments", 12, True, r"^لا (توجد|يوجد) (أي )?تعليق"),
    (
        "advert",
        10,
        False,
        r"\b(بسعر المصنع|اطلب(ه|ها)? الآن|اطلب الآن|احجز الآن|اشتر الآن|تسوق الآن|عرض خاص|خصم يصل)\b",
    ),
    ("login", 10, True, r"^(نسيت|فقدت) كلمة|^(اسم المستخدم|كلمة المرور)"),
    ("bar", 9, False, r"°|درجة مئوية$|^(درجة الحرارة|الرطوبة|سرعة الرياح|مواقيت الصلاة|حالة الطقس)\b"),
    ("menu", 14, False, r"^(أنت هنا|انت الآن في|مسار الصفحة|you are here)"),
    ("share", 8, True, r"^(تم نسخ|انسخ|نسخ) (الرابط|رابط)|^(انشر|شارك|أرسل) (هذا )?(الخبر|المقال|الموضوع)"),
    ("counter", 8, False, r"^(مدة|زمن|وقت) القراءة|^عدد (المشاهدات|القراءات|الزيارات|الزوار)|^(قيم|قيّم) هذا"),
    ("related", 40, True, rf"^[(\[*•-]*\s*و?{_RELATED}{_SEP}\S"),
    ("related", 40, True, rf"^[(\[*•-]*\s*({_READ} {_ALSO} (على|عن|في|من) [^:]{{2,30}}|وأيضا)\s*[:|]\s*\S"),
    ("related", 40, True, r"^[(\[*•-]*\s*و?للمزيد (طالع|اقرأ|انظر|من التفاصيل|حول)"),
)

# --- the rules, in the order they are asked ---------------------------------------------------------------------------
_BUTTON_WORDS = FILLER.union(SOCIAL, *(v.core | v.filler for v in VOCABULARIES))
_COMPILED = tuple((reason, words, sentence, pattern(text)) for reason, words, sentence, text in NOTICES)


def classify(line: str) -> Verdict:
    """What a cleaned line is by itself."""
    if len(line) > 400 or line.count(" ") >= MAX_WORDS:
        return TEXT if re.search(r"[^\W\d_]", line) else Verdict("furniture", "symbols")
    folded_line = folded_for_rules(line)
    return next((verdict for rule in RULES if (verdict := rule(folded_line)) is not None), TEXT)


def folded_for_rules(line: str) -> str:
    """The line folded, with a free-standing tatweel ("القاهرة ـ رويترز") as the dash it stands for."""
    return " ".join(fold(re.sub(r"(?<!\S)ـ+(?!\S)", "-", line)).split())


def ends_as_sentence(line: str) -> bool:
    return bool(FINAL_STOP.search(line))


def is_label(line: str) -> bool:
    """Whether a line is only a label ("بقلم:", "المصدر"), so that what it labels stands on the next one."""
    return bool(_LABEL.match(folded_for_rules(line)))


def _without_letters(line: str) -> Verdict | None:
    if re.match(r"[\[(<]?([\w.]+@[\w.]+|(https?://|www\.)\S+)\W*$", line):
        return Verdict("furniture", "link")
    if re.search(r"[^\W\d_]", line) or is_date(line) or re.match(r"\W*(19|20)\d\d\W*$", line):
        return None
    return Verdict("furniture", "bar" if "°" in line else "symbols")


def _time_of_publication(line: str) -> Verdict | None:
    return Verdict("published") if is_date(line) else None


def _initials(line: str) -> Verdict | None:
    """The initials agencies sign with: "ر ع/ م خ"."""
    tokens = _TOKEN.findall(line)
    signed = 2 <= len(tokens) <= 6 and all(len(t) <= 2 and not t.isdigit() for t in tokens)
    return Verdict("furniture", "byline") if signed and not _AGENCY_ALONE.match(line) else None


def _writer(line: str) -> Verdict | None:
    if BYLINE_LABEL.match(line):
        return Verdict("furniture", "byline")  # the name stands on the next line
    return Verdict("byline") if is_byline(line) else None


def _place_and_agency(line: str) -> Verdict | None:
    return Verdict("dateline") if "°" not in line and is_dateline(line) else None


def _heading_of_list(line: str) -> Verdict | None:
    return Verdict("list", "related") if _LIST_HEADING.match(line) else None


def _buttons(line: str) -> Verdict | None:
    """A line of nothing but the words of one vocabulary."""
    tokens = _TOKEN.findall(line)
    names = [t for t in tokens if not t.isdigit()]
    if not names or len(names) > 12 or line.endswith("."):
        return None
    if not _BUTTON_WORDS.issuperset(names):
        return None
    for vocabulary in VOCABULARIES:
        allowed = vocabulary.core | vocabulary.filler | FILLER | SOCIAL
        if len(names) <= vocabulary.max_words and vocabulary.core.intersection(names) and allowed.issuperset(names):
            return Verdict("furniture", vocabulary.reason)
    return Verdict("furniture", "share") if len(names) > 1 and SOCIAL.issuperset(names) else None


def _notice(line: str) -> Verdict | None:
    """A line that opens, or is signed, as a notice does."""
    words, sentence = line.count(" ") + 1, ends_as_sentence(line)
    for reason, most_words, may_be_sentence, compiled in _COMPILED:
        if words <= most_words and (may_be_sentence or not sentence) and compiled.search(line):
            return Verdict("furniture", reason)
    return None


def _breadcrumb(line: str) -> Verdict | None:
    """Short names between signs: الرئيسية | سياسة | رياضة."""
    parts = [part.split() for part in re.split(r"\s*[|>»›•/\\]\s*|\s[-–]\s", line) if part.strip()]
    short = len(parts) >= 3 and all(len(part) <= 3 for part in parts)
    plain = [[word] for word in line.split()]  # a menu run together on one line has no signs at all
    named = (short and _names_section(parts)) or (len(plain) >= 5 and _names_section(plain, 0.7))
    return Verdict("furniture", "menu") if named and not ends_as_sentence(line) else None


def _names_section(parts: list[list[str]], share: float = 0.5) -> bool:
    return sum(SECTIONS.issuperset(part) for part in parts) >= share * len(parts)


def _maybe_link(line: str) -> Verdict | None:
    """ "شاهد.. فيضانات" is a link inside a story and a headline above one: it goes unless it heads a story."""
    return Verdict("text", "related") if _MAYBE_LINK.match(line) and len(line.split()) <= 25 else None


def _credit(line: str) -> Verdict | None:
    """A caption signed by an agency: جانب من اللقاء (رويترز)."""
    if len(line.split()) > 16 or re.search(r"[.!؟?] ", line):
        return None
    return Verdict("furniture", "caption") if _SIGNED.search(line) or _AGENCY_ALONE.match(line) else None


def _foreign(line: str) -> Verdict | None:
    """A button or a handle in Latin letters; a sentence in another language is a quotation and stays."""
    foreign = re.search(r"[^\W\d_]", line) and not re.search(r"[\u0600-\u06ff]", line)
    short = len(line.split()) <= 5 and not ends_as_sentence(line)
    return Verdict("furniture", "foreign") if short and foreign else None


_AGENCY = f"({any_of(AGENCIES)})"
_SIGNED = pattern(rf"\((\s|عدسة|تصوير|صورة|أرشيف|أرشيفية|من |/|-|،|{_AGENCY})+[^)]{{0,25}}\)$")
_AGENCY_ALONE = pattern(rf"^[(\[©]*\s*{_AGENCY}([\s/،+|-]+{_AGENCY})*\s*[)\]©]*$")
_MAYBE_LINK = pattern(
    r"^[(\[*•-]*\s*(اقر[اأ]|إقر[اأ]|أقر[اأ]|شاهد|طالع)(وا|ي)?( (على|عن) [^:]{2,30})?\s*([:|]|\.\.+)\s*\S"
)
_LABEL = pattern(
    rf"^({WRITERS}|المصدر|المصادر|الوسوم|وسوم|(ال)?كلمات (ال)?(دلالية|مفتاحية)|العلامات|تاغات|tags|source)\s*[:/|-]*$"
)
_LIST_HEADING = pattern(rf"^\W*و?({_RELATED}|{_READ} {_ALSO}|من الموقع)( (على|في|من) \S+( \S+)?| هنا| الآن)?\W*$")

RULES: tuple[Callable[[str], Verdict | None], ...] = (
    _without_letters,
    _place_and_agency,
    _time_of_publication,
    _heading_of_list,
    _writer,
    _buttons,
    _initials,
    _breadcrumb,
    _notice,
    _maybe_link,
    _credit,
    _foreign,
)
