"""Where a video may lie."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from portal.intake.domain.hosts import check_video_address

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://rutube.ru/video/1/", "https://rutube.ru/video/1/"),
        ("vk.com/video-1_2", "https://vk.com/video-1_2"),
        (" https://disk.yandex.ru/i/abc ", "https://disk.yandex.ru/i/abc"),
        ("https://m.vkvideo.ru/video1", "https://m.vkvideo.ru/video1"),
        ("", ""),
    ],
)
def test_russian_hosts_are_taken(typed, kept):
    assert check_video_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "https://youtu.be/abc",
        "https://www.youtube.com/watch?v=1",
        "https://rutube.ru.evil.example/video",
        "https://evil.example/rutube.ru",
        "https://rutube.ru@evil.example/",
        "javascript:alert(1)//rutube.ru",
        "ftp://rutube.ru/video",
        "https://[rutube.ru/",
        "видео у заведующей",
    ],
)
def test_other_addresses_are_refused_with_the_cure(typed):
    with pytest.raises(ValidationError) as caught:
        check_video_address(typed)
    assert "RuTube" in caught.value.messages[0]
