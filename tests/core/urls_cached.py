"""Addresses of the page cache's tests: pages that count how often they were made."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from portal.core.pagecache import public_page

made = []


def _page(request):
    made.append(request.get_full_path())
    return HttpResponse(f"<p>{'слово ' * 200}</p>{request.META['QUERY_STRING']}")


@public_page
def shared(request):
    return _page(request)


@public_page
def with_cookie(request):
    response = _page(request)
    response.set_cookie("own", "1")
    return response


@public_page
def missing(request):
    made.append(request.path)
    return HttpResponse("нет", status=404)


def personal(request):
    return _page(request)


urlpatterns = [
    path("shared/", shared),
    path("cookie/", with_cookie),
    path("missing/", missing),
    path("personal/", personal),
    path("admin/shared/", shared),
]
