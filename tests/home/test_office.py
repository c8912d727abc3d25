"""Where a message to the office goes while nobody has named the office's mailbox."""

import pytest

from portal.core.models import Letter
from portal.home.domain import receive_feedback

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_message_is_kept_though_the_sender_of_letters_has_a_name(settings):
    settings.DEFAULT_FROM_EMAIL = "Портал <portal@example.org>"
    data = {"name": "", "email": "teacher@example.org", "subject": "Файл", "text": "Не открывается.", "page_url": ""}
    message = receive_feedback(data, send_token="1", address="127.0.0.1")
    assert message.pk
    assert Letter.objects.get().to == "portal@example.org"
