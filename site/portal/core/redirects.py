"""Redirects from former addresses, for pages that a visitor may see."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from portal.core import publicity

Answer = TypeVar("Answer", bound=HttpResponseBase)


class PublicRedirectMiddleware(RedirectMiddleware):
    """Leads on what was not found, as Wagtail does, but never to a page that is not public.

    Wagtail would tell the address of a page that was moved into a closed section, and answer 301 to a 404.
    """

    def process_response(
        self, request: HttpRequest, response: Answer
    ) -> Answer | HttpResponseRedirect | HttpResponsePermanentRedirect:
        """Return the redirect in place of 404, where there is one for this address."""
        found = _redirect_for(request) if response.status_code == 404 else None
        if found is None or (found.redirect_page_id and not publicity.is_public(found.redirect_page)):
            return response
        if found.link is None:
            return response
        kind = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
        return kind(found.link)


def _redirect_for(request: HttpRequest) -> Redirect | None:
    """Find the redirect of the whole address, else of the one without its query."""
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found: Redirect | None = get_redirect(request, path)
    bare = urlsplit(path).path
    return found if found is not None or bare == path else get_redirect(request, bare)
