"""Reads an uploaded table in a process of its own and prints its rows as JSON.

openpyxl stays out of web processes (SPEED), and a hostile file can take no more than this process with it. Standard
input is the file; the argument is JSON with `required`, `optional` and `aliases` of `portal.core.sheets.read_rows`.
"""

from __future__ import annotations

import io
import json
import sys

from portal.core.sheets import SheetError, read_rows


def main() -> None:
    """Print {"rows": [{"number", "values"}]} or {"error": a sentence}."""
    asked = json.loads(sys.argv[1])
    names = (*asked["required"], *asked["optional"])
    try:
        rows = [
            {"number": row.number, "values": {name: row.text(name) for name in names}}
            for row in read_rows(io.BytesIO(sys.stdin.buffer.read()), max_rows=asked["max_rows"], **_headers(asked))
        ]
        answer: dict[str, object] = {"rows": rows}
    except SheetError as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def _headers(asked: dict[str, object]) -> dict[str, object]:
    return {name: asked[name] for name in ("required", "optional", "aliases")}


if __name__ == "__main__":
    main()
