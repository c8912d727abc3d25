"""Sign-ins of a person on their devices: seen, listed and ended (rows of `allauth.usersessions`)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

SEEN_EVERY = timedelta(minutes=5)  # how exact «когда был» is; a write for every page would cost more than the page
# Told apart by the first word that the browser's name for itself holds.
_BROWSERS = (
    ("YaBrowser", "Яндекс Браузер"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "телефон или планшет Android"),
    ("Windows", "компьютер с Windows"),
    ("Macintosh", "компьютер Mac"),
    ("Linux", "компьютер с Linux"),
)


def device(user_agent: str) -> str:
    """Return the device in words: «Firefox, компьютер с Windows»."""
    known = [next((word for mark, word in names if mark in user_agent), "") for names in (_BROWSERS, _DEVICES)]
    return ", ".join(word for word in known if word) or "неизвестное устройство"


def see(request: HttpRequest) -> None:
    """Write down that the session of the request is in use, at most once in SEEN_EVERY."""
    key = f"session-seen:{request.session.session_key}"
    if request.session.session_key and cache.add(key, True, int(SEEN_EVERY.total_seconds())):
        UserSession.objects.create_from_request(request)


def own_sessions(user: Any) -> QuerySet[UserSession]:
    """Return the sign-ins of `user` that hold, the last used first."""
    held = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.filter(Exists(held), user=user).order_by("-last_seen_at", "-pk")


def end_sessions(user: Any, *, keep: str | None = None) -> int:
    """End every sign-in of `user` but the one with the key `keep`; return how many ended."""
    sessions = UserSession.objects.filter(user=user)
    return _end(sessions.exclude(session_key=keep) if keep else sessions)


def end_session(user: Any, pk: int) -> bool:
    """End one sign-in of `user`; False when the person has no such."""
    return bool(_end(UserSession.objects.filter(user=user, pk=pk)))


def _end(sessions: QuerySet[UserSession]) -> int:
    with transaction.atomic():
        keys = list(sessions.values_list("session_key", flat=True))
        ended = Session.objects.filter(session_key__in=keys).delete()[0]
        UserSession.objects.filter(session_key__in=keys).delete()
    return ended


def forget_past() -> int:
    """Drop rows of sign-ins that ended by themselves. For the nightly job."""
    held = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
    return UserSession.objects.exclude(Exists(held)).delete()[0]
