"""One Django project. Where it stands above the rooms, it names them by string only."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from remonta.web.vendor import VENDOR_FILES as VENDOR_FILES

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("REMONTA_HOME", "var")).resolve()
DEBUG = os.environ.get("REMONTA_DEBUG") == "1"


def _secret() -> str:
    """From the environment, else kept beside the data, made at the first start and readable by its owner only."""
    if given := os.environ.get("REMONTA_SECRET_KEY"):
        return given
    kept = HOME / "secret.key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        made = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


# PostgreSQL's planner tries every order of up to so many joins. Ours stand in a good order already: planning a list of
# orders took 20 ms with eight and less than one with four, running it a third of one. Machine code never pays here.
PLANNING = "-c join_collapse_limit=4 -c jit=off"


def _database(url: str) -> dict[str, Any]:
    """SQLite in the home folder by default; PostgreSQL by its URL."""
    parts = urlsplit(url)
    if parts.scheme in ("", "sqlite"):
        name = unquote(parts.path) if url else HOME / "remonta.sqlite3"
        own = {"NAME": ":memory:"}  # the tests' own database
        return {"ENGINE": "remonta.spine.sqlite", "NAME": name, "CONN_MAX_AGE": None, "TEST": own}
    options = {"options": PLANNING, **dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)}
    pool = {"min_size": 1, "max_size": int(os.environ.get("REMONTA_POOL", "8"))}
    return {
        "ENGINE": "remonta.spine.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": pool, **options},
    }


SECRET_KEY = _secret()
BASE_URL = os.environ.get("REMONTA_URL", f"http://127.0.0.1:{os.environ.get('REMONTA_PORT', '8000')}").rstrip("/")
ORDER_LINK = BASE_URL + "/s/{token}"  # where customers follow a repair: on papers and in messages
ALLOWED_HOSTS = [*filter(None, os.environ.get("REMONTA_HOSTS", "*").split(","))]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.Account"
ROOT_URLCONF = "remonta.urls"
APPEND_SLASH = False

# Rooms from the ground up; migrations and translations are found in this order.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "remonta.spine",
    "remonta.identity",
    "remonta.customers",
    "remonta.catalogue",
    "remonta.equipment",
    "remonta.stock",
    "remonta.orders",
    "remonta.quotes",
    "remonta.dispatch",
    "remonta.supply",
    "remonta.logistics",
    "remonta.billing",
    "remonta.quality",
    "remonta.calls",
    "remonta.documents",
    "remonta.notices",
    "remonta.reports",
    "remonta.exchange",
    "remonta.counter",
    "remonta.web",
    "remonta.desk",
    "remonta.portal",
    "remonta.api",
    "remonta.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "remonta.web.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "remonta.web.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "remonta.web.middleware.RefusalMiddleware",
    "remonta.web.middleware.ActorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "remonta.web.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "remonta.web.templatetags.web"],
        },
    }
]

FORM_RENDERER = "remonta.web.form_renderer.FormRenderer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "remonta.web.sign_in.adapter.AccountAdapter"
MFA_ADAPTER = "remonta.web.sign_in.adapter.MFAAdapter"
ACCOUNT_RATE_LIMITS = False  # web/rate_limit.py counts instead, for all workers together
ACCOUNT_FORMS = {"login": "remonta.web.sign_in.forms.SignInForm"}
MFA_FORMS = {"authenticate": "remonta.web.sign_in.forms.CodeForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Remonta"

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "remonta.web.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
REMONTA_TRUSTED_PROXIES = int(os.environ.get("REMONTA_TRUSTED_PROXIES", "0"))
REMONTA_MAX_BODY = 64 * 1024 * 1024
REMONTA_API_RATE = int(os.environ.get("REMONTA_API_RATE", "1200"))  # requests a minute for each API key
REMONTA_CALLS_SECRETS = {  # by telephone exchange: REMONTA_CALLS_SECRET is of the one called “default”
    name.removeprefix("REMONTA_CALLS_SECRET").lstrip("_").lower() or "default": secret
    for name, secret in os.environ.items()
    if name.startswith("REMONTA_CALLS_SECRET")
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("pl", "Polski"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["remonta.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web" / "static_root"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until the server collects into it
STATICFILES_FINDERS = [
    "remonta.web.static_files.VendorFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "remonta.web.static_files.HashedStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
NODE_MODULES = Path(os.environ.get("REMONTA_NODE_MODULES", PACKAGE.parent / "node_modules"))
REMONTA_FONTS = next(
    (
        path
        for path in (PACKAGE / "documents" / "fonts", HOME / "fonts", PACKAGE.parent / "var" / "fonts")
        if any(path.glob("*.ttf"))
    ),
    HOME / "fonts",
)
REMONTA_CITIES = next(
    (path for path in (PACKAGE / "customers" / "data", HOME, PACKAGE.parent / "var") if any(path.glob("cities.*"))),
    HOME,
)
FILES_URL = os.environ.get("REMONTA_FILES", "")

# Ways to the outside; where none is set, messages are written into the folder `outbox` of the home folder.
REMONTA_SMTP = os.environ.get("REMONTA_SMTP", "")
REMONTA_SMS = os.environ.get("REMONTA_SMS", "")
REMONTA_SMS_TEMPLATE = os.environ.get("REMONTA_SMS_TEMPLATE", '{"to": "{recipient}", "text": "{body}", "id": "{uid}"}')
REMONTA_SMS_KNOWS_REPEATS = os.environ.get("REMONTA_SMS_KNOWS_REPEATS") == "1"
REMONTA_WEBHOOK_LOOPBACK = os.environ.get("REMONTA_WEBHOOK_LOOPBACK") == "1"
REMONTA_COURIER_LOOPBACK = os.environ.get("REMONTA_COURIER_LOOPBACK") == "1"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# Every reaction of every room, lowest floor first; a test compares this table with the rooms.
REACTIONS: list[str] = [
    "remonta.equipment.reactions.erase_notes_on_units",
    "remonta.stock.reactions.keep_tracking_of_stock",
    "remonta.stock.reactions.erase_words_of_loans",
    "remonta.orders.reactions.erase_texts_of_orders",
    "remonta.orders.reactions.hold_for_loaner",
    "remonta.orders.reactions.let_go_with_loaner_back",
    "remonta.orders.reactions.ask_for_loaner",
    "remonta.quotes.reactions.erase_words_of_quotes",
    "remonta.dispatch.reactions.revoke_cancelled",
    "remonta.dispatch.reactions.revoke_stopped",
    "remonta.dispatch.reactions.finish_ready",
    "remonta.dispatch.reactions.erase_words_of_engineers",
    "remonta.supply.reactions.free_parts_of_cancelled",
    "remonta.supply.reactions.free_parts_of_stopped",
    "remonta.supply.reactions.give_parts_with_unit",
    "remonta.supply.reactions.want_what_is_lost",
    "remonta.supply.reactions.serve_who_waits_for_transfer",
    "remonta.supply.reactions.forget_refused_transfer",
    "remonta.supply.reactions.forget_cancelled_transfer",
    "remonta.supply.reactions.forget_settled_transfer",
    "remonta.logistics.reactions.send_back_when_ready",
    "remonta.logistics.reactions.send_back_when_stopped",
    "remonta.logistics.reactions.erase_senders_and_receivers",
    "remonta.billing.reactions.owe_when_ready",
    "remonta.billing.reactions.return_when_stopped",
    "remonta.billing.reactions.owe_what_was_approved",
    "remonta.billing.reactions.return_what_was_declined",
    "remonta.billing.reactions.owe_nothing_yet",
    "remonta.billing.reactions.charge_what_is_issued",
    "remonta.billing.reactions.charge_nothing_for_a_mistake",
    "remonta.billing.reactions.charge_nothing_for_unused",
    "remonta.billing.reactions.charge_on_other_terms",
    "remonta.billing.reactions.follow_the_rule",
    "remonta.billing.reactions.credit_when_cancelled",
    "remonta.billing.reactions.keep_who_owes",
    "remonta.quality.reactions.erase_words_of_ratings",
    "remonta.calls.reactions.erase_numbers_of_calls",
    "remonta.documents.reactions.erase_papers",
    "remonta.notices.reactions.tell_taken_in",
    "remonta.notices.reactions.tell_quote_sent",
    "remonta.notices.reactions.tell_quote_approved",
    "remonta.notices.reactions.tell_quote_declined",
    "remonta.notices.reactions.tell_part_arrived",
    "remonta.notices.reactions.tell_parts_expected",
    "remonta.notices.reactions.tell_ready",
    "remonta.notices.reactions.tell_unrepaired",
    "remonta.notices.reactions.ask_for_rating",
    "remonta.notices.reactions.pass_message_on",
    "remonta.notices.reactions.tell_work_offered",
    "remonta.notices.reactions.tell_poor_rating",
    "remonta.notices.reactions.tell_failed_check",
    "remonta.notices.reactions.tell_message_failed",
    "remonta.notices.reactions.tell_task_given",
    "remonta.notices.reactions.tell_send_in",
    "remonta.notices.reactions.tell_reminder",
    "remonta.notices.reactions.tell_parcel_sent",
    "remonta.notices.reactions.tell_parcel_late",
    "remonta.notices.reactions.tell_batch_late",
    "remonta.notices.reactions.tell_tracking_number",
    "remonta.notices.reactions.tell_shipment_lost",
    "remonta.notices.reactions.tell_shipment_returned",
    "remonta.notices.reactions.tell_shipment_refused",
    "remonta.notices.reactions.tell_shipment_late",
    "remonta.notices.reactions.tell_round_planned",
    "remonta.notices.reactions.tell_loan_overdue",
    "remonta.notices.reactions.tell_transfer_asked",
    "remonta.notices.reactions.tell_transfer_refused",
    "remonta.notices.reactions.tell_transfer_sent",
    "remonta.counter.reactions.order_parts",
    "remonta.counter.reactions.set_parts_free",
    "remonta.counter.reactions.set_replaced_parts_free",
    "remonta.counter.reactions.fit_into_unit",
    "remonta.counter.reactions.take_out_of_unit",
    "remonta.counter.reactions.take_mistake_out_of_unit",
    "remonta.counter.reactions.parcel_picked_up",
    "remonta.counter.reactions.parcel_delivered",
    "remonta.counter.reactions.batch_picked_up",
    "remonta.counter.reactions.batch_delivered",
    "remonta.counter.reactions.erase_who_took_it",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("REMONTA_LOG", "WARNING")},
}
