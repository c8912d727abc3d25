"""What a real start needs of the core: texts of consents, wordings of letters, details of the region."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from portal.core import letter_kinds, privacy
from portal.core.models import ConsentText, LetterTemplate, PortalSettings

REFERENCE = Path(__file__).parent / "reference"


def setup() -> Iterator[str]:
    """Make what is missing and tell of it; what people edited stays as it is."""
    yield from _portal_settings()
    yield from _consent_texts()
    yield from _letter_templates()
    yield from _withdrawals()


def _withdrawals() -> Iterator[str]:
    """A portal put back from a copy of an older release learns here what people took back after it was made."""
    if count := privacy.apply_withdrawals_again():
        yield f"отзывы согласий, сделанные после копии, применены заново: {count}"


def _portal_settings() -> Iterator[str]:
    if not PortalSettings.objects.exists():
        # Names only: who owns the portal is for people to fill in.
        PortalSettings.objects.create()
        yield "сведения о портале: названия; владельца заполните в «Настройки → Сведения о портале»"


def _consent_texts() -> Iterator[str]:
    drafts = yaml.safe_load((REFERENCE / "consents.yaml").read_text(encoding="utf-8"))
    known = set(ConsentText.objects.values_list("purpose", flat=True))
    for purpose, draft in drafts.items():
        if purpose not in known:
            ConsentText.objects.create(purpose=purpose, version=1, title=draft["title"], body=draft["body"].strip())
            yield f"текст согласия: {draft['title']}"


def _letter_templates() -> Iterator[str]:
    known = set(LetterTemplate.objects.values_list("kind", flat=True))
    for kind in letter_kinds.all_kinds():
        if kind.kind not in known:
            LetterTemplate.objects.create(kind=kind.kind, title=kind.title, subject=kind.subject, body=kind.body)
            yield f"шаблон письма: {kind.title}"
