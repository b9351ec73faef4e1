"""Every text of the page in the browser, English and Arabic, in one table. Labels, messages and cards all read it."""

from __future__ import annotations

from collections.abc import Mapping

from summarizer.arabic import strip_invisible
from summarizer.errors import MukhtasarError
from summarizer.session import PASTED

LANGUAGES = {"ar": "العربية", "en": "English"}
DIRECTIONS = {"ar": "rtl", "en": "ltr"}

WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "title": ("Mukhtasar", "مختصر"),
    "tagline": (
        "A page of Arabic news in; each story in brief, and in English. Everything stays on this machine.",
        "الصق صفحة أخبار عربية، تخرج كل قصة فيها ملخصة ومترجمة إلى الإنكليزية. لا يغادر شيء هذا الجهاز.",
    ),
    "language": ("Language of the page", "لغة الواجهة"),
    "tab.paste": ("Paste a text", "لصق نص"),
    "tab.files": ("Files", "ملفات"),
    "tab.compare": ("Compare", "مقارنة"),
    "drop": ("Drop files here, or click to choose them", "أفلت الملفات هنا أو انقر لاختيارها"),
    # Paste
    "paste.label": ("The page, as copied from the site", "الصفحة كما نسخت من الموقع"),
    "paste.hint": (
        "Paste the text here. Menus, dates and share buttons may stay in; they are taken out.",
        "الصق النص هنا. لا حاجة إلى حذف القوائم والتواريخ وأزرار المشاركة، فالبرنامج يزيلها.",
    ),
    "paste.examples": ("Or try an example:", "أو جرب مثالا:"),
    "paste.go": ("Make the briefs", "لخص وترجم"),
    "paste.stop": ("Stop", "أوقف"),
    "paste.clear": ("Clear", "امسح"),
    # Settings
    "settings": ("Settings: length, models, languages", "الإعدادات: الطول والنماذج واللغات"),
    "settings.sentences": ("Sentences in a summary, at most", "أقصى عدد من الجمل في الملخص"),
    "settings.words": ("Words in a summary, at most", "أقصى عدد من الكلمات في الملخص"),
    "settings.summarizer": ("Summariser", "نموذج التلخيص"),
    "settings.translator": ("Translator", "نموذج الترجمة"),
    "settings.further": ("A language beside English", "لغة أخرى إلى جانب الإنكليزية"),
    "settings.further.info": (
        "Needs a translator of many languages (NLLB, MADLAD).",
        "يتطلب نموذجا متعدد اللغات (NLLB أو MADLAD).",
    ),
    "settings.terms": ("Your own terms, one a line", "مصطلحاتك، مصطلح في كل سطر"),
    "settings.terms.info": (
        "The embedded model uses them; a downloaded glossary can be pasted here.",
        "يستعملها النموذج المضمن، ويمكن لصق ملف مسرد هنا.",
    ),
    "settings.wrong": ("Settings", "الإعدادات"),
    "model.here": ("on this machine", "موجود على هذا الجهاز"),
    "model.absent": ("not on this machine", "غير موجود على هذا الجهاز"),
    "model.licence": ("licence", "الرخصة"),
    "model.size": ("size", "الحجم"),
    "model.download": ("download", "التنزيل"),
    "model.get": ("To get it, run:", "للحصول عليه نفذ:"),
    "further.none": ("none", "بلا"),
    "further.fr": ("French", "الفرنسية"),
    "further.es": ("Spanish", "الإسبانية"),
    "further.de": ("German", "الألمانية"),
    "further.it": ("Italian", "الإيطالية"),
    "further.tr": ("Turkish", "التركية"),
    "further.ru": ("Russian", "الروسية"),
    "further.fa": ("Persian", "الفارسية"),
    "further.zh": ("Chinese", "الصينية"),
    # State of the work
    "status.idle": ("", ""),
    "status.waiting": (
        "The model is being read into memory; this first brief waits for it a few seconds.",
        "يجري تحميل النموذج في الذاكرة، وهذا الملخص الأول ينتظره بضع ثوان.",
    ),
    "status.begun": ("At work.", "العمل جار."),
    "status.working": ("At work: {done} so far.", "العمل جار. الجاهز حتى الآن: {done}."),
    "status.working.of": ("At work: {done} of {total}.", "العمل جار. الجاهز: {done} من أصل {total}."),
    "status.done": ("Done: {done}.", "اكتمل العمل: {done}."),
    "status.done.in": ("Done: {done} in {seconds} s.", "اكتمل العمل: {done} في {seconds} ثانية."),
    "status.stopped": ("Stopped. What was finished stays: {done}.", "توقف العمل. ما أنجز باق: {done}."),
    "status.failed": ("This could not be done.", "تعذر إتمام العمل."),
    "empty.title": ("The briefs appear here, each as soon as it is ready.", "تظهر الملخصات هنا، كل منها فور جاهزيته."),
    "empty.body": (
        "Sentences of the Arabic summary are the story's own. The English is a machine's: doubtful numbers and "
        "sentences carry a mark and the reason. Check them before you quote.",
        "جمل الملخص العربي مأخوذة من الخبر نفسه. أما الإنكليزية فترجمة آلية: على الأرقام والجمل المشكوك فيها "
        "علامة، ومعها السبب. تحقق منها قبل أن تنقلها.",
    ),
    # Cards
    "story.of": ("Story {number} of {total}", "الخبر {number} من {total}"),
    "story.untitled": ("Story {number}: no headline on the page", "الخبر {number}: بلا عنوان في الصفحة"),
    "story.copy": ("Copy the brief", "انسخ الملخص"),
    "story.copied": ("Copied", "نُسخ"),
    "summary.ar": ("Summary in Arabic", "الملخص بالعربية"),
    "summary.en": ("Summary in English", "الملخص بالإنكليزية"),
    "summary.place": ("Sentence {number}: show where it stands in the story", "الجملة {number}: أظهر مكانها في الخبر"),
    "whole": ("The whole story, sentence beside sentence", "الخبر كاملا، كل جملة وترجمتها"),
    "dropped": ("Left out of the page", "ما حذف من الصفحة"),
    "other": ("In another language: {language}", "بلغة أخرى: {language}"),
    "doubt": ("Doubt", "شك"),
    "doubt.headline": ("Headline", "العنوان"),
    "doubt.sentence": ("Sentence {number}", "الجملة {number}"),
    "doubt.summary": ("Summary", "الملخص"),
    "doubts.count": ("{count} in doubt", "{count} مشكوك فيها"),
    "doubts.none": ("no doubts found", "لم يُعثر على شك"),
    "models": ("Models", "النماذج"),
    "encoding": ("Encoding", "الترميز"),
    "corrected": ("corrected by hand", "صُحح يدويا"),
    "pasted": ("Pasted text", "نص ملصق"),
    "flag.failed": ("The model gave no translation.", "لم يعط النموذج ترجمة."),
    # Correct and take away
    "take": ("Correct, and take away", "التصحيح والتنزيل"),
    "take.zip": ("Download everything (zip)", "تنزيل الكل (zip)"),
    "edit.on": ("Correct the texts in place", "صحح النصوص في مكانها"),
    "edit.hint": (
        "The outlined texts can be changed. Keep your corrections before you download.",
        "يمكن تغيير النصوص المؤطرة. احفظ تصحيحاتك قبل التنزيل.",
    ),
    "edit.keep": ("Keep the corrections", "احفظ التصحيحات"),
    "edit.kept": ("Corrections kept: {count}. The download has them.", "حفظت التصحيحات ({count})، وهي في ملف التنزيل."),
    "edit.none": ("Nothing was changed.", "لم يتغير شيء."),
    "edit.field.headline_en": ("Headline in English", "العنوان بالإنكليزية"),
    "edit.field.summary_ar": ("Summary in Arabic, sentence {number}", "الملخص بالعربية، الجملة {number}"),
    "edit.field.summary_en": ("Summary in English, sentence {number}", "الملخص بالإنكليزية، الجملة {number}"),
    "edit.field.sentence": ("English of sentence {number}", "ترجمة الجملة {number}"),
    "edit.reference": ("Download as references (TOML)", "تنزيل نصوص مرجعية (TOML)"),
    "glossary.label": ("Glossary: one term a line, Arabic = English", "المسرد: مصطلح في كل سطر، العربية = الإنكليزية"),
    "glossary.hint": ("وزارة الصحة = Ministry of Health", "وزارة الصحة = Ministry of Health"),
    "glossary.save": ("Make the glossary file", "أنشئ ملف المسرد"),
    "glossary.file": ("Download the glossary", "تنزيل المسرد"),
    "glossary.empty": ("The glossary is empty.", "المسرد فارغ."),
    "glossary.done": ("The glossary holds {count} terms.", "عدد مصطلحات المسرد: {count}."),
    # Files
    "files.label": ("Pages (.txt .md .html .docx)", "صفحات (.txt .md .html .docx)"),
    "files.folder": ("Add a whole folder", "أضف مجلدا كاملا"),
    "files.go": ("Brief all files", "لخص كل الملفات"),
    "files.none": ("Choose some files first.", "اختر ملفات أولا."),
    "files.many": (
        "{count} files are more than the {limit} done at once; choose fewer, or use the command line.",
        "عدد الملفات {count} يفوق الحد ({limit}). اختر عددا أقل أو استعمل سطر الأوامر.",
    ),
    "files.progress": ("{done} of {total} files", "{done} من أصل {total} ملفات"),
    "files.list": ("Files of this run", "ملفات هذه الدفعة"),
    "file.waiting": ("waiting", "في الانتظار"),
    "file.working": ("at work", "قيد العمل"),
    "file.done": ("done", "اكتمل"),
    "file.failed": ("failed", "تعذر"),
    "file.stopped": ("not done", "لم ينجز"),
    # Compare
    "compare.label": ("A text to compare on", "نص للمقارنة"),
    "compare.go": ("Compare", "قارن"),
    "compare.a": ("Settings A", "الإعداد أ"),
    "compare.b": ("Settings B", "الإعداد ب"),
    "compare.short.a": ("A", "أ"),
    "compare.short.b": ("B", "ب"),
    "compare.reference.ar": (
        "A good Arabic summary, to score against (optional)",
        "ملخص عربي جيد للقياس عليه (اختياري)",
    ),
    "compare.reference.en": (
        "A good English translation, to score against (optional)",
        "ترجمة إنكليزية جيدة للقياس عليها (اختياري)",
    ),
    "compare.scores": ("Scores against your reference, 0 to 100", "الدرجات قياسا على نصك المرجعي، من 0 إلى 100"),
    "compare.story": ("Scored on all stories of the page together.", "حسبت الدرجات على أخبار الصفحة كلها معا."),
    "compare.missing": (
        "To score, install: pip install {package}",
        "للحصول على الدرجات ثبت: pip install {package}",
    ),
    "metric": ("Measure", "المقياس"),
    "report": ("The evaluation report", "تقرير التقييم"),
    "report.none": (
        "There is no evaluation report on this machine. In the project's folder, evaluation/ has the command that "
        "makes one.",
        "لا يوجد تقرير تقييم على هذا الجهاز. في مجلد evaluation/ من المشروع الأمر الذي ينشئه.",
    ),
}

