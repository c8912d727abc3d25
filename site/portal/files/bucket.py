"""Files in storage that speaks S3."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class PortalBucketStorage(S3Storage):
    """A private bucket behind the portal: files have the portal's addresses, whose views ask who may see them.

    The bucket's own addresses would be another host, forbidden by the content policy, and closed to everybody.
    """

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name) or "")
