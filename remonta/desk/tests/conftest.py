"""Signing in as one of the cast, and a picture."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from remonta.identity.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(cast) -> Callable[[str], Client]:
    def as_(name: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(email=f"{name}@example.com"), BACKEND)
        return client

    return as_


@pytest.fixture
def png() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("scratch.png", drawn.getvalue(), "image/png")
