"""What the admin learns from the registry."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.organisations.domain.importing import IMPORTED
from portal.organisations.models import Municipality, Organisation

register_permission_policy(Municipality, ModelPermissionPolicy(Municipality))
register_permission_policy(Organisation, ModelPermissionPolicy(Organisation))

from portal.organisations.views.imports import PreviewView, UploadView  # noqa: E402 (they ask for the policies)
from portal.organisations.viewsets import RegistryGroup  # noqa: E402 (the same)

register_snippet(RegistryGroup)


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    """The screens of the import."""
    return [
        path("organisations/import/", UploadView.as_view(), name="organisation_imports"),
        path("organisations/import/<int:pk>/", PreviewView.as_view(), name="organisation_import"),
    ]


@hooks.register("register_log_actions")
def journal_of_imports(actions: LogActionRegistry) -> None:
    """The line that an import leaves in the journal of a changed organisation."""
    actions.register_action(IMPORTED, "Импорт", "Изменена при загрузке таблицы")
