from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    verbose_name = "Организации"

    def ready(self) -> None:
        from portal.core import cabinet  # noqa: PLC0415 (models are loaded only now)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (the same)
        from portal.core.ticks import NIGHTLY, every  # noqa: PLC0415 (the same)
        from portal.organisations import audiences, privacy, receivers  # noqa: F401, PLC0415 (the same)
        from portal.organisations.domain import coordination, waiting  # noqa: PLC0415 (the same)

        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
        audiences.register()
        every(NIGHTLY)(coordination.tidy_group)
        cabinet.register_section(
            cabinet.Section("organisations", "Организации и люди", "my_organisations", lambda user: True, order=40)
        )
        cabinet.register_todos("join_requests", waiting.requests_to_decide)
        cabinet.register_todos("invitations", waiting.invitations_to_answer)
