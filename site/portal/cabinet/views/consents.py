"""«Мои согласия»: to what one agreed, where it is used, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.models import User
from portal.accounts.privacy import obeyed_by
from portal.core import privacy
from portal.core.cabinet import takeaways_of
from portal.core.consent_uses import uses_of
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose

SECTION = "consents"


@never_cache
@require_safe
@login_required
def my_consents(request: HttpRequest) -> HttpResponse:
    """List one's consents, those that stand first, each with its places."""
    own = Consent.objects.filter(user_id=str(request.user.pk)).select_related("text")
    consents = sorted(own, key=lambda consent: not consent.is_active)
    places = uses_of(consents)
    context = {
        "cabinet_section": SECTION,
        "consents": [{"consent": consent, "uses": places.get(consent.pk, [])} for consent in consents],
    }
    return render(request, "cabinet/consents.html", context)


@method_decorator([never_cache, login_required], name="dispatch")
class WithdrawConsentView(View):
    """Asks, saying what will change and by when, then withdraws one's own consent and gives the number of it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        consent = self._own(request, pk)
        if consent.withdrawn_at is not None:
            return render(request, "cabinet/consent_withdrawn.html", self._context(consent))
        context = {
            **self._context(consent),
            "uses": uses_of([consent]).get(consent.pk, []),
            "is_last_administrator": self._is_needed(request, consent),
        }
        if context["closes_account"]:
            context["takeaways"] = takeaways_of(request.user)
        return render(request, "cabinet/withdraw.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        consent = self._own(request, pk)
        if not self._is_needed(request, consent) and consent.withdrawn_at is None:
            privacy.withdraw_consent(consent, by=request.user)
            if consent.text.purpose == ConsentPurpose.ACCOUNT:
                logout(request)
                return redirect("account_closed")
            messages.success(request, f"Согласие отозвано, номер {consent.withdrawal_number}.")
        return redirect("withdraw_consent", pk)

    def _context(self, consent: Consent) -> dict[str, object]:
        return {
            "cabinet_section": SECTION,
            "consent": consent,
            "closes_account": consent.text.purpose == ConsentPurpose.ACCOUNT,
            "is_distribution": consent.text.purpose == ConsentPurpose.DISTRIBUTION,
            "obeyed_by": obeyed_by(consent),
        }

    def _own(self, request: HttpRequest, pk: int) -> Consent:
        return get_object_or_404(Consent.objects.select_related("text"), pk=pk, user_id=str(request.user.pk))

    def _is_needed(self, request: HttpRequest, consent: Consent) -> bool:
        """Tell whether the account is the last one that can manage the portal."""
        if consent.text.purpose != ConsentPurpose.ACCOUNT or not request.user.is_superuser:
            return False
        return not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=str(request.user.pk)).exists()
