"""Reads an uploaded table in a process of its own and prints its rows as JSON.

openpyxl stays out of web processes (SPEED), and a hostile file can take no more than this process with it. Standard
input is the file; the argument is JSON with `required`, `optional` and `aliases` of `portal.core.sheets.read_rows`.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from portal.core.sheets import SheetError, read_rows


def main() -> None:
    """Print {"rows": [{"number", "values"}]} or {"error": a sentence}."""
    asked: dict[str, Any] = json.loads(sys.argv[1])
    required, optional = asked["required"], asked["optional"]
    file = io.BytesIO(sys.stdin.buffer.read())
    try:
        found = read_rows(
            file, required=required, optional=optional, aliases=asked["aliases"], max_rows=asked["max_rows"]
        )
        names = (*required, *optional)
        rows = [{"number": row.number, "values": {name: row.text(name) for name in names}} for row in found]
        answer: dict[str, object] = {"rows": rows}
    except SheetError as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
