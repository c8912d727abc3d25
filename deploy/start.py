"""Starts the whole portal on one machine: `make run`. Prepares what is not prepared, then keeps web and worker running.

The standard library alone. Environment variables win over the file var/env, which is made once.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
STOP_SECONDS = 12
LONGEST_PAUSE = 30
STEADY_SECONDS = 60  # having run as long, a process is restarted without a pause
OFF = {"false", "0", "off", "no"}
_PR_SET_PDEATHSIG = 1


def say(text: str) -> None:
    """Print a line at once, whatever the output is."""
    print(text, flush=True)


def die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process when its parent is gone, so that no orphan holds the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def environment(var: Path) -> dict[str, str]:
    """Return the environment of the portal: the machine's own, filled up from `var`/env, which is made when missing."""
    file = var / "env"
    if not file.exists():
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        values = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "HOST": host,
            "PORT": port,
            "ALLOWED_HOSTS": ",".join(dict.fromkeys(["127.0.0.1", "localhost", host, socket.gethostname()])),
            "MFA_REQUIRED": "false",
        }
        comment = (
            "# Сделано при первом запуске; переменные окружения главнее. docs/settings.md рассказывает о каждой.\n"
        )
        partial = file.with_suffix(".part")
        partial.touch(mode=0o600)
        partial.write_text(comment + "".join(f"{name}={value}\n" for name, value in values.items()), encoding="utf-8")
        partial.replace(file)
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    kept = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    env = {**kept, **os.environ}
    env.setdefault("SITE_URL", f"http://{_reachable(env['HOST'])}:{env['PORT']}")
    env["DJANGO_SETTINGS_MODULE"] = "portal.settings.production"
    env["VAR_DIR"] = str(var)
    return env


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 (a comparison)


def only_one(var: Path) -> IO[str]:
    """Return the lock of `var`, held while this process lives; exits with a sentence when another start holds it."""
    lock = (var / "run.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        sys.exit(f"Портал из этой папки уже запущен (процесс {lock.read().strip() or 'неизвестен'}). Остановите его.")
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def check_port(host: str, port: str) -> None:
    """Exit with a sentence when the address cannot be listened on."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port}: порт — это число от 1 до 65535.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = "занят другой программой" if error.errno == 98 else f"недоступен ({error.strerror})"
        sys.exit(f"Адрес {host}:{port} {reason}. Освободите его или выберите другой: make run PORT=8001")


@dataclass
class Child:
    """A process that must run: started again when it ends, after growing pauses."""

    name: str
    command: list[str]
    env: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1
    began: float = 0
    next_start: float = 0
    running: bool = field(default=False)

    def start(self) -> None:
        """Start the process in a session of its own: Ctrl-C reaches it through us alone."""
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.env, start_new_session=True, preexec_fn=die_with_parent
        )
        self.began = time.monotonic()
        self.running = True

    def watch(self) -> None:
        """Start the process again if it has ended and its pause is over."""
        now = time.monotonic()
        if self.running and self.process and self.process.poll() is not None:
            if now - self.began > STEADY_SECONDS:
                self.pause = 1
            say(f"{self.name}: процесс завершился с кодом {self.process.returncode}, новый через {self.pause:.0f} с.")
            self.running, self.next_start = False, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if not self.running and now >= self.next_start:
            self.start()

    def stop(self, deadline: float) -> None:
        """Wait until the process, already asked to end, does; kill it at `deadline`."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Stopped(Exception):
    """Somebody asked to stop."""


def stop_on_signals() -> None:
    """Turn SIGINT, SIGTERM and SIGHUP into the exception Stopped."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, stop)


def prepare(env: dict[str, str]) -> None:
    """Run every preparation that is not done yet; exits with a sentence when one failed."""
    wanted = [] if env.get("DEMO_CONTENT", "").lower() in OFF else ["--with-demo"]
    preparing = subprocess.Popen(
        [sys.executable, "manage.py", "prepare_portal", *wanted],
        cwd=ROOT,
        env={**env, "TASKS": "immediate"},  # what the loader queues is done when the first visitor comes
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    try:
        code = preparing.wait()
    except Stopped:
        os.killpg(preparing.pid, signal.SIGTERM)
        preparing.wait()
        raise
    if code:
        sys.exit(
            "Подготовка не удалась: причина в строках выше. Исправьте её и запустите снова: сделанное не повторится."
        )


def wait_until_served(url: str, site: str, alive: Callable[[], None]) -> bool:
    """Ask /healthz at `url` until it answers 200, for a minute at most; `alive` is called between the tries.

    It is asked by the name of `site`: a portal with a name of its own need not answer to the machine's address.
    """
    until = time.monotonic() + 60
    question = urllib.request.Request(f"{url}/healthz", headers={"Host": urlsplit(site).netloc})  # noqa: S310 (our own)
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:  # noqa: S310 (as above)
                return json.load(answer)["status"] != "error"
        except (urllib.error.URLError, OSError, ValueError):
            alive()
            time.sleep(0.3)
    return False


def announce(env: dict[str, str], var: Path) -> None:
    """Say where everything is."""
    say(f"\nПортал открыт: {env['SITE_URL']}   управление: {env['SITE_URL']}/admin/")
    if not env.get("EMAIL_URL"):
        say(f"Письма никуда не уходят, они лежат файлами в {var / 'mail'} (EMAIL_URL назначит сервер).")
    if env.get("MFA_REQUIRED", "").lower() in OFF:
        say("Второй шаг входа для сотрудников ВЫКЛЮЧЕН (MFA_REQUIRED=false): так удобно пробовать, но не работать.")
    say("Остановить: Ctrl-C.\n")


def supervise(env: dict[str, str], var: Path) -> None:
    """Start the web server and the worker and keep both running; returns only by the exception Stopped."""
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    children = [
        Child("Сайт", gunicorn, env),
        Child("Рабочий процесс", [sys.executable, "manage.py", "run_worker"], env),
    ]

    def watch() -> None:
        for child in children:
            child.watch()

    try:
        watch()
        if wait_until_served(f"http://{_reachable(env['HOST'])}:{env['PORT']}", env["SITE_URL"], watch):
            announce(env, var)
        else:
            say("Сайт не ответил за минуту; причина в строках выше. Продолжаю пробовать.")
        while True:
            watch()
            time.sleep(0.5)
    finally:
        for child in children:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            child.stop(deadline)


def main() -> None:
    """Prepare, start both processes, keep them running until told to stop."""
    if os.environ.pop("FOLLOW_PARENT", ""):
        die_with_parent()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    env = environment(var)
    lock = only_one(var)
    check_port(env["HOST"], env["PORT"])
    stop_on_signals()
    try:
        prepare(env)
        supervise(env, var)
    except Stopped:
        say("Портал остановлен.")
    finally:
        lock.close()


if __name__ == "__main__":
    main()