# Names of examples by their file's stem; another example is shown by its stem.
EXAMPLES: dict[str, tuple[str, str]] = {
    "egypt-russia-health-talks": ("Egypt and Russia", "مصر وروسيا"),
    "kuwait-france-memoranda": ("Kuwait and France", "الكويت وفرنسا"),
    "libya-al-nas-hospital-visit": ("Libya: a hospital visit", "ليبيا: زيارة مستشفى"),
    "libya-medical-services-authority": ("Libya: seven stories", "ليبيا: سبعة أخبار"),
    "syria-france-and-morocco-health-regions": ("Syria and Morocco", "سوريا والمغرب"),
}

# Why a block was left out, by its name in furniture.REASONS, which has the English.
REASONS: dict[str, str] = {
    "menu": "قوائم ومسارات تصفح وأسماء أقسام",
    "time": "وقت نشر مكرر",
    "byline": "اسم كاتب مكرر أو عبارة «بقلم» بلا اسم",
    "dateline": "سطر مكان مكرر",
    "comments": "عدد التعليقات ونماذجها",
    "share": "أزرار المشاركة والطباعة والنسخ",
    "related": "روابط أخبار أخرى وعنوانها",
    "source": "المصدر المذكور تحت الخبر",
    "app": "إعلانات تطبيق الموقع وقنواته",
    "newsletter": "نشرات بريدية وتنبيهات",
    "tags": "قوائم وسوم",
    "caption": "شروح الصور وحقوقها",
    "copyright": "حقوق النشر وروابط قانونية",
    "login": "الدخول والتسجيل",
    "cookies": "إشعارات ملفات الارتباط",
    "video": "مشغلات الفيديو",
    "bar": "الطقس ومواقيت الصلاة وأسعار الصرف",
    "advert": "إشارات إعلانية",
    "counter": "عدد المشاهدات ومدة القراءة والتقييم",
    "pagination": "التالي والسابق والعودة إلى الأعلى",
    "reading tools": "الاستماع وحجم الخط",
    "repeated headline": "العنوان مكررا",
    "link": "عناوين إلكترونية مجردة",
    "symbols": "أسطر بلا حروف",
    "foreign": "أسطر قصيرة بحروف أخرى",
    "prefix": "تصنيف قبل العنوان في سطر وحده",
    "ticker": "عناوين أخبار أخرى في شريط أعلى الصفحة",
    "teaser": "مقدمات أخبار أخرى مقطوعة",
    "staff": "أسماء هيئة التحرير",
    "site": "اسم الموقع نفسه",
    "poll": "استطلاعات رأي القراء",
    "paywall": "ملاحظات عن مكان النص الكامل",
    "disclaimer": "مسؤولية الموقع وقواعد للقراء",
}

