"""Colleagues of a submission: who is invited, inviting, answering an invitation, ending an access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.intake.enums import CollaboratorRole
from practices.domain import colleagues
from practices.domain.access import submission_or_404
from practices.models import PracticeSubmission
from practices.rules import can_invite, is_team

SECTION = "practices"


class InviteColleagueForm(forms.Form):
    """Whom to invite and what the colleague may do."""

    email = forms.EmailField(
        max_length=254, label="Электронная почта коллеги", help_text="На неё придёт письмо со ссылкой."
    )
    role = forms.ChoiceField(
        label="Что можно делать",
        choices=[
            (CollaboratorRole.EDIT, "править: писать вместе с вами"),
            (CollaboratorRole.VIEW, "читать: видеть черновик и где он"),
        ],
        initial=CollaboratorRole.EDIT,
        widget=forms.RadioSelect,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who works on the submission; its organisation invites others."""
    submission = submission_or_404(request.user, public_id)
    if not is_team(request.user, submission):
        raise Http404
    form = InviteColleagueForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invite(request, submission, form):
        return redirect("practice_colleagues", public_id)
    context = {
        "cabinet_section": SECTION,
        "submission": submission,
        "colleagues": colleagues.colleagues_of(submission),
        "invites": can_invite(request.user, submission),
        "form": form,
    }
    return render(request, "practices/submission/colleagues.html", context)


def _invite(request: HttpRequest, submission: PracticeSubmission, form: InviteColleagueForm) -> bool:
    values: dict[str, Any] = form.cleaned_data
    try:
        colleagues.invite(submission, values["email"], values["role"], actor=request.user)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, f"Приглашение отправлено: {values['email']}.")
    return True


@never_cache
@require_POST
@login_required
def end(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """End the access of a colleague."""
    submission = submission_or_404(request.user, public_id)
    record = get_object_or_404(submission.collaborators, pk=pk)
    colleagues.end(record, actor=request.user)
    messages.success(request, f"Доступ закрыт: {record.email}. Написанное осталось.")
    if record.user_id == request.user.pk:
        return redirect("cabinet")
    return redirect("practice_colleagues", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation to one's own mailbox; a made-up link, a dead one and another's are told alike."""
    user: Any = request.user
    record = colleagues.find_by_token(token)
    if record is None or not colleagues.is_to(record, user):
        context = {"cabinet_section": SECTION, "words": colleagues.GONE, "email": user.email}
        return _secret(render(request, "practices/submission/invitation_over.html", context, status=404))
    if request.method == "POST":
        try:
            submission = colleagues.accept(record, user=request.user)
        except (PermissionDenied, ValidationError):
            messages.error(request, colleagues.GONE)
            return redirect("cabinet")
        messages.success(request, "Черновик открыт: он в вашем кабинете, среди практик.")
        return redirect("practice_submission", submission.public_id)
    context = {"cabinet_section": SECTION, "record": record, "submission": record.submission}
    return _secret(render(request, "practices/submission/invitation.html", context))


def _secret(response: HttpResponse) -> HttpResponse:
    """The address itself is a key: it is not told to other sites."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
