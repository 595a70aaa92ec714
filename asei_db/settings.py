"""Django settings, all from the environment: `.env.example` lists every variable.

The defaults give a safe, working site on SQLite, reachable from this machine only.
Variables may also stand in `.env`; the environment goes before that file. A variable
that is empty counts as not set; one that makes no sense stops the start with a
sentence.
"""

import os
import re
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
MINIMUM_SECRET_KEY_LENGTH = 50


def read_env_file(path):
    """Adds the file's NAME=value lines to the environment, where not set already."""
    if path.is_file():
        for line in path.read_text().splitlines():
            name, equals, value = line.partition("=")
            if equals and not name.lstrip().startswith("#"):
                os.environ.setdefault(name.strip(), value.strip().strip("'\""))


def env(name, default=""):
    """The variable's text without surrounding space, or `default` where it is empty."""
    return os.environ.get(name, "").strip() or default


def env_bool(name, default):
    """The variable as True or False; ImproperlyConfigured for any other word."""
    text = env(name, str(default))
    if text.lower() not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be true or false, not '{text}'.")
    return text.lower() == "true"


def env_list(name, default=""):
    """The variable's comma-separated parts, without the empty ones."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_hosts(name, default):
    """Host names and addresses; ImproperlyConfigured where one is written as a URL."""
    hosts = env_list(name, default)
    for host in hosts:
        if "/" in host or any(map(str.isspace, host)):
            raise ImproperlyConfigured(
                f"{name} must list host names such as 'db.example.org', not '{host}'."
            )
    return hosts


def env_origins(name):
    """Origins with their scheme; ImproperlyConfigured for anything else."""
    origins = env_list(name)
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or origin != (
            f"{parts.scheme}://{parts.netloc}"
        ):
            raise ImproperlyConfigured(
                f"{name} must list origins such as 'https://db.example.org', "
                f"not '{origin}'."
            )
    return origins


def env_choice(name, default, choices):
    """One of `choices`, in capitals; ImproperlyConfigured for any other word."""
    text = env(name, default)
    if text.upper() not in choices:
        raise ImproperlyConfigured(
            f"{name} must be one of {', '.join(choices)}, not '{text}'."
        )
    return text.upper()


def env_seconds(name, default):
    """A whole number of seconds, 0 or more; ImproperlyConfigured for anything else."""
    text = env(name, str(default))
    if not (text.isascii() and text.isdecimal()) or int(text) > 24 * 60 * 60:
        raise ImproperlyConfigured(
            f"{name} must be a whole number of seconds, 0 to 86400, not '{text}'."
        )
    return int(text)


def env_directory(name, default):
    """The directory, made for its owner alone where missing.

    ImproperlyConfigured if it cannot be. One that exists keeps its permissions, since
    others may use it, but for the default one; `asei_db.checks` looks at them.
    """
    directory = BASE_DIR / Path(env(name, str(default))).expanduser()
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if directory == default:
            with suppress(PermissionError):
                directory.chmod(0o700)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} must be a directory that can be made and written: {error}."
        ) from error
    return directory


def env_database(name, default):
    """Django's settings for the database URL; ImproperlyConfigured for nonsense.

    The message never repeats the URL, which may hold a password.
    """
    url = env(name, default)
    hint = (
        f"{name} must be a URL such as 'sqlite:////srv/asei/db.sqlite3' or "
        "'postgresql://user:password@host:5432/asei_db'"
    )
    try:
        database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"{hint}.") from error
    engine = database["ENGINE"].rpartition(".")[2]
    if engine not in ("sqlite3", "postgresql"):
        raise ImproperlyConfigured(f"{hint}; '{engine}' is not supported.")
    if not database["NAME"]:
        raise ImproperlyConfigured(f"{hint}; it names no database.")
    if engine == "sqlite3":
        # A reader never waits for the writer (WAL), and a writer waits its turn at
        # the start of its transaction instead of failing in the middle of it.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            **database.get("OPTIONS", {}),
        }
    return database


def limit_statements(database, seconds):
    """Make PostgreSQL end a statement that takes longer; 0 is no limit."""
    if database["ENGINE"].endswith("postgresql"):
        options = database.setdefault("OPTIONS", {})
        limit = f"-c statement_timeout={seconds}s"
        options["options"] = f"{options.get('options', '')} {limit}".strip()


def make_private(path):
    """Make a file where it is missing, and let its owner alone read and write it.

    SQLite gives what it keeps beside a database the permissions of the database.
    """
    with suppress(OSError):  # where it matters, the database says so itself
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for file in [path, *path.parent.glob(f"{path.name}-*")]:
            file.chmod(0o600)


def env_cache(name):
    """Django's settings for a cache: local memory, or the Redis of the URL.

    ImproperlyConfigured for nonsense; the message never repeats the URL, which may hold
    a password.
    """
    url = env(name)
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            # Of at most 128 KB each (`asei_db/answers.py`): 64 MB a process.
            "OPTIONS": {"MAX_ENTRIES": 512},
        }
    if not is_redis_url(url):
        raise ImproperlyConfigured(
            f"{name} must be a URL such as 'redis://localhost:6379/0'."
        )
    if find_spec("redis") is None:
        raise ImproperlyConfigured(
            f"{name} needs a package: .venv/bin/python -m pip install redis"
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": [url],
        "KEY_PREFIX": "asei-db",
        # Rather compute an answer than wait for it.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }


def is_redis_url(url):
    """Whether it names a Redis: by host, port and database number, or by its socket."""
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    if parts.scheme == "unix":
        return bool(parts.path) and not parts.netloc
    is_database = re.fullmatch(r"(/\d*)?", parts.path)
    is_server = bool(parts.hostname) and has_port
    return parts.scheme in ("redis", "rediss") and is_server and bool(is_database)


def env_secret_key(name, path):
    """The key from the environment, or the one in the file, made on first use."""
    key = env(name)
    if not key:
        # A file appears complete or not at all, also when two processes start at once.
        if not path.exists():
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(get_random_secret_key())
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        key = path.read_text().strip()
        name = f"The key in {path}"
    if len(key) < MINIMUM_SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(
            f"{name} must have at least {MINIMUM_SECRET_KEY_LENGTH} characters."
        )
    return key


# What an installation chooses

read_env_file(BASE_DIR / ".env")
DATA_DIR = env_directory("DATA_DIR", BASE_DIR / "var")
DEBUG = env_bool("DEBUG", False)
SECRET_KEY = env_secret_key("SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_origins("CSRF_TRUSTED_ORIGINS")
DATABASES = {
    "default": env_database(
        "DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'db.sqlite3'))}"
    )
}
STATEMENT_TIMEOUT_SECONDS = env_seconds("STATEMENT_TIMEOUT_SECONDS", 15)
limit_statements(DATABASES["default"], STATEMENT_TIMEOUT_SECONDS)
if (database_file := Path(DATABASES["default"]["NAME"])).parent == DATA_DIR:
    make_private(database_file)
CACHES = {"default": env_cache("CACHE_URL")}
HTTPS = env_bool("HTTPS", False)
# Named to Crossref, which `manage.py complete_references` asks.
CROSSREF_MAILTO = env("CROSSREF_MAILTO")

LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", LOG_LEVELS)

# The application

INSTALLED_APPS = [
    "literature",
    "precursors",
    "materials",
    "harvest",
    "api",
    "asei_db.apps.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that `runserver` serves files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "api.middleware.PublicMiddleware",
    "asei_db.answers.AnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page of 50 coatings is a tenth as large; tokens are masked anew each time.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "asei_db.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "asei_db.overload.OverloadMiddleware",
]

ROOT_URLCONF = "asei_db.urls"
LOGIN_REDIRECT_URL = "admin:index"
WSGI_APPLICATION = "asei_db.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asei_db.theme.context",
            ],
            "builtins": [
                "asei_db.lib.templatetags.lists",
                "asei_db.lib.templatetags.science",
                "literature.templatetags.citations",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

# The page of a study is one form with all of its coatings and tests.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

STATIC_URL = "/static/"
# Not in DATA_DIR: these files follow the code, not the data.
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "asei_db" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "asei_db.finders.BokehFinder",
    "asei_db.fonts.FontFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    # HSTS for this host alone: hosts below it may be somebody else's.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    # The proxy that ends TLS must set this header and drop a client's own.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Logging

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Its own handlers would print each line a second time.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "httpx": {"level": "WARNING"},  # a line for each request says nothing
        "fontTools": {"level": "WARNING"},  # nor does one for each table of a font
    },
}

# The REST API

REST_FRAMEWORK = {
    # Read-only and public: nobody logs in.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.formats.FormatParameterNegotiation",
    "DEFAULT_FILTER_BACKENDS": ["api.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.NumberedPages",
    "DEFAULT_SCHEMA_CLASS": "api.schema.Schema",
    "EXCEPTION_HANDLER": "api.problems.problem_response",
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "ASEI DB API",
    "VERSION": "1",
    "DESCRIPTION": """\
