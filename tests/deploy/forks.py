"""Loads the portal once; each line of the input is answered by the process id of a new web server of it.

Each server is gunicorn under the portal's own configuration in a session of its own: killed with its whole group, it
takes nothing else along, and the next one is there at once.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    sys.path.insert(0, str(ROOT / "site"))
    from gunicorn.app.wsgiapp import run

    import portal.wsgi  # noqa: F401 (loaded here, shared by all the servers)

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a killed server ended
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.setsid()
            sys.argv = ["gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
            run()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
