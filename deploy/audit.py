"""Asks for known vulnerabilities of every locked dependency; fails when it found some or could audit nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    tool = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"]
    if subprocess.run(tool, check=False).returncode:
        print("Проверка уязвимостей не состоялась: не поставлен pip-audit.")
        return 2
    audited = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip_audit",
            "--format",
            "json",
            "--progress-spinner",
            "off",
            "--disable-pip",
            "--requirement",
            str(ROOT / "requirements" / "base.txt"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies = json.loads(audited.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(audited.stderr[-2000:])
        print("Проверка уязвимостей не состоялась: ответа нет.")
        return 2
    skipped = [item["name"] for item in dependencies if "vulns" not in item]
    found = [(item["name"], item["version"], item["vulns"]) for item in dependencies if item.get("vulns")]
    print(f"Проверено библиотек: {len(dependencies) - len(skipped)}, не проверено: {len(skipped)}.")
    for name, version, problems in found:
        for problem in problems:
            fixed = ", ".join(problem["fix_versions"]) or "исправления нет"
            print(f"  {name} {version}: {problem['id']} (исправлено в: {fixed})")
    if len(dependencies) == len(skipped):
        print("Проверка уязвимостей не состоялась: не проверена ни одна библиотека.")
        return 2
    return 1 if found or skipped else 0


if __name__ == "__main__":
    sys.exit(main())
