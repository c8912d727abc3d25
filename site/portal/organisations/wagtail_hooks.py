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

from portal.core import awaiting  # noqa: E402 (the policies first)
from portal.organisations.people_viewsets import (  # noqa: E402 (the same)
    POLICIES,
    organisations_to_enter,
    requests_for_office,
)

for _model, _policy in POLICIES.items():
    register_permission_policy(_model, _policy())

from portal.organisations.views.imports import PreviewView, UploadView  # noqa: E402 (they ask for the policies)
from portal.organisations.viewsets import RegistryGroup  # noqa: E402 (the same)

register_snippet(RegistryGroup)
awaiting.register("join_requests", requests_for_office, order=3)
awaiting.register("organisation_requests", organisations_to_enter, order=4)


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
