"""What happens to topics: found by any address, renamed without losing links, merged without losing pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import ForeignKey, Model, TextField
from django.db.models.functions import Cast
from django.dispatch import Signal
from taggit.models import ItemBase
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.permissions import policy_registry

from portal.core import usage, versions
from portal.core.slugs import free_slug
from portal.vocabularies.domain.tasks import reindex_pages
from portal.vocabularies.models import Tag, TagAlias
from portal.vocabularies.models.tags import slug_is_taken
from search.text import match_key

MERGED = "vocabularies.merge"
# Sent in the transaction of a merge with `source` and `into`, before `source` goes: rooms above move what is not a use.
topics_merged = Signal()


def resolve_topic(slug: str) -> tuple[Tag, bool]:
    """Return the topic at this address and whether the address is a former or another one (then redirect).

    Raises Tag.DoesNotExist for an address that no topic ever had.
    """
    tag = Tag.objects.filter(slug=slug).first()
    if tag is not None:
        return tag, False
    return Tag.objects.get(aliases__slug=slug), True


@transaction.atomic
def keep_former_names(tag: Tag, *, former_name: str, former_slug: str) -> None:
    """Let a renamed topic be found by its former name and address; call it once the new ones are saved.

    A name or an address that the topic takes back is no alias any more.
    """
    for alias in TagAlias.objects.filter(tag=tag):
        if alias.slug == tag.slug:
            _free_address(alias, tag)
        elif alias.name_match and alias.name_match == match_key(tag.name):
            TagAlias.objects.filter(pk=alias.pk).update(name="", name_match="")
    renamed = match_key(former_name) != match_key(tag.name)
    name = former_name if renamed and Tag.objects.named(former_name) is None else ""
    if former_slug != tag.slug:
        TagAlias.objects.create(tag=tag, name=name, slug=former_slug)
    elif name:
        TagAlias.objects.create(tag=tag, name=name, slug=free_slug(name, slug_is_taken))
    pages = list(_pages_with(tag))
    transaction.on_commit(lambda: reindex_pages.enqueue(pages))


def _free_address(alias: TagAlias, tag: Tag) -> None:
    if alias.name and alias.name_match != match_key(tag.name):
        alias.slug = free_slug(alias.name, slug_is_taken)
        alias.save()
    else:
        alias.delete()


def merge_tags(source: Tag, into: Tag, *, actor: Any) -> int:
    """Move everything from the topic `source` to the topic `into`, delete `source` and return the number of rows moved.

    Its name, address and synonyms become other names of `into`; its introduction is kept where `into` has none;
    drafts that name it name `into`. One transaction, one line in the journal of `into`.
    Raises PermissionDenied when `actor` may not change topics, ValidationError when both are one topic.
    """
    policy = policy_registry.get_by_type(Tag)
    if not (policy.user_has_permission(actor, "change") and policy.user_has_permission(actor, "delete")):
        raise PermissionDenied
    if source.pk == into.pk:
        raise ValidationError("Выберите другую тему: тему нельзя объединить с ней самой.")
    with transaction.atomic():
        # In one order whoever merges what, so that two opposite merges cannot wait for each other
        locked = {
            tag.pk: tag for tag in Tag.objects.select_for_update().filter(pk__in=[source.pk, into.pk]).order_by("pk")
        }
        if len(locked) < 2:
            raise ValidationError("Одну из этих тем уже удалили или объединили.")
        source, into = locked[source.pk], locked[into.pk]
        pages = list(_pages_with(source))
        moved = sum(_move_rows(use, source, into) for use in usage.uses(Tag))
        for model, relation in _child_relations():
            _rewrite_revisions(model, relation, source.pk, into.pk)
        TagAlias.objects.filter(tag=source).update(tag=into)
        if not into.intro and source.intro:
            into.intro = source.intro
            into.save()
        name, slug = source.name, source.slug
        topics_merged.send(sender=Tag, source=source, into=into)
        Tag.objects.filter(pk=source.pk).delete()
        TagAlias.objects.create(tag=into, name=name, slug=slug)
        log(into, MERGED, user=actor, data={"source": name, "slug": slug, "moved": moved})
        versions.bump()
        transaction.on_commit(lambda: reindex_pages.enqueue(pages))
    return moved


def _move_rows(use: usage.Use, source: Tag, into: Tag) -> int:
    """Point the rows of one use to `into`; a page that has both topics keeps one row."""
    rows = use.model._default_manager.filter(**{use.field: source.pk})
    owner = _owner(use)
    if owner:
        doubled = use.model._default_manager.filter(**{use.field: into.pk}).values_list(owner, flat=True)
        rows.filter(**{f"{owner}__in": list(doubled)}).delete()
    return rows.update(**{use.field: into.pk})


def _owner(use: usage.Use) -> str:
    """The column of a through table that holds what is tagged; blank for a plain key to a topic."""
    if issubclass(use.model, ItemBase):
        return "content_object_id"
    if use.model._meta.auto_created:
        return next(
            field.attname
            for field in use.model._meta.get_fields()
            if isinstance(field, ForeignKey) and field.name != use.field
        )
    return ""


def _pages_with(tag: Tag) -> Iterator[int]:
    for use in usage.uses(Tag):
        if use.page:
            yield from use.model._default_manager.filter(**{use.field: tag.pk}).values_list(f"{use.page}_id", flat=True)


def _child_relations() -> Iterator[tuple[type[Model], str]]:
    """Models whose revisions hold rows of topics, with the name under which they hold them."""
    for use in usage.uses(Tag):
        if issubclass(use.model, ItemBase) and use.page:
            field: Any = use.model._meta.get_field(use.page)
            yield field.related_model, field.remote_field.get_accessor_name()


def _rewrite_revisions(model: type[Model], relation: str, source: int, into: int) -> None:
    """Replace one topic by another in every revision of `model`, so that a draft published later loses none."""
    kind = ContentType.objects.get_for_model(model)
    revisions = Revision.objects.filter(content_type=kind)
    # Both databases write the key like this; the test of the rows below is exact.
    suspects = revisions.annotate(_text=Cast("content", TextField())).filter(_text__contains=f'"tag": {source}')
    for revision in suspects.iterator(chunk_size=100):
        rows = revision.content.get(relation) or []
        if not any(row.get("tag") == source for row in rows):
            continue
        doubled = any(row.get("tag") == into for row in rows)
        revision.content[relation] = [
            {**row, "tag": into} if row.get("tag") == source else row
            for row in rows
            if not (doubled and row.get("tag") == source)
        ]
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)
