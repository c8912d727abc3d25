from portal.mailing.models.mailings import Mailing, MailingRow
from portal.mailing.models.settings import LetterSettings

__all__ = ["LetterSettings", "Mailing", "MailingRow"]
