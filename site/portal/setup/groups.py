"""Groups of people who work in the admin and what each may do."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Site,
    Workflow,
)

EDITORS, MODERATORS, COORDINATORS = "Редакторы", "Модераторы", "Координаторы"
NEWS_EDITORS, BANK_EDITORS = "Редакторы новостей и событий", "Редакторы банка практик"

_ALL = ("add", "change", "delete", "view")
_WRITE = ("add", "change", "view")
# group → app → model → what; page and file permissions stand apart below
_MODEL_PERMISSIONS: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    EDITORS: {
        "wagtailadmin": {"admin": ("access",)},
        "vocabularies": {"tag": _ALL, "tagalias": _ALL, "term": _ALL},
        "organisations": {"organisation": _WRITE, "municipality": ("change", "view")},
        "contests": {"contestseries": _ALL},
        "home": {"feedbackmessage": ("change", "view")},
        "wagtailredirects": {"redirect": _ALL},
        "wagtailsearchpromotions": {"searchpromotion": _ALL},
        "core": {"consent": _WRITE},
    },
    NEWS_EDITORS: {
        "wagtailadmin": {"admin": ("access",)},
        "vocabularies": {"tag": _WRITE, "tagalias": _WRITE},
        "organisations": {"organisation": ("view",), "municipality": ("view",)},
        "contests": {"contestseries": _WRITE},
        "home": {"feedbackmessage": ("change", "view")},
    },
    BANK_EDITORS: {
        "wagtailadmin": {"admin": ("access",)},
        "vocabularies": {"tag": _ALL, "tagalias": _ALL, "term": _ALL},
        "organisations": {"organisation": _WRITE, "municipality": ("view",)},
        "home": {"feedbackmessage": ("change", "view")},
        "core": {"consent": _WRITE},
    },
    MODERATORS: {
        "wagtailadmin": {"admin": ("access",)},
        "organisations": {"organisation": _WRITE},
        "home": {"feedbackmessage": ("change", "view")},
        "core": {"consent": _WRITE, "letter": ("change", "view"), "lettertemplate": ("change", "view")},
        "subscriptions": {"subscription": ("change", "view")},
    },
    COORDINATORS: {},
}
# Sections of the tree that a group writes in; the first has the whole site.
_SECTIONS: dict[str, tuple[str, ...] | None] = {
    EDITORS: None,
    NEWS_EDITORS: ("news", "events", "contests"),
    BANK_EDITORS: ("practices", "documents"),
}
# Whole branches may be deleted: they wait in the trash, and sections refuse.
_PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
_FILE_PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def setup() -> Iterator[str]:
    """Make missing groups with their rights; groups that exist keep theirs."""
    _drop_wagtail_defaults()
    _name_permissions()
    for name, apps in _MODEL_PERMISSIONS.items():
        group, made = Group.objects.get_or_create(name=name)
        if made:
            group.permissions.set(_permissions(apps))
            if name in _SECTIONS:
                _grant_pages_and_files(group, _SECTIONS[name])
            yield f"группа «{name}»"


_VERBS = {"add": "Добавлять", "change": "Изменять", "delete": "Удалять", "view": "Смотреть"}


def _name_permissions() -> None:
    """Give rights their Russian names: Django writes «Can add …» once, when it makes them."""
    stale = []
    for permission in Permission.objects.select_related("content_type").filter(name__startswith="Can "):
        verb, _, thing = permission.codename.partition("_")
        model = permission.content_type.model_class()
        if verb in _VERBS and model is not None and thing == model._meta.model_name:
            permission.name = f"{_VERBS[verb]}: {model._meta.verbose_name}"[:255]
            stale.append(permission)
    Permission.objects.bulk_update(stale, ["name"])


def _permissions(apps: dict[str, dict[str, tuple[str, ...]]]) -> list[Permission]:
    found: list[Permission] = []
    for app, models in apps.items():
        for model, verbs in models.items():
            codenames = [f"{verb}_{model}" for verb in verbs]
            found += Permission.objects.filter(content_type__app_label=app, codename__in=codenames)
    # The proxies of the table of terms have permissions of their own.
    if "term" in apps.get("vocabularies", {}):
        found += Permission.objects.filter(content_type__app_label="vocabularies")
    return found


def _grant_pages_and_files(group: Group, sections: tuple[str, ...] | None) -> None:
    """Let `group` write in the named sections of the site, or in all of it, and use the library of files."""
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    pages = [home] if sections is None else list(home.get_children().filter(slug__in=sections))
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_PAGE_PERMISSIONS)
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page=page, permission=permission) for page in pages for permission in rights
    )
    root = Collection.get_first_root_node()
    # Wagtail asks for the rights of its own image and document models whatever models the site uses.
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=_FILE_PERMISSIONS
    )
    for permission in files:
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)


def _drop_wagtail_defaults() -> None:
    """Take away the English groups and workflow of Wagtail's migrations while nobody uses them."""
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states=None).delete()
