"""How forms of the public site are drawn: one field template with label, help, error and aria wired once."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Django's widgets in the portal's own field and form templates.

    Set as FORM_RENDERER; `django.forms` must be among INSTALLED_APPS. Widget templates stay Django's, because
    Wagtail's admin draws its forms by the same renderer: our classes are added by the field template.
    """

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
