"""Everything that can go wrong, as one tree. Each message says what happened, the value, and the cure.

    MukhtasarError
    ├── InputError             something is wrong with what was given to read
    │   ├── PathMissing
    │   ├── NothingToRead      a folder without a readable file
    │   ├── EmptyInput
    │   ├── BinaryInput
    │   ├── UnsupportedFormat
    │   ├── DamagedFile
    │   ├── InputTooLong
    │   ├── TooLargeUnpacked
    │   ├── DamagedGlossary
    │   ├── BadTerm
    │   ├── NotArabic
    │   └── NoStory            the page holds only menus, dates, share buttons, ...
    ├── ModelError             a model can't be had
    │   ├── UnknownModel
    │   ├── ModelNotHere       not on this machine, and the hub can't be reached or wasn't allowed
    │   ├── WeightsDamaged
    │   ├── LanguageNotOffered
    │   └── PackageMissing     an optional package is needed
    ├── WorkerDied             a process was killed twice by the same page
    ├── ClusterFailed          a Ray cluster can't be reached, or can't do the work
    └── OutputError            results can't be written
        ├── OutputUnwritable
        ├── OutputLocked       another run is at work in the folder
        └── OutputDamaged

Every class carries its sentence in English and in Arabic, because the page shows errors in the reader's language.
"""

from __future__ import annotations

from typing import ClassVar


class MukhtasarError(Exception):
    """Base of all errors this package raises on purpose.

    Subclasses give two templates; keyword arguments fill them and stay readable in ``values``.
    """

    english: ClassVar[str] = "{detail}"
    arabic: ClassVar[str] = "{detail}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.english.format(**values))

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in batch runs; the default would call __init__ with the message.
        return _rebuild, (type(self), self.values)

    @property
    def in_arabic(self) -> str:
        """The same message in Arabic."""
        return self.arabic.format(**self.values)


def _rebuild(kind: type[MukhtasarError], values: dict[str, object]) -> MukhtasarError:
    return kind(**values)


class InputError(MukhtasarError):
    """Something is wrong with what was given to read."""


class PathMissing(InputError):
    english = "No such file or folder: {path}. Check the spelling, or give an absolute path."
    arabic = "لا يوجد ملف أو مجلد بهذا الاسم: {path}. تحقق من كتابته أو اكتب المسار كاملا."


class NothingToRead(InputError):
    english = "No readable page in {path}: looked for {formats}. Use --recursive to look into its subfolders."
    arabic = "لا توجد صفحة يمكن قراءتها في {path}. الصيغ المقبولة: {formats}."


class EmptyInput(InputError):
    english = "{source} is empty: there is no text to read. Give a page with an article on it."
    arabic = "{source}: لا يوجد نص لقراءته. الصق صفحة فيها خبر."


class BinaryInput(InputError):
    english = "{source} is not text: it looks like {kind}. Give a .txt, .md, .html or .docx file."
    arabic = "{source} ليس نصا، بل يبدو {kind}. استعمل ملف ‎.txt أو ‎.md أو ‎.html أو ‎.docx."


class UnsupportedFormat(InputError):
    english = "{source}: files of the kind {suffix!r} can't be read. Known kinds: {formats}."
    arabic = "{source}: لا يمكن قراءة الملفات من نوع {suffix}. الأنواع المقبولة: {formats}."


class DamagedFile(InputError):
    english = "{source} can't be opened: {detail}. Save it again, or save it as .txt."
    arabic = "تعذر فتح {source}: {detail}. احفظه من جديد أو احفظه بصيغة ‎.txt."


class InputTooLong(InputError):
    english = "{source} has {size:,} characters; at most {limit:,} are read. Split it into several files."
    arabic = "في {source} عدد {size:,} حرفا، والحد الأقصى {limit:,}. قسمه إلى عدة ملفات."


