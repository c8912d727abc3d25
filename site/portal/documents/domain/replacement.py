"""What publishing a document does to the one it replaces."""

from __future__ import annotations

from django.db import transaction

from portal.documents.domain.rows import requisites
from portal.documents.models import DocumentPage

REASON_LENGTH = 250


def retire_replaced(page: DocumentPage) -> DocumentPage | None:
    """Mark the document that `page` replaces void since the date of `page`; return it, None when nothing changes.

    Called when `page` is published. An earlier date that editors gave stays. An unpublished draft of the old document
    is kept and gets the same mark, so that publishing it later does not bring the document back into force.
    """
    if not page.voids_replaced or page.replaces_id is None:
        return None
    with transaction.atomic():
        old = DocumentPage.objects.select_for_update().filter(pk=page.replaces_id).first()
        if old is None or old.void_since is not None:
            return None
        since = max(page.date, old.date)
        reason = f"Заменён: {page.title}, {requisites(page.number, page.date)}"[:REASON_LENGTH]
        draft = old.get_latest_revision_as_object()
        for version in (old, draft):
            version.void_since, version.void_reason = since, reason
        if old.live and not old.has_unpublished_changes:
            draft.save_revision().publish()
        else:
            DocumentPage.objects.filter(pk=old.pk).update(void_since=since, void_reason=reason)
            draft.save_revision()
    return old
