"""How gunicorn serves the portal; `--config python:sme_portal.web`."""

import gc
import os
from typing import Any

from prometheus_client import multiprocess

from sme_portal.warming import warm

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
limit_request_fields = 60
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
accesslog = None
errorlog = "-"
loglevel = "warning"


def child_exit(server: Any, worker: Any) -> None:
    """Forget a dead worker's live figures."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def when_ready(server: Any) -> None:
    """Read once what the workers would each read: called before the first of them is forked."""
    warm()


def pre_fork(server: Any, worker: Any) -> None:
    """Leave what is loaded already out of the collector's rounds, so that workers go on sharing it."""
    gc.collect()
    gc.freeze()