Artificial solid-electrolyte-interphase materials made by atomic and molecular layer
deposition: precursors, processes, coatings, characterization and cycling, every value
with its source. Read-only, no key. [The site](/) shows the same.

* Lists answer `count`, `next`, `previous` and `results`; `page` and `page_size` (50,
  at most 1000) move through them.
* The parameters are those of the pages' query strings. A parameter that is unknown,
  empty or has a bad value is an error, 400, that names it. Errors have one shape,
  `Problem`, with a `request_id` that is also in the header `X-Request-ID`.
* `q` finds words, names, formulas and identifiers. The closest come first where no
  `order_by` is given and at most 200 are found; notes are searched last.
* Letters beyond ASCII in an address must be percent-encoded, and an address may have
  8,190 characters: the server in front refuses others, with a 400 or 414 in HTML.
* Where a parameter takes several values, repeat it or join them with commas.
* Unknown numbers, identifiers and words of a fixed list are `null`; unknown texts are
  empty. The source does not report them where `source.extent_read` says that it was
  read whole (`full_text`, `supporting_information`); else nobody looked for them.
* A word of a fixed list has its label for people beside it: `method` has
  `method_label`. A record that another refers to has its `url`.
* `format=csv` gives all of a selection as one table, without pages. What is nested has
  a column for each of its fields: `thickness.min`. So has what there may be many of:
  `studies.doi`, whose cells are JSON arrays with one value for each:
  `["10.1/a", null]`. So are those of plain lists: `notes`. The columns of one list have
  values in the same order. An empty cell is `null`, or an empty text. A text that a
  spreadsheet would run as a formula has an apostrophe in front; numbers stay as they
  are.
* `disputed` records are those whose values are in dispute; their `notes` say why.
""",
    "SERVERS": [{"url": "/", "description": "This server"}],
    "CONTACT": {"name": "ASEI DB"},
    "LICENSE": {
        "name": "CC BY 3.0 (the data)",
        "url": "https://creativecommons.org/licenses/by/3.0/",
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "ComparabilityVerdict": "materials.analysis.comparison.ComparabilityVerdict",
        "PlanVerdict": "materials.analysis.planner.Verdict",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.add_problems",
        "api.schema.add_files",
        "api.schema.add_examples",
        "api.schema.add_tags",
        "api.schema.name_enum_members",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
}
