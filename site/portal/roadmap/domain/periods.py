"""Arithmetic of months and the words in which a plan writes its periods."""

from __future__ import annotations

import calendar
import datetime as dt
import re

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_MONTH = "|".join(MONTHS)
# «Декабрь 2021», «Январь-декабрь 2022», «Февраль – май 2022», «Сентябрь 2022 – май 2023»; around them words stay.
_PERIOD = re.compile(
    rf"(?P<first>{_MONTH})(?:(?P<gap>\s+)(?P<first_year>(?:19|20)\d\d))?"
    rf"(?:(?P<dash>\s*[-–—]\s*)(?P<last>{_MONTH})(?:(?P<last_gap>\s+)(?P<last_year>(?:19|20)\d\d))?)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def add_months(day: dt.date, months: int) -> dt.date:
    """Return `day` moved by `months` (negative: back); the last day of a month stays the last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if is_last else min(day.day, last))


def quarter_of(day: dt.date, *, within: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the quarter of `day`, cut to the period; the period itself when `day` is not in it."""
    starts_on, ends_on = within
    if not starts_on <= day <= ends_on:
        return within
    first = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return max(first, starts_on), min(add_months(first, 3) - dt.timedelta(days=1), ends_on)


def shift_years(text: str, years: int) -> str:
    """Return `text` with every year of four digits moved by `years`."""
    return _YEAR.sub(lambda found: str(int(found.group(1)) + years), text)


def shift_period(text: str, months: int) -> str:
    """Return the words of a period moved by `months`, in the same manner of writing.

    «Декабрь 2021» by 57 months is «Сентябрь 2026»; a period that comes to lie in two years names both. Words without
    a month and a year («1 раз в квартал») stay as they are.
    """
    return _PERIOD.sub(lambda found: _shifted(found, months), text)


def _shifted(found: re.Match[str], months: int) -> str:
    part = found.groupdict()
    last_year = part["last_year"]
    first_year = part["first_year"] or last_year
    if not first_year:
        return found.group(0)
    first, first_year = _moved(part["first"], int(first_year), months)
    gap = part["gap"] or part["last_gap"] or " "
    if not part["last"]:
        return f"{first}{gap}{first_year}"
    # «Сентябрь 2021 – май» without a year of its own ends in the same year.
    last, ends_in = _moved(part["last"], int(last_year or part["first_year"]), months)
    whole_year = part["first_year"] is None or last_year is None
    if whole_year and first_year == ends_in:
        if part["first_year"]:
            return f"{first}{gap}{first_year}{part['dash']}{last}"
        return f"{first}{part['dash']}{last}{gap}{ends_in}"
    dash = part["dash"] if " " in part["dash"] else " – "
    return f"{first}{gap}{first_year}{dash}{last}{gap}{ends_in}"


def _moved(name: str, year: int, months: int) -> tuple[str, int]:
    index = year * 12 + MONTHS.index(name.lower()) + months
    moved = MONTHS[index % 12]
    return (moved.capitalize() if name[0].isupper() else moved), index // 12


def month_words(day: dt.date) -> str:
    """Return «март 2022»."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def period_words(begins: dt.date, ends: dt.date) -> str:
    """Return «март 2022» or «февраль 2022 — май 2022»."""
    first, last = month_words(begins), month_words(ends)
    if first == last:
        return first
    return f"{MONTHS[begins.month - 1]} — {last}" if begins.year == ends.year else f"{first} — {last}"
