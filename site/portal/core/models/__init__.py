from portal.core.models.letters import Letter, LetterTemplate
from portal.core.models.limits import LimitHit
from portal.core.models.pages import BasePage, Demonstrable
from portal.core.models.privacy import Consent, ConsentText
from portal.core.models.settings import PortalSettings

__all__ = [
    "BasePage",
    "Consent",
    "ConsentText",
    "Demonstrable",
    "Letter",
    "LetterTemplate",
    "LimitHit",
    "PortalSettings",
]
