"""Accounts, secret links and API tokens."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from remonta.kernel.ids import uuid7


class Account(AbstractBaseUser):
    """Somebody who can sign in. `name` is one field; `sort_name` is what lists are ordered by.

    `session_epoch` is part of every session's fingerprint: raising it ends all sessions of the account.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    theme = models.CharField(
        max_length=5, choices=[("auto", "auto"), ("light", "light"), ("dark", "dark")], default="auto"
    )
    timezone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = BaseUserManager["Account"]()

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return f"{super()._get_session_auth_hash(secret)}{self.session_epoch}"  # type: ignore[misc]


class SecretLink(models.Model):
    """A door without sign-in: the status page of an order, a quote's approval, a one-time sign-in.

    Only the fingerprint of the token is kept. `subject` and `subject_id` say what it opens, `purpose` how.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    language = models.CharField(max_length=10, default="en")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "purpose"], name="secret_link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject} {self.subject_id}"


class ApiToken(models.Model):
    """A key for programs: an account's rights, narrowed to the scopes."""

    uid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RateCounter(models.Model):
    """How often something was tried in the window that is running; one row a key, counted by all workers together."""

    key = models.CharField(max_length=80, unique=True)
    count = models.PositiveIntegerField(default=0)
    resets_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
