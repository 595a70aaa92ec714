"""How gunicorn serves the site; it reads this file by itself.

HOST and PORT come from the environment, where `make run` puts them.
"""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

try:
    from asei_db.settings import DATA_DIR
except ImproperlyConfigured as error:
    sys.exit(str(error))

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - the files in it have random names

wsgi_app = "asei_db.wsgi"
bind = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
worker_class = "gthread"
workers = 2
threads = 4
# Loaded once, before the workers fork: a start takes half the time.
preload_app = True
# Workers sign their life to a file, which must not wait for a disk.
worker_tmp_dir = str(SHARED_MEMORY if SHARED_MEMORY.is_dir() else DATA_DIR)
control_socket_disable = True
# The largest there is: what is too much for a parameter, the site says better itself.
limit_request_line = 8190
loglevel = "warning"


def when_ready(server):
    print(f"ASEI DB is at http://{bind}/ (Ctrl-C stops it).")
    print("Add a curator, who may edit at /admin/, with: make curator", flush=True)
