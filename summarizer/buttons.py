"""The words that buttons, menus and counters are made of: a table only; the rule over it is in furniture."""

from __future__ import annotations

from dataclasses import dataclass

from .newswords import SECTIONS, SOCIAL, folded


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
        folded(
            "تعليق تعليقات التعليقات تعليقا تعليقك التعليق تعليقين الرد ردود comments comment reply تعقيب التعقيبات"
        ),
        folded(
            "اترك أضف اكتب شاركنا رأيك مغلقة الزوار القراء إلغاء ينشر الأولى الأول بالتعليق إرسال شاهد إظهار "
            "leave a no "
            "ليست هناك إضافة حالية عرض المزيد وتفاعلات آراء خاص facebook wordpress على موقع اضافه"
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
            "أ الرابط بالبريد البريد الإلكتروني بريد لصديق لصديقك صديق أصدقائك اليوم المزيد link page story this on "
            "مختصر رابط تنزيل تحميل pdf بصيغة النص كملف url short المشاركه معجب بهذه رد الرد س د"
        ),
        16,
    ),
    Vocabulary(
        "pagination",
        folded(
            "التالي السابق التالية السابقة صفحة للأعلى لأعلى الأعلى تحميل عرض next previous prev more الصفحات القادم"
        ),
        folded(
            "عودة العودة المزيد الأخبار الأولى الأخيرة التنقل بين المقالات المواضيع read load page المنشور "
            "بوست التدوينة "
            "الرجوع الذهاب زر اذهب النتائج من newer older post posts"
        ),
    ),
    Vocabulary(
        "advert",
        folded(
            "إعلان اعلان إعلانات الإعلانات الإعلان إعلانية برعاية ممول advertisement advertisements ads ad sponsored"
        ),
        folded("مساحة محتوى المحتوى يستمر تابع القراءة مادة by مكان مدفوع advertise here"),
    ),
    Vocabulary(
        "counter",
        folded(
            "مشاهدة مشاهدات المشاهدات قراءة القراءة للقراءة قراءات زيارة زيارات الزيارات قيم تقييم التقييم views read"
        ),
        folded("عدد مدة زمن وقت دقيقة دقائق ثانية min minutes الخبر ألف k المتوقع محتوى إجمالي"),
    ),
    Vocabulary(
        "reading tools",
        folded("استمع الخط الاستماع استماع تلخيص aa"),
        folded("للخبر للمقال حجم تكبير تصغير تغيير إلى نوع صوتيا الخبر إستمع البث المباشر"),
    ),
    Vocabulary(
        "login",
        folded("تسجيل المرور الدخول الخروج مستخدم المستخدم حسابي حساب login register password username"),
        folded(
            "إنشاء كلمة اسم نسيت تذكرني مستخدم جديد فقدت sign in up log بك خاص باقة الاشتراكات الاشتراك لوحة القيادة"
        ),
    ),
    Vocabulary(
        "cookies", folded("أوافق موافق قبول رفض accept reject"), folded("الكل إعدادات الإعدادات جميع all cookies")
    ),
    Vocabulary(
        "newsletter",
        folded(
            "النشرة نشرتنا نشراتنا بريدك بريدي الإشعارات إشعارات اشترك اشتراك الاشتراك subscribe newsletter inscription"
        ),
        folded(
            "البريدية الإخبارية الإلكتروني أدخل سجل تفعيل تلقي خدمة معنا عنوان لتصلك آخر الأخبار ليصلك كل جديد to our "
            "الدورية بالخدمة mailing list نشرات قائمة"
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
        folded(
            "الفجر الظهر العصر العشاء الشروق مواقيت الدولار اليورو العملات الذهب الطقس طقس عيار بيع شراء "
            "العملة الأونصة "
            "إسترليني humidity wind sunny cloudy"
        ),
        folded(
            "الصلاة المغرب أسعار سعر الريال الدرهم الدينار الجنيه الليرة الإسترليني حالة غائم جزئيا مشمس صحو ممطر "
            "العظمى الصغرى درجة الحرارة اليوم usd eur متوسط بالصاغة بالجنيه المصري جنيه دولار أمريكي ريال سعودي درهم "
            "إماراتي دينار كويتي أردني مصري يورو ليرة سبيكة partly mostly km h مدينة حسب"
        ),
        12,
    ),
    Vocabulary(
        "menu",
        folded(
            "القائمة بحث ابحث english français الليلي تخطى تخط انتقل "
            "خدمات خدماتنا خريطة اتصل أنت النسخة المحتوى دخول إغلاق close "
            "menu search home الخصوصية الاستخدام الرئيسية أقسام الأقسام الأبراج الترددات الحلقات"
        )
        | SECTIONS,
        SECTIONS
        | folded(
            "الوضع الموقع بنا من نحن أعلن معنا سياسة شروط الرئيسي الورقية الموبايل أقسام القسم جدول حظك نموذج "
            "تواصل إلى "
            "الرئيسى بالصورة بالصوت عنا"
        ),
        10,
    ),
    Vocabulary(
        "poll",
        folded("تصويت صوت نعم لا استطلاع الاستطلاع استفتاء"),
        folded("رأي الرأي شاهد عرض النتائج النتيجة نتيجة أهتم أدري ربما القراء"),
    ),
    Vocabulary("source", folded("وكالات الوكالات"), folded("متابعات خاص صحف مواقع إلكترونية الأنباء")),
    Vocabulary("caption", folded("أرشيف أرشيفية تعبيرية توضيحية الأرشيف"), folded("صورة صور الصورة من أرشيفي")),
)
