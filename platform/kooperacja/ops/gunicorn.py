"""Gunicorn's settings: threads, workers renewed now and then, requests let finish."""

import os
import sys
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from kooperacja import environ
from kooperacja.embedded.environment import var_dir
from kooperacja.embedded.private import keep_private

keep_private(var_dir())


class OneLog(Logger):
    """Its own events go where all others go."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True


logger_class = OneLog
wsgi_app = "kooperacja.wsgi:application"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{environ.port('PORT', 8000)}"
worker_class = "gthread"
workers = environ.number("WEB_WORKERS", 2, least=1)
threads = environ.number("WEB_THREADS", 4, least=1)
# Loaded once and forked: less memory, and a fault of set-up is seen at once.
preload_app = True
# A heartbeat on a busy disk looks like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
timeout = 60
graceful_timeout = 25
max_requests = 5000
max_requests_jitter = 500
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
# By default the proxies above may name SCRIPT_NAME and PATH_INFO, and ours hand on what clients send.
forwarder_headers = ""
header_map = "drop"
accesslog = None  # kooperacja.access knows tenant and actor, and writes no tokens
control_socket_disable = True
loglevel = "warning"


def post_fork(server: Any, worker: Any) -> None:
    # A page that comes back from the database waits so long for each thread that computes.
    sys.setswitchinterval(0.0005)


def child_exit(server: Any, worker: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        # It reads the folder when it is loaded.
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
