"""Pages of a person's own account, the private menu of the header, and doors from the admin to allauth's pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from portal.accounts import acting
from portal.accounts.forms import KEPT_FORM, ProfileForm
from portal.accounts.models import User
from portal.accounts.privacy import ERASE_AFTER_DAYS
from portal.accounts.rules import has_second_factor, is_staff, must_have_second_factor
from portal.core.cabinet import todos_of
from portal.core.models import Notice
from portal.core.typed import unpack


@method_decorator([never_cache, login_required], name="dispatch")
class ProfileView(View):
    """«Моя учётная запись»: names, mailbox, password, second step, sign-ins."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, ProfileForm(instance=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        # A copy: a refused form must not change the name in the page's header.
        form = ProfileForm(request.POST, instance=User.objects.get(pk=str(request.user.pk)))
        if not form.is_valid():
            return self._show(request, form)
        form.save()
        messages.success(request, "Сохранено.")
        return redirect("account_profile")

    def _show(self, request: HttpRequest, form: ProfileForm) -> HttpResponse:
        context = {
            "form": form,
            "cabinet_section": "account",
            "second_factor": has_second_factor(request.user),
            "second_factor_required": must_have_second_factor(request.user),
        }
        return render(request, "accounts/profile.html", context)


@never_cache
@require_POST
@login_required
def give_back(request: HttpRequest) -> HttpResponse:
    """Bring an administrator who works as somebody else back to the own account and to the list of people."""
    person = acting.give_back(request)
    messages.success(request, f"Вы снова под своей учётной записью. Работа от имени «{person}» записана в журнал.")
    return redirect("wagtailusers_users:index")


@never_cache
@require_GET
def closed(request: HttpRequest) -> HttpResponse:
    """What happens after the account was closed by withdrawing the consent."""
    return render(request, "accounts/closed.html", {"days": ERASE_AFTER_DAYS})


@never_cache
@require_GET
@login_required
def send_again(request: HttpRequest) -> HttpResponse:
    """Offer to send the form that waited while its author signed in again."""
    kept = unpack(request.session.get(KEPT_FORM, ""))
    if kept is None:
        return redirect("account_profile")
    context = {"kept": kept["fields"], "action": kept["action"], "had_files": kept["had_files"]}
    return render(request, "accounts/send_again.html", context)


@never_cache
@require_GET
def menu(request: HttpRequest) -> HttpResponse:
    """The fragment that the header asks for: sign in, or the person's links and the way out.

    `?page=<id>` adds a link to the editor for who may edit that page. Pages themselves are the same for everybody.
    """
    user = request.user
    if not user.is_authenticated:
        return render(request, "accounts/menu_anonymous.html")
    unread = Notice.objects.unread().filter(user_id=str(user.pk)).count()
    links: list[dict[str, Any]] = [
        {"title": "Мой кабинет", "url": reverse("cabinet"), "count": len(todos_of(user))},
        {"title": "Уведомления", "url": reverse("notices"), "count": unread},
        {"title": "Моя учётная запись", "url": reverse("account_profile")},
    ]
    if is_staff(user):
        if page := _editable_page(user, request.GET.get("page", "")):
            links.append({"title": "Править страницу", "url": reverse("wagtailadmin_pages:edit", args=[page.pk])})
        links.append({"title": "Управление порталом", "url": reverse("wagtailadmin_home")})
    context = {
        "name": user.get_short_name(),
        "links": links,
        "unread": unread,
        "logout_url": reverse("account_logout"),
        "csrf_token": get_token(request),
        "acting_as": str(user) if acting.is_acting(user) else "",
    }
    return render(request, "components/account_menu.html", context)


def _editable_page(user: User, number: str) -> Page | None:
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    page = Page.objects.filter(pk=int(number)).first()
    return page if page and page.permissions_for_user(user).can_edit() else None


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead from the admin's sign-in to the portal's one, and back to where the person was going."""
    target = get_next_redirect_url(request) or reverse("wagtailadmin_home")
    if request.user.is_authenticated:
        return redirect(target)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


@never_cache
def admin_password_reset(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Lead from the admin's reset of passwords to the portal's one."""
    return redirect("account_reset_password")
