"""The description of the JSON for programs."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("encoding", ["gzip", "br, gzip", ""])
def test_description_is_asked_for_again_only_when_it_changed(client, encoding):
    headers = {"Accept-Encoding": encoding}
    first = client.get("/api/v1/openapi.json", headers=headers)
    assert first.status_code == 200
    again = client.get("/api/v1/openapi.json", headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/api/v1/openapi.json", headers=headers).headers["ETag"] == first.headers["ETag"]
