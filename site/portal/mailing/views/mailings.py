"""The admin's screens of mailings: the list, the text, the letters that wait, sending with the number confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ModelLogEntry

from portal.core.audiences import Recipient
from portal.core.listing import page_links
from portal.core.models.letters import LetterStatus
from portal.mailing.domain import mailings
from portal.mailing.domain.mailings import MailingError, letters_words
from portal.mailing.enums import RowStatus
from portal.mailing.forms import MailingForm, RowForm, SendForm, number_of
from portal.mailing.models import Mailing, MailingRow
from portal.mailing.rules import may_mail

PER_PAGE = 50
LOGGED = 20
View = Callable[..., HttpResponse]
# What the list of letters is narrowed to: word of the address → name, condition
STATES: dict[str, tuple[str, Q]] = {
    "draft": ("Не отправлены", Q(status=RowStatus.DRAFT)),
    "queued": (
        "Отправляются",
        Q(status=RowStatus.QUEUED) | Q(letter__status__in=[LetterStatus.QUEUED, LetterStatus.SENDING]),
    ),
    "sent": ("Отправлены", Q(letter__status=LetterStatus.SENT)),
    "failed": ("Не доставлены", Q(letter__status=LetterStatus.FAILED)),
    "left_out": ("Исключены", Q(status=RowStatus.LEFT_OUT)),
}


def for_mailers(view: View) -> View:
    """Refuse whoever may not write to many people at once."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_mail(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class MailingsView(BaseListingView):
    """Every mailing, the latest first, with what became of its letters."""

    model = Mailing
    page_title = "Рассылки"
    header_icon = "mail"
    index_url_name = "mailings"
    paginate_by = 50
    verbose_name_plural = "рассылки"
    columns = [
        TitleColumn("title", label="Название", get_url=lambda row: reverse("mailing", args=[row.pk])),
        Column("audience", label="Кому", accessor="audience_label"),
        Column("drafts", label="Не отправлено"),
        Column("sent", label="Отправлено"),
        Column("failed", label="Не доставлено"),
        DateColumn("created_at", label="Создана"),
        Column("created_by", label="Кто подготовил", accessor=lambda row: row.created_by or "—"),
    ]

    def get_queryset(self) -> QuerySet[Mailing]:
        counted = {name: Count("rows", filter=_below(STATES[key][1])) for name, key in _COUNTED.items()}
        return Mailing.objects.select_related("created_by").annotate(**counted).order_by("-created_at", "-pk")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton("Новая рассылка", url=reverse("mailing_new"), icon_name="plus")]


_COUNTED = {"drafts": "draft", "sent": "sent", "failed": "failed"}


def _below(condition: Q) -> Q:
    """The same condition on the rows of a mailing."""
    moved = Q(_connector=condition.connector)
    for name, value in (child for child in condition.children if isinstance(child, tuple)):
        moved.add(Q(**{f"rows__{name}": value}), condition.connector)
    return moved


@for_mailers
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a new mailing or change the words of one; its uncorrected drafts are written anew by «Подготовить»."""
    mailing = get_object_or_404(Mailing, pk=pk) if pk else Mailing(created_by=request.user)  # type: ignore[misc]
    form = MailingForm(request.POST or None, instance=mailing)
    if request.method == "POST" and form.is_valid():
        form.save()
        number = mailings.prepare(mailing, actor=request.user)
        messages.success(request, f"Сохранено. К отправке {letters_words(number)}: прочитайте и отправьте.")
        return redirect("mailing", mailing.pk)
    context = {"title": "Рассылка" if pk else "Новая рассылка", "form": form, "back": _back(pk)}
    return render(request, "mailing/admin/edit.html", context)


def _back(pk: int | None) -> str:
    return reverse("mailing", args=[pk]) if pk else reverse("mailings")


@for_mailers
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One mailing: numbers, how a letter looks, the letters themselves, the journal."""
    mailing = get_object_or_404(Mailing, pk=pk)
    chosen, query = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows = mailing.rows.select_related("letter")
    if chosen in STATES:
        rows = rows.filter(STATES[chosen][1])
    if query:
        rows = rows.filter(email__contains=query.lower())
    kept = [("state", chosen), ("q", query)]
    links = page_links(
        request.path, kept, number=number_of(request.GET.get("page")), total=rows.count(), per_page=PER_PAGE
    )
    counts = mailing.rows.aggregate(
        all=Count("pk"), **{key: Count("pk", filter=condition) for key, (_name, condition) in STATES.items()}
    )
    context = {
        "mailing": mailing,
        "tabs": [{"key": key, "name": name, "count": counts[key]} for key, (name, _condition) in STATES.items()],
        "counts": counts,
        "state": chosen,
        "query": query,
        "waiting": mailings.drafts(mailing, query=query).count() if query else counts["draft"],
        "rows": rows.order_by("email")[links.start : links.stop],
        "links": links,
        "sample": _sample(mailing),
        "log": ModelLogEntry.objects.for_instance(mailing).select_related("user")[:LOGGED],
    }
    return render(request, "mailing/admin/mailing.html", context)