class TooLargeUnpacked(InputError):
    english = "{source} unpacks to {size:,} megabytes; at most {limit:,} are read. Save its text as .txt and try again."
    arabic = "حجم {source} بعد فك ضغطه {size:,} ميغابايت، والحد الأقصى {limit:,}. احفظ نصه في ملف ‎.txt ثم أعد المحاولة."


class DamagedGlossary(InputError):
    english = "{path}, line {line}: not a term. Write the Arabic, a tab, and the English; # begins a comment."
    arabic = "{path}، السطر {line}: ليس مصطلحا. اكتب العربية ثم علامة جدولة ثم الإنكليزية."


class BadTerm(InputError):
    english = "Your own terms, line {line}: not a term. Write Arabic = English."
    arabic = "مصطلحاتك، السطر {line}: ليس مصطلحا. اكتب العربية = الإنكليزية."


class NotArabic(InputError):
    english = "{source} has no Arabic article: it looks like {language}. Give a page in Arabic."
    arabic = "{source}: لا يوجد خبر بالعربية، ويبدو أن النص مكتوب بلغة أخرى ({language}). الصق صفحة بالعربية."


class NoStory(InputError):
    english = (
        "{source} has no story on it, only menus, dates, share buttons and the like "
        "({blocks} blocks dropped). Give the page with the article's text."
    )
    arabic = "{source}: لا يوجد خبر في الصفحة، بل قوائم وتواريخ وأزرار مشاركة فقط ({blocks}). الصق الصفحة مع نص الخبر."


class ModelError(MukhtasarError):
    """A model can't be had."""


class UnknownModel(ModelError):
    english = "No {job} is called {name!r}. Known: {known}. A Hub id has a slash (org/model); a folder must exist."
    arabic = "لا يوجد نموذج باسم {name}. النماذج المعروفة: {known}."


class ModelNotHere(ModelError):
    english = "The model {name} is not on this machine: {detail}. {cure}"
    arabic = "النموذج {name} غير موجود على هذا الجهاز: {detail}."


class WeightsDamaged(ModelError):
    english = "The model in {path} is incomplete or damaged: {detail}. Install the package or copy the folder again."
    arabic = "ملفات النموذج في {path} ناقصة أو تالفة: {detail}. أعد تثبيت الحزمة."


class LanguageNotOffered(ModelError):
    english = "The model {name} does not write {language!r}. It writes: {known}."
    arabic = "النموذج {name} لا يكتب اللغة {language}. اللغات المتاحة: {known}."


class PackageMissing(ModelError):
    english = "{feature} needs the package {package}, which is not installed. Run: pip install '{install}'"
    arabic = "{feature}: تلزم الحزمة {package} وهي غير مثبتة. نفذ: pip install '{install}'"


class WorkerDied(MukhtasarError):
    english = "{source}: the process working on it died {attempts} times (out of memory?). Try it alone, or split it."
    arabic = "{source}: انتهت العملية التي تعالجه {attempts} مرات (ربما لنقص الذاكرة). جربه وحده أو قسمه."


class ClusterFailed(MukhtasarError):
    english = "The Ray cluster ({address}) failed: {detail}. What was finished is kept; run it again."
    arabic = "تعطلت مجموعة الأجهزة ({address}): {detail}. ما أنجز محفوظ؛ أصلح العطل ثم أعد التشغيل."


class OutputError(MukhtasarError):
    """Results can't be written."""


class OutputUnwritable(OutputError):
    english = "Can't write {path}: {detail}. Nothing finished before is lost; make room or choose another --output."
    arabic = "تعذرت الكتابة في {path}: {detail}. لم يضع شيء مما أنجز قبل ذلك."


class OutputLocked(OutputError):
    english = "Another run is writing to {path}. Wait for it to end, or choose another --output."
    arabic = "هناك عملية أخرى تكتب في {path}. انتظر انتهاءها أو اختر مجلدا آخر."


class OutputDamaged(OutputError):
    english = "{path}, line {line}: {detail}. Remove that line, or start again with --overwrite."
    arabic = "{path}، السطر {line}: {detail}. احذف السطر أو ابدأ من جديد."
