"""Loads the demonstration piece by piece; repeatable, and safe to kill at any moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model

from contests.models import ContestIndexPage
from events.models import EventIndexPage
from portal.demo.accounts import load_accounts
from portal.demo.contests import load_contests
from portal.demo.documents import load_documents
from portal.demo.events import load_events
from portal.demo.ledger import Ledger
from portal.demo.news import load_news
from portal.demo.notices import load_notices
from portal.demo.organisations import load_organisations
from portal.demo.people import load_people
from portal.demo.pictures import COVER_WIDTH
from portal.demo.practices import load_collections, load_practices
from portal.demo.roadmap import confirm_older, load_plans
from portal.demo.submissions import load_submissions
from portal.documents.models import DocumentIndexPage
from portal.news.models import NewsIndexPage
from practices.models import PracticeIndexPage


class NotReadyError(Exception):
    """The portal lacks what `setup_portal` makes."""


def load_demo(*, cover_width: int = COVER_WIDTH) -> Iterator[str]:
    """Load what was never loaded and yield lines of progress; pictures are `cover_width` pixels wide.

    What people changed stays as they left it, what they deleted is not made again. Raises NotReadyError when the
    sections of the site are missing.
    """
    sections: tuple[type[Model], ...] = (
        PracticeIndexPage,
        DocumentIndexPage,
        EventIndexPage,
        ContestIndexPage,
        NewsIndexPage,
    )
    for section in sections:
        if not section._default_manager.exists():
            raise NotReadyError(f"Нет страницы «{section._meta.verbose_name}»: сначала выполните setup_portal.")
    ledger = Ledger()
    stages: list[tuple[str, Callable[[], Iterable[str]]]] = [
        ("Учётные записи", lambda: load_accounts(ledger)),
        ("Организации", lambda: load_organisations(ledger)),
        ("Люди организаций", lambda: load_people(ledger)),
        ("Дорожные карты", lambda: load_plans(ledger)),
        ("Практики", lambda: load_practices(ledger, cover_width=cover_width)),
        ("Подборки", lambda: load_collections(ledger)),
        ("Заявки с практиками", lambda: load_submissions(ledger)),
        ("Документы", lambda: load_documents(ledger)),
        ("События", lambda: load_events(ledger, cover_width=cover_width)),
        ("Конкурсы", lambda: load_contests(ledger, cover_width=cover_width)),
        ("Новости", lambda: load_news(ledger, cover_width=cover_width)),
        ("Решения ответственного", lambda: confirm_older(ledger)),
        ("Пометка и первый экран", lambda: load_notices(ledger)),
    ]
    for title, stage in stages:
        begun, made = time.monotonic(), ledger.made
        for remark in stage():
            yield f"  {remark}"
        yield f"{title}: загружено {ledger.made - made}, {time.monotonic() - begun:.1f} с"
