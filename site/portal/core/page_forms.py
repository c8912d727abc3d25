"""The form of every page in the admin."""

from __future__ import annotations

from wagtail.admin.forms.pages import WagtailAdminPageForm

from portal.core.slugs import MAX_LENGTH, free_slug


class PortalPageForm(WagtailAdminPageForm):
    """Keeps addresses of new pages short: the browser makes one of the whole title, however long."""

    def clean_slug(self) -> str:
        """The address as typed; of a new page at most sixty characters, cut between words, and free."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk or len(slug) <= MAX_LENGTH:
            return slug
        return free_slug(slug, lambda text: self.parent_page.get_children().filter(slug=text).exists())
