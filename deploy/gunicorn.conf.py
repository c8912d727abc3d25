"""How the portal is served: docs/adr/0012-web-server.md says why so."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from pathlib import Path
from typing import Any

from gunicorn import util
from gunicorn.http import message

# A long address is the portal's to answer: it drops what it cannot use. htmx repeats the address in a header.
LONGEST_LINE = 32 * 1024
message.MAX_REQUEST_LINE = LONGEST_LINE  # gunicorn itself knows no more than 8,190
REFUSALS = {
    414: "Адрес слишком длинный. Вернитесь назад, сократите запрос или уберите часть фильтров.",
    431: "Браузер прислал слишком длинные служебные данные. Очистите cookie этого сайта и откройте страницу снова.",
    500: "Ошибка на нашей стороне. Попробуйте ещё раз через несколько минут.",
}

_cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_in_memory = Path("/dev/shm")  # noqa: S108 (gunicorn makes its own files there, with names nobody can guess)

wsgi_app = "portal.wsgi:application"
pythonpath = str(Path(__file__).resolve().parents[1] / "site")
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_PROCESSES") or min(2 * _cores + 1, 17))
worker_class = "sync"
preload_app = True
timeout = 90  # an upload of 20 MB over a slow line is read by the process itself
graceful_timeout = 8
keepalive = 2
limit_request_line = limit_request_field_size = LONGEST_LINE
max_requests = 5000
max_requests_jitter = 1000
worker_tmp_dir = str(_in_memory) if os.access(_in_memory, os.W_OK) else None
accesslog = os.environ.get("ACCESS_LOG") or None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
proc_name = "portal-web"
control_socket_disable = True
# The scheme named by a proxy counts only when the proxy is trusted; the portal itself reads the visitor's address.
forwarded_allow_ips = ",".join(
    item for item in os.environ.get("TRUSTED_PROXIES", "").replace(" ", "").split(",") if item and item != "unix"
)


def when_ready(server: Any) -> None:
    """Keep what is loaded shared by all processes, but for sessions of the database: two processes would mix answers.

    What the collector does not touch is not copied.
    """
    from django.db import connections  # noqa: PLC0415 (Django is there only when the application is loaded)

    connections.close_all()
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """End a process whose master was killed, so that it does not hold the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


GROWTH_TO_RETURN = 16 * 1024 * 1024  # bytes
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
_after_trim = 0


def post_request(worker: Any, req: Any, environ: Any, resp: Any) -> None:
    """Give freed memory back once the process has grown: a large bank read, or a frequent word found, leaves tens of
    megabytes unused. Looking costs some microseconds, returning some milliseconds."""
    global _after_trim
    if _trim is not None and _resident() > _after_trim + GROWTH_TO_RETURN:
        _trim(0)
        _after_trim = _resident()


def _resident() -> int:
    """Bytes of this process in memory, those shared with the others counted too."""
    return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def write_refusal(sock: Any, status_int: int, reason: str, mesg: str) -> None:
    """Answer in Russian what gunicorn refuses before the portal sees it; takes the place of its English page."""
    sentence = REFUSALS.get(status_int, "Запрос не разобран. Вернитесь назад и попробуйте ещё раз.")
    page = (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Запрос не принят</title></head>'
        f'<body><h1>Запрос не принят</h1><p>{sentence}</p><p><a href="/">На главную</a></p></body></html>'
    ).encode()
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    ).encode()
    util.write_nonblock(sock, head + page)


util.write_error = write_refusal
