"""How the portal draws its forms."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Draws every form by the portal's own field template."""