def _sample(mailing: Mailing) -> MailingRow:
    """The letter with sample values: real ones stand in the drafts below."""
    values = {name: sample for name, (_meaning, sample) in mailing.placeholders().items()}
    recipient = Recipient("sample@example.org", values.pop("name"), None, values)
    return mailings.compose(mailing, recipient, mailings.common_values())


@for_mailers
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: read, corrected while it is a draft, excluded or taken back."""
    letter = get_object_or_404(MailingRow.objects.select_related("mailing", "letter"), pk=pk)
    form = RowForm(request.POST or None, initial={"subject": letter.subject, "body": letter.body})
    try:
        if request.method == "POST" and "turn" in request.POST:
            is_draft = mailings.turn(letter, actor=request.user)
            messages.success(request, "Письмо снова ждёт отправки." if is_draft else "Письмо исключено.")
            return redirect("mailing", letter.mailing_id)
        if request.method == "POST" and form.is_valid():
            mailings.correct(letter, actor=request.user, **form.cleaned_data)
            messages.success(request, f"Письмо на {letter.email} исправлено.")
            return redirect("mailing", letter.mailing_id)
    except MailingError as error:
        messages.error(request, str(error))
        return redirect("mailing_row", pk)
    context = {"row": letter, "form": form, "is_draft": letter.status == RowStatus.DRAFT}
    context["can_turn"] = letter.status in {RowStatus.DRAFT, RowStatus.LEFT_OUT}
    return render(request, "mailing/admin/row.html", context)


@for_mailers
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the number of letters, then let them go."""
    mailing = get_object_or_404(Mailing, pk=pk)
    query = request.POST.get("q", request.GET.get("q", "")).strip()
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = mailings.send(mailing, actor=request.user, confirmed=form.cleaned_data["number"], query=query)
        except MailingError as error:
            form.add_error("number", str(error))
        else:
            messages.success(request, f"Отправляем {letters_words(sent)}. Что с каждым, видно в списке.")
            return redirect("mailing", pk)
    number = mailings.drafts(mailing, query=query).count()
    context = {
        "mailing": mailing,
        "form": form,
        "query": query,
        "number": number,
        "words": letters_words(number),
        "title": f"Отправить {letters_words(number)}",
    }
    return render(request, "mailing/admin/send.html", context)


@for_mailers
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the drafts anew: the circle may have changed since."""
    mailing = get_object_or_404(Mailing, pk=pk)
    if request.method == "POST":
        try:
            number = mailings.prepare(mailing, actor=request.user)
            messages.success(request, f"К отправке {letters_words(number)}.")
        except MailingError as error:
            messages.error(request, str(error))
    return redirect("mailing", pk)


@for_mailers
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then exclude what has not left."""
    mailing = get_object_or_404(Mailing, pk=pk)
    if request.method == "POST":
        messages.success(request, f"Отменено: {letters_words(mailings.cancel(mailing, actor=request.user))}.")
        return redirect("mailing", pk)
    return _ask(
        request,
        mailing,
        title="Отменить рассылку",
        question=f"Исключить все ещё не отправленные письма рассылки «{mailing}»? Отправленные не вернуть.",
        button="Отменить рассылку",
    )


@for_mailers
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then send again what was not delivered."""
    mailing = get_object_or_404(Mailing, pk=pk)
    if request.method == "POST":
        again = mailings.repeat_failed(mailing, actor=request.user)
        messages.success(request, f"Снова в очереди: {letters_words(again)}.")
        return redirect("mailing", pk)
    failed = mailing.rows.filter(STATES["failed"][1]).count()
    return _ask(
        request,
        mailing,
        title="Отправить недоставленные ещё раз",
        question=f"Отправить ещё раз {letters_words(failed)} рассылки «{mailing}»?",
        button="Отправить",
    )


def _ask(request: HttpRequest, mailing: Mailing, **context: str) -> HttpResponse:
    return render(request, "core/admin/confirm.html", {**context, "back": reverse("mailing", args=[mailing.pk])})
