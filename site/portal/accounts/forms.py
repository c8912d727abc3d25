"""Forms of accounts: allauth's, with the portal's words and without placeholders in place of labels."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from portal.accounts.adapter import too_many
from portal.accounts.limits import WRONG_CODES, WRONG_CODES_SECONDS
from portal.accounts.models import User
from portal.core import limits, privacy
from portal.core.models import ConsentText
from portal.core.models.privacy import ConsentPurpose
from portal.core.text import single_line
from portal.core.typed import unpack

PASSWORD_HELP = "Не короче 10 знаков. Подойдёт короткая фраза, которую вы запомните."  # noqa: S105
KEPT_FORM = "kept_form"  # key of the session
SIGNUP_BASIS = "форма регистрации"
_HAS_LETTER = RegexValidator(r"[^\W\d_]", "Напишите буквами.")


class PlainFields:
    """Takes allauth's placeholders away and names the fields in Russian; labels are always seen."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name in self.helps or field.help_text:
                field.help_text = self.helps.get(name, "")


class NameField(forms.CharField):
    """A part of a person's name: one line, nothing invisible, at least one letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)
        self.validators.append(_HAS_LETTER)

    def to_python(self, value: Any) -> str:
        return single_line(super().to_python(value) or "")


class LoginForm(PlainFields, account_forms.LoginForm):
    """Signs in; `kept` carries a form that was sent after the former sign-in had ended (`portal.core.typed`)."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    labels = {"login": "Электронная почта", "password": "Пароль", "remember": "Запомнить меня на этом устройстве"}

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Sign in; the kept form waits in the session, which outlives the second step, until it is sent again."""
        kept = self.cleaned_data["kept"]
        if kept and unpack(kept):
            request.session[KEPT_FORM] = kept
        return super().login(request, redirect_url=redirect_url)


class SignupForm(PlainFields, account_forms.SignupForm):
    """Name, mailbox, password and the consent, which is a tick of its own beside a link to its text."""

    last_name = NameField(label="Фамилия", widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    first_name = NameField(label="Имя", widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    patronymic = NameField(
        label="Отчество", required=False, widget=forms.TextInput(attrs={"autocomplete": "additional-name"})
    )
    consent = forms.BooleanField(
        label="Даю согласие на обработку моих персональных данных для учётной записи",
        error_messages={"required": "Без согласия на обработку данных учётную запись завести нельзя."},
    )
    data: Any
    account_already_exists: bool
    consent_version = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ["last_name", "first_name", "patronymic", "email", "password1", "consent"]
    labels = {"email": "Электронная почта", "password1": "Пароль"}
    helps = {"email": "На неё придёт письмо для подтверждения.", "password1": PASSWORD_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent_text = privacy.current_text(ConsentPurpose.ACCOUNT)
        self.fields["consent"].help_text = consent_terms(self.consent_text)
        self.fields["consent_version"].initial = self.consent_text.version

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if data.get("consent_version") != str(self.consent_text.version):
            # The person agreed to words that are no longer in force.
            self.data = self.data.copy()
            self.data.pop("consent", None)
            self.data["consent_version"] = str(self.consent_text.version)
            self.add_error("consent", "Текст согласия обновился. Откройте новую редакцию и отметьте согласие снова.")
        return data

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account, or, for a mailbox that has one, do the same work and give the same answer."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])  # as long as for a new account
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            # The same form sent twice at once: the other one made the account.
            self.account_already_exists = True
            return super().try_save(request)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Add what allauth does not know of: the patronymic and the consent."""
        user.patronymic = self.cleaned_data["patronymic"]
        user.save()  # whole: the keys of the name follow it
        privacy.give_consent(
            ConsentPurpose.ACCOUNT,
            user=user,
            address=request.client_address,  # type: ignore[attr-defined]
            basis=SIGNUP_BASIS,
        )


def consent_terms(text: ConsentText) -> str:
    """Return the words under the tick: the form stays open while the text opens in a new tab."""
    return format_html(
        'На условиях <a href="{}" target="_blank" rel="noopener">согласия от {}, редакция {}</a> '
        "(откроется в новой вкладке, введённое здесь останется).",
        text.get_absolute_url(),
        f"{text.in_force_from:%d.%m.%Y}",
        text.version,
    )


class ResetPasswordForm(PlainFields, account_forms.ResetPasswordForm):
    labels = {"email": "Электронная почта"}


class ResetPasswordKeyForm(PlainFields, account_forms.ResetPasswordKeyForm):
    labels = {"password1": "Новый пароль", "password2": "Новый пароль ещё раз"}
    helps = {"password1": PASSWORD_HELP}


class ChangePasswordForm(PlainFields, account_forms.ChangePasswordForm):
    labels = {"oldpassword": "Текущий пароль", "password1": "Новый пароль", "password2": "Новый пароль ещё раз"}
    helps = {"password1": PASSWORD_HELP}


class SetPasswordForm(PlainFields, account_forms.SetPasswordForm):
    labels = {"password1": "Пароль", "password2": "Пароль ещё раз"}
    helps = {"password1": PASSWORD_HELP}


class AddEmailForm(PlainFields, account_forms.AddEmailForm):
    labels = {"email": "Новый адрес почты"}


class ReauthenticateForm(PlainFields, account_forms.ReauthenticateForm):
    labels = {"password": "Пароль"}


class LimitedCode:
    """Counts wrong codes of one account, whatever address they come from."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        source = f"user:{self.user.pk}"
        attempt = limits.take("wrong-code", source, limit=WRONG_CODES, per_seconds=WRONG_CODES_SECONDS)
        if attempt is None:
            raise too_many()
        code: str = super().clean_code()  # type: ignore[misc]
        attempt.delete()
        return code


class MFAAuthenticateForm(LimitedCode, PlainFields, mfa_forms.AuthenticateForm):
    labels = {"code": "Код из приложения или резервный код"}


class MFAReauthenticateForm(LimitedCode, PlainFields, mfa_forms.ReauthenticateForm):
    labels = {"code": "Код из приложения или резервный код"}


class ActivateTOTPForm(LimitedCode, PlainFields, totp_forms.ActivateTOTPForm):
    labels = {"code": "Код, который показало приложение"}


class ProfileForm(forms.ModelForm):
    """What a person writes about oneself."""

    last_name = NameField(label="Фамилия")
    first_name = NameField(label="Имя")
    patronymic = NameField(label="Отчество", required=False)

    class Meta:
        model = User
        fields = ["last_name", "first_name", "patronymic", "position"]
        help_texts = {"position": "Например: воспитатель, старший воспитатель, заведующий."}

    def clean_position(self) -> str:
        return single_line(self.cleaned_data["position"])
