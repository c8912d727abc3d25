"""How much one visitor may ask of the API."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from portal.core.limits import hit, network

MINUTE = 60
READS_A_MINUTE = 120
SUGGESTIONS_A_MINUTE = 300


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 429 to a visitor who asked for more than `READS_A_MINUTE` lists that were not in the page cache."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not hit("api", _source(request), limit=READS_A_MINUTE, per_seconds=MINUTE):
            return _refusal(READS_A_MINUTE)
        return view(request, *args, **kwargs)

    return wrapped


def lightly_limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Like `limited`, counted roughly in the cache: a row per typed letter would cost more than its answer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = f"portal:suggestions:{_source(request)}:{int(timezone.now().timestamp()) // MINUTE}"
        cache.add(key, 0, MINUTE)
        try:
            used = cache.incr(key)
        except ValueError:  # the minute ended between the two lines
            used = 1
        if used > SUGGESTIONS_A_MINUTE:
            return _refusal(SUGGESTIONS_A_MINUTE)
        return view(request, *args, **kwargs)

    return wrapped


def _source(request: HttpRequest) -> str:
    return network(request.client_address)  # type: ignore[attr-defined]


def _refusal(limit: int) -> JsonResponse:
    words = f"Слишком много запросов: с одного адреса принимаем {limit} в минуту. Повторите через минуту."
    response = JsonResponse({"detail": words}, status=429, json_dumps_params={"ensure_ascii": False})
    response.headers["Retry-After"] = str(MINUTE)
    response.headers["Cache-Control"] = "no-store"
    return response
