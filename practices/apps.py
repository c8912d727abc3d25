from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Банк практик"

    def ready(self) -> None:
        from portal.core import cabinet, reminders  # noqa: PLC0415 (models are loaded only now)
        from portal.core import consent_uses as uses  # noqa: PLC0415 (the same)
        from portal.core.enclosures import register_enclosure  # noqa: PLC0415 (the same)
        from portal.core.letter_kinds import register_kinds_from  # noqa: PLC0415 (the same)
        from portal.intake import procedures  # noqa: PLC0415 (the same)
        from practices import checks, consent_uses, duties, privacy, receivers  # noqa: F401, PLC0415 (the same)
        from practices.domain import circles, draft_texts, receipts, reminding, tasks, telling  # noqa: PLC0415 (the same)
        from practices.enums import PROCEDURE  # noqa: PLC0415 (the same)

        register_kinds_from(Path(__file__).parent / "reference" / "letters_procedure.yaml")
        register_kinds_from(Path(__file__).parent / "reference" / "letters_authors.yaml")
        register_kinds_from(Path(__file__).parent / "reference" / "letters_publication.yaml")
        procedures.register(PROCEDURE, "Практики в банк")
        register_kinds_from(Path(__file__).parent / "reference" / "letters_colleagues.yaml")
        register_enclosure(telling.RECEIPT, receipts.enclosure)
        circles.register()
        reminders.register("practices", reminding.due_soon)
        uses.register("submissions", consent_uses.submissions)
        cabinet.register_section(
            cabinet.Section("practices", "Практики", "practice_submissions", visible=tasks.has_business, order=20)
        )
        cabinet.register_todos("practices", tasks.own_tasks)
        cabinet.register_todos("practices_desk", tasks.desk_tasks)
        cabinet.register_takeaways("practices", draft_texts.takeaways)
