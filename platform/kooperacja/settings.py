"""Settings of the site of one voivodeship; every difference between machines is an environment variable."""

import hashlib
import hmac
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django_stubs_ext

from kooperacja import environ, schedule

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR", ROOT / "var"))

DEBUG = environ.flag("DEBUG")
DEMO = environ.flag("DEMO")
RELEASE = os.environ.get("RELEASE", "0.2.0")
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    sys.exit("Brak SECRET_KEY: uruchom przez `kooperacja` albo ustaw zmienną.")
# Key-encryption keys "id:base64,id:base64", newest first; a comma list makes rotation possible.
KOOPERACJA_KEK = os.environ.get("KOOPERACJA_KEK", "")
# Beside the master key, and kept as long: every restore reads it.
DESTROYED_KEYS = os.environ.get("DESTROYED_KEYS") or VAR_DIR / "destroyed-keys" / "families.txt"

HOST = os.environ.get("HOST", "localhost")
PORT = environ.port("PORT", 8000)
WEB_THREADS = environ.number("WEB_THREADS", 4, least=1)
# Of one account, without a pause (kooperacja.accounts.pace).
SEARCHES_AT_ONCE = environ.number("SEARCHES_AT_ONCE", 5, least=1)
DRAFTS_AT_ONCE = environ.number("DRAFTS_AT_ONCE", 30, least=1)
FILES_AT_ONCE = environ.number("FILES_AT_ONCE", 5, least=1)
# As long as an account is told that a place of work of its ended, and why.
ENDED_PLACES_DAYS = environ.number("ENDED_PLACES_DAYS", 30, least=1)
HTTPS = environ.flag("HTTPS")
SITE_URL = os.environ.get("SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", f"{HOST},localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "kooperacja.urls"
# The site is never mounted below a path, so nothing from outside may say that it is.
FORCE_SCRIPT_NAME = ""
WSGI_APPLICATION = "kooperacja.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
# Addresses are unique whatever their case: a constraint over lower(email), which W004 can't see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# The two planes: with a table in both, a write that finds none in the tenant lands in public.
SHARED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "kooperacja.ui.staticfiles.StaticConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "kooperacja.tenancy",
    "kooperacja.ui",
    "kooperacja.crypto",
    "kooperacja.accounts",
    "kooperacja.inbox",
    "kooperacja.ops",
    "tenants.registry",
    "tenants.schemas",
    "tenants.exchange",
    "tenants.masters",
    "tenants.region_types",
    "tenants.demo",
    "region.monitoring",
    "region.directory",
    "region.panel",
    "api",
]
TENANT_APPS = [
    "kooperacja.audit",
    "kooperacja.documents",
    "kooperacja.notifications",
    "kooperacja.drafts",
    "kooperacja.incoming",
    "tenants.people",
    "tenants.partnership",
    "tenants.regulation",
    "tenants.accession",
    "tenants.data_protection",
    "tenants.teams",
    "tenants.meetings",
    "tenants.dialogue",
    "tenants.agreements",
    "tenants.baskets",
    *("powiat.pzk", "gmina.ggk"),
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

MIDDLEWARE = [
    "kooperacja.ops.logs.RequestIdMiddleware",
    "kooperacja.ops.metrics.MetricsMiddleware",
    "kooperacja.ui.headers.SecurityHeadersMiddleware",
    "kooperacja.ui.errors.CharsetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kooperacja.tenancy.middleware.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kooperacja.accounts.pace.PaceMiddleware",  # before CSRF, which takes the form apart
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kooperacja.ui.errors.ProblemMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "kooperacja.drafts.late.LateFormMiddleware",
    "kooperacja.accounts.middleware.SessionLimitsMiddleware",
    "kooperacja.tenancy.middleware.EntryMiddleware",
]

_LOADERS = ["kooperacja.ui.typography.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            # Whoever edits a template wants to see it.
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kooperacja.ui.context.page",
            ],
            "builtins": ["kooperacja.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "kooperacja.ui.forms.Renderer"

# --- Databases: an owner for migrations, and one login a plane -------------------------------
for _name in ("DATABASE_URL", "SHARED_DATABASE_URL", "APP_DATABASE_URL", "PUBLISH_DATABASE_URL"):
    environ.address(_name)
OWNER_DATABASE_URL = os.environ.get("DATABASE_URL", "")
_known_url = OWNER_DATABASE_URL or os.environ.get("SHARED_DATABASE_URL", "")
# Roles belong to the whole cluster, so each site's carry a prefix of their own.
ROLE_PREFIX = os.environ.get("ROLE_PREFIX") or (
    urlsplit(_known_url).path.lstrip("/") if _known_url else "kooperacja"
)


def role_password(role: str) -> str:
    """The password of a login role of this site; the same on every machine with this SECRET_KEY."""
    return hmac.new(SECRET_KEY.encode(), f"db:{role}".encode(), hashlib.sha256).hexdigest()


def _database(url: str, engine: str, **extra: Any) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = unquote(query.pop("host", "") or parts.hostname or "")
    return {
        "ENGINE": engine,
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # The time zone and the path are set by the server at the start of the session, since
            # nobody but the owner may call set_config().
            # The limit of waiting for locks holds at a COMMIT too, that of statements does not.
            "options": "-c TimeZone=UTC -c search_path=public,ext"
            " -c statement_timeout=30000 -c lock_timeout=20000",
            "connect_timeout": 5,
            # A server that vanished without a word is given up after a minute.
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            **query,
        },
        **extra,
    }


def _plane(name: str, engine: str, **extra: Any) -> dict[str, Any]:
    given = os.environ.get(f"{name.upper()}_DATABASE_URL", "")
    database = _database(given or OWNER_DATABASE_URL, engine, **extra)
    if not given:
        role = f"{ROLE_PREFIX}_{name}"
        database |= {"USER": role, "PASSWORD": role_password(role)}
    return database


_SHARED_ENGINE = "kooperacja.tenancy.shared_plane"
DATABASES: dict[str, dict[str, Any]] = {
    "default": _plane("app", "kooperacja.tenancy.tenant_plane"),
    "shared": _plane("shared", _SHARED_ENGINE),
    "publish": _plane("publish", _SHARED_ENGINE, TEST={"MIRROR": "shared"}),
}
# Found services lie anywhere in the directory's table; on today's disks that costs as much as in a row.
DATABASES["shared"]["OPTIONS"]["options"] += " -c random_page_cost=1.1"
if OWNER_DATABASE_URL:
    DATABASES["owner"] = _database(OWNER_DATABASE_URL, "django.db.backends.postgresql")
    DATABASES["owner"]["OPTIONS"]["options"] = "-c TimeZone=UTC -c search_path=public,ext"
    DATABASES["owner"]["CONN_MAX_AGE"] = 0
DATABASE_ROUTERS = ["kooperacja.tenancy.router.PlaneRouter"]
TENANT_DIRECTORY = "tenants.registry.directory"
TENANT_URLCONFS = {"GMINA": "gmina.urls", "POWIAT": "powiat.urls", "CITY": "kooperacja.city_urls"}
# Schemas kept ready for tenants that will be opened.
SPARE_TENANTS = environ.number("SPARE_TENANTS", 4)
# A connection that has seen so many tenants is replaced: its backend keeps what it knows of each of
# their tables. 0: as many as fit into 200 MB.
TENANTS_PER_CONNECTION = environ.number("TENANTS_PER_CONNECTION", 0)
# TERYT codes of tenants that are migrated first, one by one.
CANARY_TENANTS = os.environ.get("CANARY_TENANTS", "").split()
# Says which of a tenant's people an admitted account is, and as whom it acts.
TENANT_PERSON = "tenants.people.identity.identify"
TENANT_LEAVER = "tenants.people.identity.identify_leaver"
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", VAR_DIR / "backup"))
# Apart from the others: what is destroyed must be gone from its copies after 30 days.
FAMILY_KEYS_BACKUP_DIR = Path(
    os.environ.get("FAMILY_KEYS_BACKUP_DIR", VAR_DIR / "family-keys-backup")
)

# In the shared plane, so that it works when the broker is gone.
CACHES = {"default": {"BACKEND": "kooperacja.tenancy.cache.TenantCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kooperacja.drafts.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if HTTPS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sesja", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "pl"
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A folder of certificates (PEM or DER) of those whose electronic signatures are trusted.
SIGNATURE_TRUST_DIR = os.environ.get("SIGNATURE_TRUST_DIR", str(VAR_DIR / "trust"))
# The European list of trusted lists, by which `kooperacja trust update` finds a country's.
SIGNATURE_LIST_URL = os.environ.get(
    "SIGNATURE_LIST_URL", "https://ec.europa.eu/tools/lotl/eu-lotl.xml"
)
CLAMAV_SOCKET = os.environ.get("CLAMAV_SOCKET", "")

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = environ.port("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environ.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
INCOMING_MAIL_ADDRESS = environ.mailbox("INCOMING_MAIL_ADDRESS")  # of answers, and of returns
INCOMING_RETURNS_OFF = environ.flag("INCOMING_RETURNS_OFF")
INCOMING_IMAP_URL = environ.imap("INCOMING_IMAP_URL")
INCOMING_IMAP_DONE = os.environ.get("INCOMING_IMAP_DONE", "").strip()
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"Kooperacja <kooperacja@{HOST}>")

# --- Work outside the request ----------------------------------------------------------------
BROKER_URL = CELERY_BROKER_URL = os.environ.get("BROKER_URL", "")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # From each queue in turn, whatever waits in the others.
    "queue_order_strategy": "round_robin",
}
# In how many queues the work of tenants waits; when it changes, let the queues run empty first.
TENANT_SHARDS = environ.number("TENANT_SHARDS", 16, least=1)
CELERY_TASK_ROUTES = [
    {"tenants.schemas.tasks.*": {"queue": "provisioning"}},
    "kooperacja.queues.route",
]
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "run" / "beat-schedule")
CELERY_TIMEZONE = TIME_ZONE
SUMMARY_HOUR = schedule.SUMMARY_HOUR
CELERY_BEAT_SCHEDULE = schedule.BEAT

# --- Signing in ------------------------------------------------------------------------------
from kooperacja.accounts.allauth_settings import *  # noqa: E402, F403

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "kooperacja.accounts.passwords.NotLikeItsOwner"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.v1.keys.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.v1.parsers.BoundedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kooperacja",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    # Our own page shows descriptions as they are; the values stand beside them anyway.
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {  # most are a field "state"
        "DeclarationStateEnum": "tenants.accession.workflow.DeclarationState",
        "RegulationStateEnum": "tenants.regulation.workflow.RegulationState",
        "MeetingStateEnum": "tenants.meetings.workflow.MeetingState",
        "ArrangementStateEnum": "tenants.meetings.workflow.ArrangementState",
        "ActivityStateEnum": "tenants.dialogue.workflow.UndertakingState",
        "PresenceEnum": "tenants.meetings.models.attendance.Presence",
        "MeetingModeEnum": "tenants.meetings.models.meetings.MeetingMode",
        "ModeEnum": "tenants.accession.workflow.SignatureMode",
        "AgreementStateEnum": "tenants.agreements.workflow.AgreementState",
        "AgreementPartyStateEnum": "tenants.agreements.workflow.PartyState",
        "SignedPaperEnum": "api.v1.agreements.Under",
    },
}

SENTRY_DSN = os.environ.get("SENTRY_DSN", "")
METRICS_PORT = environ.port("METRICS_PORT", 0)
LOGGING_CONFIG = "kooperacja.ops.logs.configure"
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {"level": environ.choice("LOG_LEVEL", "INFO", _LEVELS)}