# What English values in error messages are called in Arabic.
VALUES: dict[str, str] = {
    "a Latin-script language": "لغة بالحروف اللاتينية",
    "Russian or another Cyrillic-script language": "الروسية أو لغة أخرى بالحروف الكيريلية",
    "Hebrew": "العبرية",
    "Greek": "اليونانية",
    "Chinese or Japanese": "الصينية أو اليابانية",
    "Korean": "الكورية",
    "Hindi or another Devanagari-script language": "الهندية أو لغة أخرى بالخط الديفاناغاري",
    "Persian, Urdu or another language in Arabic script": "الفارسية أو الأردية أو لغة أخرى بالحروف العربية",
    "no language (there are no letters)": "لا حروف فيه",
    **dict.fromkeys(("a PNG image", "a JPEG image", "a GIF image", "a TIFF image", "a WebP image"), "صورة"),
    "a PDF document": "مستند PDF",
    "a ZIP archive or an office document (.docx, .xlsx)": "ملفا مضغوطا أو مستند Office",
    "an old office document (.doc, .xls)": "مستند Office قديما",
    **dict.fromkeys(
        (
            "an empty ZIP archive",
            "a RAR archive",
            "a 7-Zip archive",
            "a gzip archive",
            "a bzip2 archive",
            "an xz archive",
        ),
        "ملفا مضغوطا",
    ),
    "a program": "برنامجا",
    "a database": "قاعدة بيانات",
    "a sound file": "ملفا صوتيا",
    "a video": "مقطعا مصورا",
    "a media file": "ملف وسائط",
    "a video or a photo of a phone": "صورة أو مقطعا من هاتف",
    "binary data": "بيانات ثنائية",
}

