"""Makes .venv and installs the locked dependencies unless they are there: `python3 environment.py base|test`.

Runs on whatever Python the machine has, the standard library alone, and says in words what is missing.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "portal-lock.json")


def main(kind):
    if sys.version_info < (3, 11):
        sys.exit(
            "Нужен Python 3.11 или новее, а {} — это {}.{}. ".format(sys.executable, *sys.version_info[:2])
            + "Поставьте новый или укажите его: make run PYTHON=python3.12"
        )
    with open(os.path.join(ROOT, ".venv.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # `make run` and `make test` begun together do not install into each other
        wanted = {name: digest(name) for name in ("base", "test")}
        have = installed()
        if have.get(kind) == wanted[kind]:
            return
        if not works():
            create()
            have = {}
        print("Ставлю библиотеки ({}), это минута-другая…".format(kind), flush=True)
        install(kind)
        # The test lock holds everything of the base one.
        have = wanted if kind == "test" else {"base": wanted["base"]}
        with open(STAMP, "w") as stamp:
            json.dump(have, stamp)


def digest(kind):
    """Hash of a lock file and of the Python it is installed for."""
    with open(os.path.join(ROOT, "requirements", kind + ".txt"), "rb") as lock:
        return hashlib.sha256(lock.read() + sys.version.encode()).hexdigest()


def installed():
    try:
        with open(STAMP) as stamp:
            return json.load(stamp) if os.access(PYTHON, os.X_OK) else {}
    except (OSError, ValueError):
        return {}


def works():
    check = [
        PYTHON,
        "-c",
        "import pip, sys; sys.exit(sys.version_info[:2] != {!r})".format(tuple(sys.version_info[:2])),
    ]
    return os.path.exists(PYTHON) and subprocess.run(check, stderr=subprocess.DEVNULL).returncode == 0


def create():
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        sys.stderr.write(made.stdout.decode(errors="replace"))
        sys.exit("Не удалось создать .venv. На Debian и Ubuntu поставьте пакет python3-venv и повторите.")


def install(kind):
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
    ]
    lock = os.path.join(ROOT, "requirements", kind + ".txt")
    if subprocess.run([*command, "-r", lock], cwd=ROOT).returncode:
        sys.exit(
            "Библиотеки не поставлены: см. сообщения pip выше. Нужен доступ к реестру пакетов; команду можно повторить."
        )


if __name__ == "__main__":
    main(sys.argv[1])
