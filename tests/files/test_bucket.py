"""Files in a bucket have addresses of the portal."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from portal.settings import environment

pytestmark = pytest.mark.unit


def test_file_of_a_private_bucket_is_asked_of_the_portal():
    config = environment.storage("s3://key:secret@files.example.net/portal?region=ru-1", Path("/var"))
    storage = import_string(config["BACKEND"])(**config["OPTIONS"])
    assert storage.url("renditions/7/обложка с пробелом.jpg") == (
        "/media/renditions/7/%D0%BE%D0%B1%D0%BB%D0%BE%D0%B6%D0%BA%D0%B0%20%D1%81%20"
        "%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC.jpg"
    )