# Forms of counted nouns: English none, one, more; Arabic none, one, two, a few (3 to 10), many.
COUNTS: dict[str, tuple[tuple[str, str, str], tuple[str, str, str, str, str]]] = {
    "story": (
        ("no story", "{n} story", "{n} stories"),
        ("لا أخبار", "خبر واحد", "خبران", "{n} أخبار", "{n} خبرا"),
    ),
    "sentence": (
        ("no sentence", "{n} sentence", "{n} sentences"),
        ("لا جمل", "جملة واحدة", "جملتان", "{n} جمل", "{n} جملة"),
    ),
    "block": (
        ("no block", "{n} block", "{n} blocks"),
        ("لا مقاطع", "مقطع واحد", "مقطعان", "{n} مقاطع", "{n} مقطعا"),
    ),
}


def say(key: str, language: str, /, **values: object) -> str:
    """The text of a key in "ar" or "en"; KeyError for a key that is not in the table."""
    return _of(WORDS[key], language).format(**values)


def example_name(stem: str, language: str) -> str:
    return _of(EXAMPLES.get(stem, (stem, stem)), language)


def count(noun: str, number: int, language: str) -> str:
    """ "3 stories", "3 أخبار": the number with its noun in the right form."""
    english, arabic = COUNTS[noun]
    if language == "en":
        return english[min(number, 2)].format(n=number)
    # https://cldr.unicode.org/index/cldr-spec/plural-rules, where hundreds go with the last form
    form = number if number < 3 else 3 if 3 <= number % 100 <= 10 else 4
    return arabic[form].format(n=number)


def language_name(code: str, language: str) -> str:
    """A language's name, or its code when the table has none."""
    return _of(WORDS.get(f"further.{code}", (code, code)), language)


def source_name(source: str, language: str) -> str:
    """Where a page came from, as shown: a file's name, or "Pasted text"."""
    return say("pasted", language) if source == PASTED else source


def tell(error: MukhtasarError, language: str) -> str:
    """An error as a sentence in the reader's language, with its values in that language too."""
    values = {name: _value(name, value, language) for name, value in error.values.items()}
    return (type(error).english if language == "en" else type(error).arabic).format(**values)


def _value(name: str, value: object, language: str) -> object:
    """A number as it is, for its format; anything else as text, set apart from the direction of the sentence."""
    if isinstance(value, int):
        return value
    text = source_name(str(value), language) if name == "source" else str(value)
    text = VALUES.get(text, text) if language == "ar" else text
    return f"\N{FIRST STRONG ISOLATE}{strip_invisible(text)}\N{POP DIRECTIONAL ISOLATE}"


def reason(name: str, language: str) -> str:
    """Why a block was left out, in words."""
    from summarizer.furniture import REASONS as ENGLISH

    return (ENGLISH if language == "en" else REASONS).get(name, name)


def _of(pair: tuple[str, str], language: str) -> str:
    return pair[0] if language == "en" else pair[1]


def choices(keys: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    """(label, value) pairs for a list of choices given as value -> key."""
    return [(say(key, language), value) for value, key in keys.items()]
