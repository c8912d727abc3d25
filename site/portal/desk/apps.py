from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "portal.desk"
    label = "desk"
    verbose_name = "Рабочее место редактора"

    def ready(self) -> None:
        from wagtail.models import Page  # noqa: PLC0415 (models are loaded only now)
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 (the same)

        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (models are loaded only now)
        from portal.desk import receivers, tasks  # noqa: F401, PLC0415 (the same)
        from portal.desk.domain import previews  # noqa: PLC0415 (the same)
        from portal.desk.policies import PagesOutsideTrashPolicy  # noqa: PLC0415 (the same)
        from portal.files import shown  # noqa: PLC0415 (the same)

        register_permission_policy(Page, PagesOutsideTrashPolicy(Page))
        tasks.register()
        shown.open_by(previews.shows_file)
        register_kinds_from(Path(__file__).parent / "reference" / "letters.yaml")
