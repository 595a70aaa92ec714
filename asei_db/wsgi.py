"""The WSGI application that a production server such as gunicorn loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asei_db.settings")

application = get_wsgi_application()
