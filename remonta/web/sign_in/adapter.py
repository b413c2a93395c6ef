"""What the sign-in library is told about us."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from remonta.web.rate_limit import address_of, allow, forget

WINDOW = timedelta(minutes=5)
TRIES_A_PERSON, TRIES_AN_ADDRESS = 8, 60


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed; attempts are counted by our own counter, which all workers share."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before the password is looked at: so many tries an e-mail address, so many a network address."""
        person = allow(person_key(credentials), TRIES_A_PERSON, WINDOW)
        if not (allow(f"sign-in:{address_of(request)}", TRIES_AN_ADDRESS, WINDOW) and person):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        account: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if account is not None:
            forget(person_key(credentials))
        return account

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Addresses are kept with the account itself, not in the library's own table."""
        key = f"reauthenticate:{user.pk}"
        if not allow(key, TRIES_A_PERSON, WINDOW) or not user.check_password(password):
            return False
        forget(key)
        return True

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Letters go through the outbox only; the library sends none by itself."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are kept encrypted under the installation's own key."""

    def encrypt(self, text: str) -> str:
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return seal().decrypt(encrypted_text.encode()).decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As for accounts: no letters by themselves."""


def seal() -> Fernet:
    key = sha256(b"second factors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))


def person_key(credentials: dict[str, Any]) -> str:
    return f"sign-in-as:{str(credentials.get('email') or credentials.get('username') or '').strip().lower()}"
