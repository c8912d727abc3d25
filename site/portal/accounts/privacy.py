"""What accounts, allauth and Wagtail hold of people: how it is found, hidden and erased (see `portal.core.privacy`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, Comment, CommentReply, ModelLogEntry, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from portal.accounts.models import User
from portal.accounts.sessions import end_sessions
from portal.core import privacy
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose
from portal.core.working_days import working_day_after

ERASE_AFTER_DAYS = 30  # 152-ФЗ art. 21 part 5
DISTRIBUTION_DAYS = 3  # working days, 152-ФЗ art. 10.1 part 12

ERASED_NAME = "удалённая учётная запись"


def obeyed_by(consent: Consent) -> dt.date:
    """Return the last day by which a withdrawal of `consent` takes effect everywhere: as of its day, or of today."""
    since = timezone.localdate(consent.withdrawn_at or timezone.now())
    if consent.text.purpose == ConsentPurpose.DISTRIBUTION:
        return working_day_after(since, DISTRIBUTION_DAYS)
    return since + timedelta(days=ERASE_AFTER_DAYS)


def _accounts(person: privacy.Person) -> models.QuerySet[User]:
    return User.objects.filter(models.Q(pk=person.user_id) | models.Q(email__in=person.emails))


def _close(person: privacy.Person) -> Iterable[str]:
    """Close the account: the person is out on the next request and cannot come in."""
    if _accounts(person).filter(is_active=True).update(is_active=False):
        yield "учётная запись закрыта, вход прекращён"


def _erase_account(person: privacy.Person) -> Iterable[str]:
    """Empty the account but keep its number, on which the history of others' work hangs."""
    for user in _accounts(person):
        User.objects.filter(pk=user.pk).update(is_active=False, is_staff=False, is_superuser=False, last_login=None)
        user.refresh_from_db()
        user.email = f"erased-{user.pk}@invalid"
        user.last_name = user.first_name = user.patronymic = user.position = ""
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        user.user_permissions.clear()
        yield f"учётная запись № {user.pk}: имя, почта, должность, пароль и роли удалены, сеансы завершены"


def _owned(model: type[models.Model], field: str = "user") -> privacy.Find:
    def find(person: privacy.Person) -> models.QuerySet:
        return model._default_manager.filter(**{f"{field}__in": _accounts(person)})

    return find


def _deleting(find: privacy.Find, words: str) -> privacy.Change:
    def erase(person: privacy.Person) -> Iterable[str]:
        count = find(person).delete()[0]
        if count:
            yield f"{words}: {count}"

    return erase


def _emails(person: privacy.Person) -> models.QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(models.Q(user_id=person.user_id) | models.Q(email__in=person.emails))


def _erase_profile(person: privacy.Person) -> Iterable[str]:
    for profile in _owned(UserProfile)(person):
        if profile.avatar:
            profile.avatar.delete(save=False)
            yield "удалён файл портрета"
        profile.delete()
        yield "удалены настройки панели управления"


def _erase_uploads(person: privacy.Person) -> Iterable[str]:
    for upload in _owned(UploadedFile, "uploaded_by_user")(person):
        upload.file.delete(save=False)
        upload.delete()
        yield "удалён незаконченный файл"


def _log_entries(person: privacy.Person) -> models.QuerySet[ModelLogEntry]:
    """Entries of the journal about the account itself: their labels hold its name or e-mail."""
    numbers = [str(pk) for pk in _accounts(person).values_list("pk", flat=True)]
    return ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id__in=numbers)


def _erase_log_labels(person: privacy.Person) -> Iterable[str]:
    if count := _log_entries(person).update(label=ERASED_NAME, data={}):
        yield f"имя убрано из записей журнала: {count}"


def _end_sessions(person: privacy.Person) -> Iterable[str]:
    if count := sum(end_sessions(user) for user in _accounts(person)):
        yield f"завершено сеансов: {count}"


def _register_deleted(model: type[models.Model], label: str, words: str, find: Callable | None = None) -> None:
    found = find or _owned(model)
    privacy.register(model, find=found, hide=privacy.nothing, erase=_deleting(found, words), label=label)


# Erasing goes from the last to the first, so the account itself, by which the rest is found, is emptied last.
privacy.register(User, find=_accounts, hide=_close, erase=_erase_account, label="Учётная запись")
_register_deleted(Authenticator, "Второй шаг входа", "удалено средств входа")
privacy.register(
    UserSession, find=_owned(UserSession), hide=_end_sessions, erase=_end_sessions, label="Сеансы на устройствах"
)
_register_deleted(APIToken, "Ключи доступа", "удалено ключей")
_register_deleted(FormState, "Незаконченные формы", "удалено форм")
_register_deleted(EditingSession, "Сеансы правки", "удалено сеансов")
privacy.register(
    UploadedFile,
    find=_owned(UploadedFile, "uploaded_by_user"),
    hide=privacy.nothing,
    erase=_erase_uploads,
    label="Незаконченные загрузки",
)
_register_deleted(Comment, "Замечания на полях", "удалено замечаний")
_register_deleted(CommentReply, "Ответы на замечания", "удалено ответов")
_register_deleted(PageSubscription, "Подписки на страницы", "удалено подписок")
privacy.register(
    UserProfile,
    find=_owned(UserProfile),
    hide=privacy.nothing,
    erase=_erase_profile,
    label="Настройки панели управления",
)
privacy.register(
    ModelLogEntry, find=_log_entries, hide=privacy.nothing, erase=_erase_log_labels, label="Журнал действий"
)
_register_deleted(EmailAddress, "Адреса почты", "удалено адресов", find=_emails)


def erase_due() -> list[str]:
    """Erase the people who withdrew the consent for the account ERASE_AFTER_DAYS ago. For the nightly job."""
    limit = timezone.now() - timedelta(days=ERASE_AFTER_DAYS)
    withdrawn = Consent.objects.filter(
        text__purpose=ConsentPurpose.ACCOUNT, withdrawn_at__lte=limit, user__is_active=False
    )
    done: list[str] = []
    for user in User.objects.filter(pk__in=withdrawn.values("user")):
        done += privacy.erase_person(user=user)
    return done
