"""Ids for the outside world: UUIDv7 (RFC 9562), which clients may make themselves, and secret tokens."""

import secrets
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID


def uuid7(at: datetime | None = None) -> UUID:
    """48 bits of milliseconds since 1970, version 7, the variant, 74 random bits (RFC 9562, 5.7)."""
    milliseconds = int((at or datetime.now(UTC)).timestamp() * 1000)
    random_a, random_b = secrets.randbits(12), secrets.randbits(62)
    return UUID(int=milliseconds << 80 | 7 << 76 | random_a << 64 | 0b10 << 62 | random_b)


def made_at(uid: UUID) -> datetime:
    """When the client made a UUIDv7; the clock of the client, so only roughly true."""
    return datetime.fromtimestamp((uid.int >> 80) / 1000, UTC)


def new_token() -> str:
    """A secret for a link or an API key: 192 random bits in URL-safe text of 32 characters."""
    return secrets.token_urlsafe(24)


def fingerprint(token: str) -> str:
    """What is stored of a token: the hex SHA-256. A token of 192 random bits needs no salt."""
    return sha256(token.encode()).hexdigest()
