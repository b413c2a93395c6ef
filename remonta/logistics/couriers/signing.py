"""How reports of couriers are signed: the time and the HMAC of both, so that nobody else can report for them."""

import hmac
from hashlib import sha256

SIGNATURE = "X-Remonta-Signature"


def signed(at: int, body: bytes, secret: str) -> str:
    """`t=<seconds since 1970>,v1=<hex HMAC-SHA256 of t, a point and the body>`, as the hooks of the API take it."""
    return f"t={at},v1={hmac.new(secret.encode(), b'%d.' % at + body, sha256).hexdigest()}"
