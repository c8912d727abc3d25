"""The form of a plan of events in the admin."""

from __future__ import annotations

from typing import Any

from portal.core.page_forms import PortalPageForm
from portal.organisations.choices import municipalities


class EventPlanForm(PortalPageForm):
    """Puts every municipality into a plan that has none: nobody should type thirty-eight names."""

    def save(self, commit: bool = True) -> Any:
        """Return the page as the other forms do, its list of municipalities filled."""
        page = super().save(commit=commit)
        if not page.deliveries.exists():
            row = page._meta.get_field("deliveries").related_model
            page.deliveries = [row(municipality_id=place.id) for place in municipalities()]
            if commit:
                page.save()
        return page
