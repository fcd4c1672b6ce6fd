"""The one settings file. Everything that differs between places is an environment variable (.env.example)."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
import pghistory
from django.http.request import validate_host
from django.templatetags.static import static

from config.keyring import keyring

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = env = environ.Env()

DEMO = env.bool("DEMO", default=False)  # a practice system: demo data, demo log-ins, messages to files
KEEP_QUIET_HOURS = not DEMO  # nobody is woken by a practice system, where a week passes in seconds
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)  # behind a proxy that speaks TLS
PHONE_REGION = env.str("PHONE_REGION", default="US")  # the country of numbers written without one
# Counseling notes are sealed under the first of these and opened under all; without one nothing starts.
COUNSELING_KEYS = keyring(env.str("COUNSELING_KEYS"))
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",  # the plain one would put its own site in place of ours
    "config.admin.ThroughlineAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "pgtrigger",
    "pghistory",
    "health_check",
    # Imports point left only: each app may use those above it.
    "audit",
    "accounts",
    "patients",
    "duties",
    "messaging",
    "treatment",
    "aftercare",
]

MIDDLEWARE = [
    "audit.middleware.AccessLog",  # outermost, so that refusals and rolled-back verbs are kept
    "config.public.PublicHost",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "audit.middleware.HistoryContext",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# The login in DATABASE_URL is the role: `owner` to migrate, `web` for everything else.
DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.db.backends.postgresql")}
DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True, ATOMIC_REQUESTS=False)
# What is asked again on a kept connection is planned once: planning took longer than running it.
DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=2)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis carries ids and throttle counts and may be lost at any time.
REDIS_URL = env.str("REDIS_URL")
BROKER_PREFIX = env.str("BROKER_PREFIX", default="throughline:")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": BROKER_PREFIX,
    }
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # acks_late alone loses the task when a pool child dies
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# At least two: a mail server that hangs holds one sender, and the clock must go on beside it.
CELERY_WORKER_CONCURRENCY = max(2, env.int("WORKER_CONCURRENCY", default=2))
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": BROKER_PREFIX,
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "UTC"

# The clock. The watchdog calls the system ill when the last tick is older than TICK_ALARM.
TICK_EVERY = timedelta(seconds=env.float("TICK_SECONDS", default=5))
TICK_ALARM = timedelta(seconds=60)
# A process that has just begun is younger than the first beat of what runs once a minute: until then pages say so.
STARTED_AT = datetime.now(UTC)
WARM_UP = timedelta(seconds=120)
DEADMAN_URL = env.str("DEADMAN_URL", default="")

# Beyond these a coach's load is shown in red; nothing else follows from it.
LOAD_LIMITS = {
    "open_calls": env.int("LOAD_OPEN_CALLS", default=40),
    "calls_today": env.int("LOAD_CALLS_A_DAY", default=25),
    "alerts": env.int("LOAD_ALERTS_A_SHIFT", default=8),
}

# Messages that one worker hands over at the same moment; a mail server may take fewer from one address.
SEND_AT_ONCE = max(1, env.int("SEND_AT_ONCE", default=8))

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # shorter than the lease on a notice, so that a hanging server never sends twice
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="messages@localhost")
if backend := env.str("EMAIL_BACKEND", default=""):  # one of anymail's, which reads ANYMAIL
    EMAIL_BACKEND = backend
ANYMAIL = json.loads(env.str("ANYMAIL", default="") or "{}")

# Text messages: Twilio's account, or whatever answers like it. Without one no text is sent.
SMS_API_URL = env.str("SMS_API_URL", default="https://api.twilio.com")
SMS_ACCOUNT = env.str("SMS_ACCOUNT", default="")
SMS_TOKEN = env.str("SMS_TOKEN", default="")
SMS_FROM = env.str("SMS_FROM", default="")
SMS_TIMEOUT = 20  # seconds to connect, and the same to answer: both shorter than the lease on a notice
# Where people and the provider reach this system. It must be neutral: people see it in messages.
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
# Where its host is none of the clinic's own, it serves nothing else (config.public).
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
if validate_host(PUBLIC_HOST, ALLOWED_HOSTS):
    PUBLIC_HOST = ""
elif PUBLIC_HOST:
    ALLOWED_HOSTS.append(PUBLIC_HOST)
# A channel that takes nothing so many times in a row, within so long, is down for everybody.
GATEWAY_FAILURES = 5
GATEWAY_WINDOW = timedelta(minutes=10)

# The page people answer on without signing in, at PUBLIC_URL/c/: for how long, and where its way out leads.
LINK_LASTS = timedelta(days=env.int("LINK_DAYS", default=14))
LINK_GRACE = timedelta(days=env.int("LINK_GRACE_DAYS", default=7))  # for a late answer to a closed check-in
EXIT_URL = env.str("EXIT_URL", default="https://www.weather.gov/")

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # NIST SP 800-63B-4: a password alone is at least 15 characters, and no composition rules.
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Documents are read into memory and go into the database; nothing of them ever lies on a disk of ours.
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=10_000_000)
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DOCUMENT_MAX_BYTES + 100_000

# Strict everywhere; the admin's theme needs a little more, scoped to /admin/ (config.urls).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".local" / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
WHITENOISE_USE_FINDERS = env.bool("SERVE_STATIC_FROM_SOURCE", default=DEMO or DEBUG)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "patients.views.bases.Schema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "audit.problems.problem",
    "DEFAULT_THROTTLE_RATES": {"login": env.str("LOGIN_RATE", default="20/min")},
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Throughline",
    "DESCRIPTION": "From the hour a person is medically stable to the day their aftercare ends.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "PREPROCESSING_HOOKS": ["config.api.nouns.with_creation"],
    # Choices that several nouns share, and choices of one name that differ, each under a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "Role": "accounts.models.Role",
        "Shift": "accounts.models.Shift",
        "Known": "patients.codes.Known",
        "Stage": "patients.models.Stage",
        "ClearanceBasis": "patients.models.ClearanceBasis",
        "AssessmentSeverity": "treatment.models.instruments.Severity",
        "AnswersKeptAs": "treatment.models.instruments.KeptAs",
        "AssessedHow": "treatment.models.assessments.AnsweredHow",
        "BedOverride": "treatment.models.beds.BedOverride",
        "DutyOutcome": "duties.models.Outcome",
        "DutyEventKind": "duties.models.Kind",
        "AnswerDraftEnd": "aftercare.models.DraftEnd",
        "LinkEnd": "aftercare.models.LinkEnd",
        "CheckInOutcome": "aftercare.models.CheckInOutcome",
        "CallOutcome": "aftercare.models.CallOutcome",
        "ConversationOutcome": "treatment.models.ConversationOutcome",
        "ConversationKind": "treatment.models.conversations.ConversationKind",
        "VerifiedHow": "patients.models.contacts.VerifiedHow",
        "Analyte": "treatment.models.analytes.CHOICES",
        "AnsweredBy": "aftercare.models.AnsweredBy",
        "Tier": "aftercare.models.Tier",
        "TieredFor": "aftercare.models.TieredFor",
        "PauseReason": "aftercare.models.PauseReason",
        "ConfirmingMethod": "treatment.models.toxicology.CONFIRMING",
        "InvestigationKind": "treatment.models.investigations.Kind",
        "RandomOutcome": "treatment.models.random_tests.RandomOutcome",
        "ReferredBecause": "treatment.models.urology.ReferredBecause",
        "TestMethod": "treatment.models.toxicology.Method",
        "GivenHow": "treatment.models.education.GivenHow",
        "DocumentKind": "patients.models.documents.DocumentKind",
        "LegalKind": "treatment.models.LegalKind",
        "SupporterKind": "patients.models.supporters.SupporterKind",
        "AllergySeverity": "patients.models.allergies.AllergySeverity",
        "AllergyStatus": "patients.models.allergies.AllergyStatus",
        "ConditionSeverity": "patients.models.conditions.ConditionSeverity",
        "ConditionStatus": "patients.models.conditions.ConditionStatus",
        "SessionKind": "treatment.models.groups.SessionKind",
        "HeldHow": "treatment.models.telehealth.HeldHow",
        "NoteFormat": "treatment.models.formats.NoteFormat",
        "AppointmentState": "treatment.models.appointments.AppointmentState",
        "CancelReason": "treatment.models.appointments.CancelReason",
        "AttendanceReason": "treatment.models.sessions.AttendanceReason",
        "MessageMeaning": "messaging.models.Meaning",
        "Channel": "patients.codes.Channel",
        "WrittenChannel": "messaging.models.Written",
        "NoticeState": "duties.models.NoticeState",
        "BedBlockReason": "treatment.models.beds.BlockReason",
        "AbsenceKind": "treatment.models.absences.AbsenceKind",
        "PoliceBasis": "treatment.models.departures.PoliceBasis",
        "DepartureKind": "treatment.models.DepartureKind",
        "DepartureOutcome": "treatment.models.DepartureOutcome",
        "OfferOutcome": "treatment.models.OfferOutcome",
        "ProposalOutcome": "treatment.models.ProposalOutcome",
        "TransferKind": "treatment.models.TransferKind",
        "TransferOutcome": "treatment.models.TransferOutcome",
        "Answered": "patients.codes.Answered",
        "MedicationDecision": "treatment.models.medication.Decision",
        "UseFrequency": "patients.codes.Frequency",
        "DoseFrequency": "treatment.models.medication_orders.Frequency",
        "UseRoute": "patients.codes.Route",
        "MedicationRoute": "treatment.models.medications.MedicationRoute",
        "PlanOver": "treatment.models.plans.PlanOver",
        "MedicationStoppedBecause": "treatment.models.medication_orders.StopBecause",
        "NoObjective": "treatment.models.progress.NoObjective",
        "NoObjectiveSaid": "treatment.serializers.plans.NO_OBJECTIVE",
        "ProgressRating": "treatment.models.progress.ProgressRating",
        "ObjectiveStatus": "treatment.models.plan_lines.ObjectiveStatus",
        "ProblemStatus": "treatment.models.plan_lines.ProblemStatus",
        "CheckKind": "treatment.models.CheckKind",
        "Counsel": "treatment.models.medications.Counsel",
        "DoseOutcome": "treatment.models.DoseOutcome",
        "FindingLevel": "treatment.serializers.medication_orders.LEVELS",
        "MedicationEvidence": "treatment.models.medications.Evidence",
        "NotGivenOutcome": "treatment.serializers.doses.OTHERWISE",
        "OrderState": "treatment.models.OrderState",
        "OrderedHow": "treatment.models.medication_orders.OrderedHow",
        "StoppedByHand": "treatment.serializers.medication_orders.STOPPED_BY_HAND",
        "ToldAtStop": "treatment.serializers.medication_orders.TOLD_AT_STOP",
        "ToldWithIt": "treatment.serializers.doses.TOLD_WITH_IT",
        "RestrictionKind": "treatment.models.restrictions.OnlyFor",
        "MedicationResponse": "treatment.models.uses.MedicationResponse",
        "OfferResponse": "treatment.models.uses.Response",
        "Credential": "treatment.models.Credential",
        "Dealt": "treatment.models.Dealt",
        "Direction": "treatment.models.Direction",
        "Edition": "treatment.models.levels.Edition",
        "EitherLevel": "treatment.serializers.levels.EITHER_CHOICES",
        "HoursState": "treatment.serializers.levels.HOURS_STATES",
        "LevelAssessmentKind": "treatment.models.LevelAssessmentKind",
        "Breathing": "treatment.models.handovers.Breathing",
        "BreathingSeen": "treatment.models.rounds.BreathingSeen",
        "IncidentKind": "treatment.models.IncidentKind",
        "IncidentReportOutcome": "treatment.models.incidents.ReportOutcome",
        "IncidentSeverity": "treatment.serializers.incidents.SEVERITIES",
        "IncidentState": "treatment.models.IncidentState",
        "RoundState": "treatment.models.rounds.State",
        "ProgramSetting": "treatment.models.placements.Setting",
        "Substance": "patients.codes.Substance",
        "UseSetting": "patients.codes.UseSetting",
    },
    "COMPONENT_SPLIT_REQUEST": True,
}
REST_KNOX = {
    "TOKEN_TTL": timedelta(hours=12),
    "AUTO_REFRESH": False,
    "USER_SERIALIZER": None,
    "TOKEN_LIMIT_PER_USER": 20,
}

# Row history: event rows carry who and which request as one JSON column, no foreign keys, no joins.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
# A history is read by its row. An index for each of its other keys would double the cost of every write.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

UNFOLD = {
    "SITE_TITLE": "Throughline",
    "SITE_HEADER": "Throughline",
    "SITE_SUBHEADER": "Practice system" if DEMO else None,
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("throughline/icon.svg")}
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "DASHBOARD_CALLBACK": "config.admin.front_page",
    "COLORS": {
        "primary": {
            "50": "240 253 250",
            "100": "204 251 241",
            "200": "153 246 228",
            "300": "94 234 212",
            "400": "45 212 191",
            "500": "20 184 166",
            "600": "15 118 110",
            "700": "17 94 89",
            "800": "19 78 74",
            "900": "17 63 60",
            "950": "4 47 46",
        }
    },
    "SIDEBAR": {"show_search": True, "show_all_applications": False},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # A line for every tick, every few seconds, hides what matters.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "twilio.http_client": {"level": "WARNING"},  # ten lines a text, and in them whom it went to
    },
}
