"""How gunicorn serves the application: everything is imported once, before the workers are forked."""

import gc
import os

from gunicorn.arbiter import Arbiter

gc.disable()  # nothing of what is loaded until ``when_ready`` is garbage; looking for some doubles the time

wsgi_app = "axle.config.wsgi:application"
bind = f"{os.environ.get('AXLE_HOST') or '127.0.0.1'}:{os.environ.get('AXLE_PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("AXLE_WEB_WORKERS") or "2")
threads = int(os.environ.get("AXLE_WEB_THREADS") or "4")
timeout = 120
graceful_timeout = 10
control_socket_disable = True
preload_app = True
if os.access("/dev/shm", os.W_OK):
    worker_tmp_dir = "/dev/shm"


def when_ready(server: Arbiter) -> None:
    """Build all routes now, let no worker inherit a connection, and keep what is shared out of its collections."""
    from django.db import connections
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    connections.close_all()
    gc.freeze()
    gc.enable()
