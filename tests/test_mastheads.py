"""Dates with who or where beside them, and bylines with the names that look like other words."""

from __future__ import annotations

import pytest

from summarizer.furniture import folded_for_rules
from summarizer.mastheads import is_byline, is_date, is_signed_date


@pytest.mark.parametrize(
    "line",
    [
        "سبت, 22/11/2025 - 15:17",
        "LOC11:42",
        "الساعة 04:20 م|19 فبراير 2014",
        "آخر تعديل : 20 رجب 1446 هـ 09:14 ص",
        "2026-02-15 | 2:51 مساءً",
    ],
)
def test_dates(line):
    assert is_date(folded_for_rules(line))


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("أمن 5-04-2023, 20:49 | --", True),
        ("نشر في الواحة يوم 12 - 10 - 2018", True),
        ("Selin Demir | 07.04.2024 - محدث : 08.04.2024", True),
        ("ضحى نيوز - 5 مارس 2025", True),
        ("صدر القانون في 12/3/2024", False),
        ("12 مارس 2025 - توقيع الاتفاق في العاصمة", False),
        ("12 مارس 2025: توقيع الاتفاق | النص", False),
        ("يعود العمل بالتوقيت الصيفي | 5 مارس 2025", False),
    ],
)
def test_dates_with_who_or_where(line, signed):
    assert is_signed_date(folded_for_rules(line)) == signed


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("بقلم: محمد علي الزين", True),
        ("كتبت سارة المصري:", True),
        ("كاتب المقال La rédaction", True),
        ("إدارة الإعلام / وزارة الصحة", True),
        ("كتب: الرئيس على صفحته في تويتر", False),
        ("كتب الوزير:", False),
        ("المكتب الإعلامي ينفي خبر الإغلاق", False),
    ],
)
def test_bylines(line, byline):
    assert is_byline(folded_for_rules(line)) == byline
