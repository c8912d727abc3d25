"""Links that show the latest draft of a page to people without an account, for seven days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

from portal.desk.domain import trash
from portal.desk.models import PreviewLink
from portal.desk.rules import may_share_draft

SHARED, REVOKED = "portal.preview_link", "portal.preview_revoked"
LIFETIME = timedelta(days=7)
SALT = "portal.desk.preview"
# The pictures and files of a draft are asked for by requests of their own, which only a cookie can follow.
COOKIE = "preview-"


@transaction.atomic
def share(page: Page, *, user: Any) -> PreviewLink:
    """Make a link that opens the latest draft of `page` for seven days; raises PermissionDenied."""
    if not may_share_draft(user, page) or trash.is_trashed(page):
        raise PermissionDenied
    link = PreviewLink.objects.create(page=page, created_by=user, expires_at=timezone.now() + LIFETIME)
    log(instance=page.specific, action=SHARED, user=user, data={"link": link.pk})
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, user: Any) -> None:
    """Close `link` at once; raises PermissionDenied. Closing a closed one changes nothing."""
    if not may_share_draft(user, link.page):
        raise PermissionDenied
    if PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        log(instance=link.page.specific, action=REVOKED, user=user, data={"link": link.pk})


def token(link: PreviewLink) -> str:
    """Return what stands in the address: the link and its page, signed."""
    return signing.dumps([link.pk, link.page_id], salt=SALT)


def open_link(text: str) -> PreviewLink | None:
    """Return the link in force whose token is `text`; None for a forged, expired or revoked one."""
    try:
        link_id, page_id = signing.loads(text, salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    link = PreviewLink.objects.in_force().select_related("page").filter(pk=link_id, page_id=page_id).first()
    return None if link is None or trash.is_trashed(link.page) else link


def draft(page: Page) -> Page:
    """Return `page` as its latest version has it."""
    latest: Page = page.get_latest_revision_as_object()
    return latest


def shows_file(item: Model, request: HttpRequest) -> bool:
    """Tell whether a draft that was opened by a link in this browser refers to `item`, an image or a document."""
    return any(_refers(link.page, item) for link in _opened(request))


def _opened(request: HttpRequest) -> Iterator[PreviewLink]:
    for name, value in request.COOKIES.items():
        if name.startswith(COOKIE) and (link := open_link(value)) is not None:
            yield link


def _refers(page: Page, item: Model) -> bool:
    wanted = (ContentType.objects.get_for_model(item).pk, str(item.pk))
    found = ReferenceIndex._extract_references_from_object(draft(page))  # the index itself knows no drafts
    return any((type_id, str(pk)) == wanted for type_id, pk, _model_path, _content_path in found)
