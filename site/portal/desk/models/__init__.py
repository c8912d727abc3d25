"""What the editors' desk keeps: the trash, links for a look at drafts, the step of agreement."""

from __future__ import annotations

from portal.desk.models.agreement import PublisherApprovalTask
from portal.desk.models.previews import PreviewLink
from portal.desk.models.trash import TrashedPage, TrashPage

__all__ = ["PreviewLink", "PublisherApprovalTask", "TrashPage", "TrashedPage"]
