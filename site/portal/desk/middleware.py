"""What holds for the whole of one save in the editor: the lock of the page and the words to those who agree on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page

from portal.core.publishing import PublicationRefused
from portal.desk.domain import agreement
from portal.desk.views.refusals import answer_refused

EDITORS = {"wagtailadmin_pages:add", "wagtailadmin_pages:edit"}


class SavingMiddleware:
    """Runs each save of a page in one transaction that holds the page's row.

    Of two saves in the same instant the second sees what the first has saved, and is asked which text to keep
    (`portal.desk.views.conflicts`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer a save; any other request goes on as usual."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.view_name not in EDITORS:
            return None
        with agreement.words_of_author(request.POST.get(agreement.WORDS_FIELD, "")), transaction.atomic():
            if "page_id" in kwargs:
                list(Page.objects.select_for_update().filter(pk=kwargs["page_id"]).values_list("pk"))
            try:
                return view(request, *args, **kwargs)
            except PublicationRefused as refused:  # caught inside the transaction: the text that was typed stays saved
                return answer_refused(request, refused)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer in words where another screen of the admin was to publish a page that refuses."""
        return answer_refused(request, exception) if isinstance(exception, PublicationRefused) else None
