from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "Учётные записи"
    default = True

    def ready(self) -> None:
        from portal.accounts import privacy, receivers, sessions  # noqa: F401, PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (as above)
        from portal.core.ticks import NIGHTLY, every  # noqa: PLC0415 (as above)

        every(NIGHTLY)(privacy.erase_due)
        every(NIGHTLY)(sessions.forget_past)
        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens of users, told to use the portal's forms."""

    user_viewset = "portal.accounts.viewsets.PortalUserViewSet"
