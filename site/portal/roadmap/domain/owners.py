"""The way into the admin for those who answer for plans and items: a group that is joined and left by being named."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission

from portal.roadmap.rules import OWNERS

FILES = "Дорожная карта"  # the collection of pictures and files of updates by hand
_FILE_RIGHTS = ("add_image", "choose_image", "add_document", "choose_document")


def owners_group() -> Group:
    """Return the group of those named on a plan or an item, made when missing.

    It opens the admin and a collection of its own for pictures and files of updates; pages stay closed.
    """
    group, made = Group.objects.get_or_create(name=OWNERS)
    if made:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
        root = Collection.get_first_root_node()
        own = root.get_children().filter(name=FILES).first() or root.add_child(name=FILES)
        rights = Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=_FILE_RIGHTS
        )
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=group, collection=own, permission=right) for right in rights
        )
    return group


def follow_names() -> None:
    """Put into the group who is named on a plan or an item, and take out who is not any more."""
    users = get_user_model().objects
    named = Q(owned_plans__isnull=False) | Q(owned_items__isnull=False)
    wanted = set(users.filter(named).values_list("pk", flat=True))
    present = set(users.filter(groups__name=OWNERS).values_list("pk", flat=True))
    if wanted == present:
        return
    group = owners_group()
    group.user_set.add(*(wanted - present))
    group.user_set.remove(*(present - wanted))
