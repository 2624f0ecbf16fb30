"""Settings, all from the environment (docs/operations.md). Safe unless INZAGE_DEMO says otherwise."""

import os
import secrets
from pathlib import Path

from inzage.project.environment import (
    database,
    evening_limits,
    issuer_and_audience,
    mailbox,
    one_of,
    own_address,
    text_of,
    whole_number,
)
from inzage.project.identity_provider import app_name, own_codes, provider, roles, scopes
from inzage.project.logs import without_refusals

VAR = Path(os.environ.get("INZAGE_VAR", "var")).absolute()
DEMO = os.environ.get("INZAGE_DEMO") == "1"
DEBUG = False


def _secret_key() -> str:
    """The configured key, or one that lives as long as the process."""
    configured = text_of("INZAGE_SECRET_KEY_FILE") or os.environ.get("INZAGE_SECRET_KEY")
    return configured or secrets.token_urlsafe(64)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("INZAGE_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = own_address("INZAGE_PUBLIC_URL", "http://127.0.0.1:8000")
DECISION_URL = own_address("INZAGE_DECISION_URL", PUBLIC_URL)
"""By which other systems know the decision point, where that is another name than the portal's."""

OWN_FILE = VAR / ("demo.sqlite3" if DEMO else "inzage.sqlite3")
DATABASES = {"default": database("INZAGE_DATABASE_URL", OWN_FILE)}
LOCK_SECONDS = whole_number("INZAGE_LOCK_SECONDS", 30, least=0, most=86_400)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer waits for the other instead of failing; IMMEDIATE locks at the start, so nothing read goes stale.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_SECONDS,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # The decision's plan is kept (view_rights/prepared.py); Django's own queries are bound on this side as before.
    waits = {"options": f"-c lock_timeout={LOCK_SECONDS}s", "prepare_threshold": 5}
    DATABASES["default"]["OPTIONS"] = {**waits, **DATABASES["default"].get("OPTIONS", {})}
FORM_FILES = Path(os.environ.get("INZAGE_FILES") or VAR / "files").absolute()
"""Where files that come with forms lie: no folder that a web server gives out."""
REHEARSALS = VAR / "rehearsals"
"""Where the lines of a rehearsal lie: no folder that a web server gives out."""
MOST_FILE_BYTES = whole_number("INZAGE_FILE_MEGABYTES", 10, least=1, most=100) * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "inzage.partners",
    "inzage.dossiers",
    "inzage.consents",
    "inzage.rule_books",
    "inzage.access_log",
    "inzage.notices",
    "inzage.tasks",
    "inzage.inbox",
    "inzage.outbox",
    "inzage.view_rights",
    "inzage.oversight",
    "inzage.decision_api",
    "inzage.portal",
    "inzage.project",
]
AUTH_USER_MODEL = "partners.Person"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # a subject is unique per issuer, and nobody signs in with a password
AUTHENTICATION_BACKENDS = ["inzage.portal.signing_in.PersonBackend"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "inzage.portal.headers.SecurityHeaders",
    "inzage.portal.bounds.Bounds",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "inzage.portal.swapping.WholePages",
    "inzage.portal.coming_in.session_limits.SessionLimits",
    "inzage.portal.language.Language",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LOGIN_URL = "sign-in"
IDENTITY_PROVIDER = "inzage.adapters.oidc.flow.configured"
"""What gives the pages the provider at which people sign in; they don't know the adapters."""
ROOT_URLCONF = "inzage.project.urls"
WSGI_APPLICATION = "inzage.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "inzage.portal.context.surroundings",
            ],
            "builtins": ["inzage.portal.templatetags.days", "inzage.portal.templatetags.colons"],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "inzage_language" if DEMO else "__Host-inzage_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = not DEMO
LOCALE_PATHS = [
    *sorted((Path(__file__).parents[1] / "portal").glob("**/locale")),
    Path(__file__).parents[1] / "notices" / "locale",
]
"""Beside the pages and mails whose words they translate. Dutch is what they say themselves."""
USE_I18N = True
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True

