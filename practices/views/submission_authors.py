"""Consents of authors over HTTP: asked from the form, answered on a public page by a one-time link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portal.core import privacy
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose
from practices.author_forms import AuthorConsentForm, PaperForm
from practices.domain import author_consents, own_consents
from practices.domain.addresses import step_address
from practices.domain.author_consents import AuthorState
from practices.domain.author_names import labels
from practices.enums import SECTION_URL
from practices.models import AuthorConsent, PracticeSubmission
from practices.views.submission_files import for_writers, pressed_on


@for_writers
def ask(request: HttpRequest, submission: PracticeSubmission, author: str) -> HttpResponseBase:
    """Send the letter with the link."""
    act = lambda: author_consents.ask(submission, author, actor=request.user)  # noqa: E731 (one line for the helper)
    return _do(
        request, submission, act, "Письмо автору поставлено в очередь. Ответ появится здесь.", f"#author-{author}"
    )


@for_writers
def paper(request: HttpRequest, submission: PracticeSubmission, author: str) -> HttpResponseBase:
    """Add a signed sheet and write down what it opens."""
    form = PaperForm.of_author(author, request.POST, request.FILES)

    def act() -> None:
        if not form.is_valid():
            raise ValidationError(form.words)
        values = form.cleaned_data
        author_consents.record_paper(
            submission,
            author,
            upload=values["upload"],
            fields=values["opens"],
            signed_on=values["signed_on"],
            actor=request.user,
        )

    return _do(request, submission, act, "Лист приложен, согласие записано.", f"#author-{author}")


@for_writers
def withdraw_own(request: HttpRequest, submission: PracticeSubmission) -> HttpResponseBase:
    """Withdraw the own consent to the processing of data."""
    act = lambda: own_consents.withdraw(submission, user=request.user)  # noqa: E731 (one line for the helper)
    return _do(request, submission, act, "Согласие отозвано. Без него заявку не отправить.", "", step="consents")


def _do(
    request: HttpRequest,
    submission: PracticeSubmission,
    act: Callable[[], Any],
    said: str,
    place: str,
    *,
    step: str = "authors",
) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(step_address(submission, pressed_on(request, step)) + place)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let the author read, tick and answer; a link that is over says so and tells nothing of the submission."""
    record = author_consents.find_by_token(token)
    if record is None:
        return _private(render(request, "practices/submission/author_link_over.html", status=404))
    form = AuthorConsentForm(request.POST if request.POST.get("answer") == "give" else None)
    if request.method == "POST":
        try:
            done = _take(request, record, form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            done = True
        if done:
            return _private(HttpResponseRedirect(request.path))
    return _private(_page(request, record, form))


def _take(request: HttpRequest, record: AuthorConsent, form: AuthorConsentForm) -> bool:
    what = request.POST.get("answer")
    if what == "give":
        if not form.is_valid():
            return False
        author_consents.give(
            record,
            fields=form.cleaned_data["opens"],
            conditions=form.conditions_words,
            valid_until=form.cleaned_data["valid_until"],
            address=request.client_address,  # type: ignore[attr-defined]
        )
    elif what == "refuse":
        author_consents.refuse(record)
    elif what == "withdraw" and _withdrawable(record) and record.consent is not None:
        privacy.withdraw_consent(record.consent)
    else:
        raise PermissionDenied
    return True


def _withdrawable(record: AuthorConsent) -> bool:
    return author_consents.state_of(record) is AuthorState.GIVEN


def _page(request: HttpRequest, record: AuthorConsent, form: AuthorConsentForm) -> HttpResponse:
    state = author_consents.state_of(record)
    row = author_consents.row_of(record) or {}
    given = record.consent if state.agreed else None
    context = {
        "answered": state is not AuthorState.ASKED,
        "state": state,
        "opens": f"Открыто: {', '.join(labels(given.fields))}." if given else "",
        "can_withdraw": _withdrawable(record),
        "practice": record.submission,
        "organisation": record.submission.organisation,
        "author": row.get("name", ""),
        "address": settings.SITE_URL + SECTION_URL,
        "text": ConsentText.objects.current().get(purpose=ConsentPurpose.DISTRIBUTION),
        "form": form,
    }
    return render(request, "practices/submission/author_consent.html", context)


def _private(response: HttpResponse) -> HttpResponse:
    """The address itself is a key: it is not told to other sites, kept or indexed.

    «no-referrer» would make browsers send `Origin: null`, and the own form be refused.
    """
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
