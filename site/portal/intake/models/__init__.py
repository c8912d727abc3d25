"""What every application shares, as composable abstracts; and rows that need no application: presence, numbers, windows."""

from portal.intake.models.attachments import Attachment
from portal.intake.models.collaborators import Collaborator
from portal.intake.models.drafts import Draftable, Presence, Snapshot
from portal.intake.models.numbers import NumberSeries
from portal.intake.models.talk import Message, Remark
from portal.intake.models.windows import IntakeExtension, IntakeWindow

__all__ = [
    "Attachment",
    "Collaborator",
    "Draftable",
    "IntakeExtension",
    "IntakeWindow",
    "Message",
    "NumberSeries",
    "Presence",
    "Remark",
    "Snapshot",
]
