"""The floor's settings: the product's database and server under a page that does the least."""

from remonta.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bench.floor_page"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its application does not start without
]