PRINTED, KEPT = "django.core.mail.backends.console.EmailBackend", "inzage.notices.kept_mails.EmailBackend"
EMAIL_BACKEND = os.environ.get("INZAGE_EMAIL_BACKEND", KEPT if DEMO else PRINTED)
EMAIL_FILE_PATH = VAR / "demo-mails"
EMAIL_HOST = os.environ.get("INZAGE_EMAIL_HOST", "localhost")
EMAIL_PORT = whole_number("INZAGE_EMAIL_PORT", 25, least=1, most=65_535)
EMAIL_HOST_USER = os.environ.get("INZAGE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("INZAGE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("INZAGE_EMAIL_TLS") == "1"
EMAIL_TIMEOUT = 30
BRUSSELS_MAILBOX = mailbox("INZAGE_BRUSSELS_MAILBOX", "formulieren@brussel.example" if DEMO else "")
BRUSSELS_IBIS_MAILBOX = mailbox("INZAGE_BRUSSELS_IBIS_MAILBOX", "ibis@brussel.example" if DEMO else "")
DEFAULT_FROM_EMAIL = os.environ.get("INZAGE_MAIL_FROM", "inzage@localhost")

ENROLMENT_DAYS = whole_number("INZAGE_ENROLMENT_DAYS", 7, least=1, most=365)
EVENT_SOURCE = os.environ.get("INZAGE_EVENT_SOURCE", "urn:be.inzage:register")
ACCESS_REQUESTS = one_of("INZAGE_ACCESS_REQUESTS", "off", "on") == "on"
"""Whether a refusal is also said in the shape of AuthZEN's access request profile, a draft."""
NOT_TOLD = {"actiris"} if one_of("INZAGE_ACTIRIS", "on", "off") == "off" else set[str]()
"""The destinations for which no message is written at all."""

REQUIRE_VERIFIED_RULES = one_of("INZAGE_REQUIRE_VERIFIED_RULES", "off", "on") == "on"
"""Whether a right that would end by a rule that is not verified is held, for a person to look at."""
EVENING_LIMITS = evening_limits()
"""Above what the rights that would end in one night are held (docs/decisions/0056)."""

TOKEN_ISSUER, TOKEN_AUDIENCE = issuer_and_audience("INZAGE_TOKEN_ISSUER", "INZAGE_TOKEN_AUDIENCE")
DECISIONS_PER_MINUTE = whole_number("INZAGE_DECISIONS_PER_MINUTE", 600_000, least=1_000, most=60_000_000)
SEARCHES_PER_MINUTE = whole_number("INZAGE_SEARCHES_PER_MINUTE", 6_000, least=1, most=60_000_000)
DENIALS_PER_MINUTE = whole_number("INZAGE_DENIALS_PER_MINUTE", 60_000, least=1, most=60_000_000)
"""Of each caller, in each process. A request with many questions at once, 1,000 at most, must fit in a minute."""
MISSES_PER_HOUR = whole_number("INZAGE_MISSES_PER_HOUR", 60, least=1, most=100_000)
"""After how many searches that found nothing a person must wait, counted in all processes together."""

SECURE_REDIRECT_EXEMPT = ["^gezond$", "^in/vdab/events$"]
"""What asks for our health stands before the proxy's TLS, and is told nothing but yes or no; events are refused."""
OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = provider()
OIDC_APP = app_name()
OIDC_SCOPES = scopes(OIDC_APP)
OIDC_ROLES = roles()
OIDC_OWN_CODES = own_codes()
OIDC_LEAST_LEVEL = whole_number("INZAGE_OIDC_ACR", 25, least=0, most=35)
"""The least level of a means of signing in, as ACM counts them: 25 is eIDAS substantial; 0 asks for none."""
SESSION_IDLE_MINUTES = whole_number("INZAGE_SESSION_IDLE_MINUTES", 30, least=5, most=480)
SESSION_HOURS = whole_number("INZAGE_SESSION_HOURS", 8, least=1, most=24)

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
if os.environ.get("INZAGE_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "inzage" if DEMO else "__Host-inzage"
CSRF_COOKIE_NAME = "inzage_csrf" if DEMO else "__Host-inzage_csrf"
SAID_COOKIE_NAME = "inzage_said" if DEMO else "__Host-inzage_said"
MESSAGE_STORAGE = "inzage.portal.said.OwnCookie"
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 3600
"""Longer than any session lasts: whoever comes back the next day is known as who wrote what he or she then sends."""
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "refusals": {"()": "django.utils.log.CallbackFilter", "callback": without_refusals},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
