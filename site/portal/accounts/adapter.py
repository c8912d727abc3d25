"""How allauth meets the portal."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts import letters
from portal.accounts.limits import WRONG_PASSWORDS, WRONG_PASSWORDS_SECONDS, password_source
from portal.accounts.rules import is_staff
from portal.core import letters as outbox
from portal.core import limits
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-up, confirmation and reset in the portal's words and by its outbox."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Учётная запись закрыта.",
        "cannot_remove_primary_email": "Основной адрес почты удалить нельзя.",
        "duplicate_email": "Этот адрес у вас уже записан.",
        "email_password_mismatch": "Почта или пароль не подходят. Проверьте раскладку и Caps Lock.",
        "email_taken": "Учётная запись с этой почтой уже есть.",
        "enter_current_password": "Текущий пароль не подходит.",
        "incorrect_code": "Код не подходит. Коды меняются каждые полминуты: введите тот, что сейчас на экране.",
        "incorrect_password": "Пароль не подходит.",
        "invalid_or_expired_key": "Ссылка не подходит или устарела.",
        "invalid_login": "Почта или пароль не подходят.",
        "invalid_password_reset": "Ссылка не подходит или уже сработала.",
        "max_email_addresses": "Больше %d адресов записать нельзя.",
        "same_as_current": "Новое значение совпадает с прежним.",
        "too_many_login_attempts": "Слишком много неудачных попыток. Подождите 15 минут или задайте новый пароль.",
        "unknown_email": "Учётной записи с этой почтой нет.",
        "unverified_primary_email": "Сначала подтвердите основной адрес почты.",
        "rate_limited": "Слишком много попыток. Подождите 15 минут.",
    }
    _attempt: Any = None

    def get_client_ip(self, request: HttpRequest) -> str:
        return request.client_address  # type: ignore[attr-defined]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up while there is no text to consent to (152-ФЗ art. 9)."""
        return ConsentText.objects.current().filter(purpose=ConsentPurpose.ACCOUNT).exists()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtailadmin_home" if is_staff(request.user) else "cabinet")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_profile")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return letters.absolute("account_confirm_email", key=emailconfirmation.key)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _, token = key.partition("-")
        return letters.absolute("account_reset_password_from_key", uidb36=uidb36, key=token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue our letter for allauth's event; one that a new allauth brings goes in allauth's own words."""
        known = letters.BY_TEMPLATE.get(template_prefix)
        if known:
            letters.queue_account_letter(known, email, user=context.get("user"), context=context)
            return
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        words = {"subject": message.subject, "text": str(message.body)}
        outbox.queue_letter("account_notice", email, words, secret=True)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt to name a password of one account from one address; refuse it when there were too many."""
        source = password_source(request, credentials.get("email", ""))
        self._attempt = limits.take(
            "wrong-password", source, limit=WRONG_PASSWORDS, per_seconds=WRONG_PASSWORDS_SECONDS
        )
        if self._attempt is None:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person whose password it is; only a wrong one stays counted."""
        user = super().authenticate(request, **credentials)
        if user is not None and self._attempt is not None:
            self._attempt.delete()
        return user


class PortalMFAAdapter(DefaultMFAAdapter):
    """The second step of sign-in in the portal's words."""

    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Пока включён второй шаг входа, адрес почты не меняется. Сначала выключите его.",
        "cannot_delete_authenticator": "Второй шаг входа выключить нельзя: он обязателен для вашей роли.",
        "cannot_generate_recovery_codes": "Сначала включите второй шаг входа.",
        "incorrect_code": "Код не подходит. Коды меняются каждые полминуты: введите тот, что сейчас на экране.",
        "unverified_email": "Сначала подтвердите адрес почты.",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.email  # type: ignore[attr-defined]


def too_many() -> ValidationError:
    """Return the words for who tried too often."""
    return ValidationError(PortalAccountAdapter.error_messages["too_many_login_attempts"], code="too_many")
