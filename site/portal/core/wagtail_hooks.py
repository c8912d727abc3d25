"""What the admin learns from the core."""

from __future__ import annotations

from wagtail import hooks

from portal.core.snippets import refuse_to_delete_used

hooks.register("before_delete_snippet", refuse_to_delete_used)
