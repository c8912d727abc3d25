from portal.core.models.clock import Duty, WorkerBeat
from portal.core.models.letters import Letter, LetterTemplate
from portal.core.models.limits import LimitHit
from portal.core.models.milestones import Milestone
from portal.core.models.notices import LetterChoice, Notice
from portal.core.models.pages import BasePage, Demonstrable
from portal.core.models.privacy import Consent, ConsentText, NamedUnderConsent
from portal.core.models.records import ProcedureRecord
from portal.core.models.rows import CodeOnce, RowOnce
from portal.core.models.settings import PortalSettings

__all__ = [
    "BasePage",
    "CodeOnce",
    "Consent",
    "ConsentText",
    "Demonstrable",
    "Duty",
    "Letter",
    "LetterChoice",
    "LetterTemplate",
    "LimitHit",
    "Milestone",
    "NamedUnderConsent",
    "Notice",
    "PortalSettings",
    "ProcedureRecord",
    "RowOnce",
    "WorkerBeat",
]
