"""Secrets that must be read again are kept encrypted with a key of the installation, apart from the database."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def lock_up(secret: str, purpose: str) -> bytes:
    """The secret as Fernet text (AES-128-CBC with HMAC-SHA256), under a key of its purpose's own."""
    return _box(purpose).encrypt(secret.encode())


def open_up(kept: bytes, purpose: str) -> str:
    """The secret again; empty when the installation's secret is no longer the one it was kept with."""
    try:
        return _box(purpose).decrypt(bytes(kept)).decode()
    except InvalidToken:
        return ""


def _box(purpose: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
