"""The WSGI application that a production server such as gunicorn loads.

A server that could answer nothing but errors does not start; a sentence says why.
"""

import gc
import os
import sys

import django
from django.core.wsgi import get_wsgi_application

gc.disable()  # nothing of what is loaded is garbage: a tenth of the start
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asei_db.settings")
django.setup()

from django.urls import get_resolver  # noqa: E402 (needs the settings)

from api.middleware import public_headers  # noqa: E402 (the same)
from asei_db.answers import AnswersFirst  # noqa: E402 (the same)
from asei_db.checks import reason_not_to_start  # noqa: E402 (the same)

if reason := reason_not_to_start():
    sys.stderr.write(f"{reason}\n")
    os._exit(1)  # `runserver` loads this in a thread, where sys.exit ends only that

application = AnswersFirst(get_wsgi_application(), public_headers)
# All is loaded before workers fork: they share it, and the first answer is no slower.
get_resolver().url_patterns  # noqa: B018
gc.freeze()  # nor will it be: no worker looks at it again, nor copies it so
gc.enable()
