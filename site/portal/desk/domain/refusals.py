"""Pages that refused to go out at their appointed time: kept as a task for their editors, told by one letter."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from portal.core import letters
from portal.core.publishing import PublicationRefused
from portal.desk.domain import agreement, waiting

REFUSED = "portal.publish.refused"
# What ends the task: the page went out, was appointed anew, or somebody took it up.
_LATER = (REFUSED, "wagtail.publish", "wagtail.publish.scheduled", "wagtail.publish.schedule", "wagtail.edit")


def keep_refusal(revision: Revision, refused: PublicationRefused) -> None:
    """Write the refusal into the journal of the page and a letter to who appointed it; the same revision once."""
    page = Page.objects.get(pk=revision.object_id).specific
    log(instance=page, action=REFUSED, revision=revision, data={"reasons": list(refused.reasons)})
    context = {
        **agreement.about(page),
        "reasons": "\n".join(f"- {reason}" for reason in refused.reasons),
        "link": agreement.edit_link(page),
    }
    people = [revision.user] if agreement.is_reached(revision.user, None) else agreement.reviewers(page)
    for person in people:
        key = f"refused:{revision.pk}:{person.pk}"
        letters.queue_letter("publication_refused", person.email, context, dedupe_key=key)


def refused(user: Any) -> QuerySet[Page]:
    """Pages of the sections of `user` that refused at their time and that nobody has taken up since."""
    last = PageLogEntry.objects.filter(page=OuterRef("pk"), action__in=_LATER).order_by("-pk").values("action")[:1]
    return waiting.outside(user).annotate(last_step=Subquery(last)).filter(last_step=REFUSED)


def reasons_of(page: Page) -> list[str]:
    """Return why the page refused last."""
    entry = PageLogEntry.objects.filter(page=page, action=REFUSED).order_by("-pk").first()
    return list(entry.data["reasons"]) if entry else []
