"""The portal's worker: queued tasks in the main thread, regular duties on a clock beside them."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from portal.core.clock import Clock

logger = logging.getLogger("portal.worker")
LONGEST_PAUSE = 30


class Command(BaseCommand):
    help = "Рабочий процесс портала: письма, отложенная публикация, файлы, ночная уборка. Их может быть несколько."

    def handle(self, *args: Any, **options: Any) -> None:
        worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
        worker = Worker(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        clock = Clock(worker_id)
        clock.start()
        logger.info("worker %s is at work", worker_id)
        try:
            self._work(worker)
        finally:
            clock.stop()
            logger.info("worker %s has stopped", worker_id)

    def _work(self, worker: Worker) -> None:
        """Run tasks until told to stop; a database that went away is waited for."""
        pause = 1
        while worker.running:
            began = time.monotonic()
            try:
                worker.run()
            except (DatabaseError, InterfaceError):
                if time.monotonic() - began > LONGEST_PAUSE:
                    pause = 1
                logger.exception("event %s: no database, next try in %d s", secrets.token_hex(4), pause)
                close_old_connections()
                time.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
