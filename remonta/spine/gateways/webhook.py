"""Webhooks: JSON signed with HMAC-SHA256 in the way of Standard Webhooks, only to the open internet."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime

from remonta.spine.gateways.contract import Envelope, NotSent, Receipt
from remonta.spine.gateways.http import Address, outside, post


class Webhook:
    """`recipient` is the address, `body` the JSON. Receivers know a repeat by its `webhook-id`."""

    name = "webhook"
    recognises_repeats = True

    def __init__(self, key_of: Callable[[str], str], *, loopback: bool = False) -> None:
        self.key_of, self.loopback = key_of, loopback

    def send(self, envelope: Envelope) -> Receipt:
        stamp = str(int((envelope.at or datetime.now(UTC)).timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Remonta",
            "webhook-id": envelope.uid,
            "webhook-timestamp": stamp,
            "webhook-signature": signature(self.key_of(envelope.about), envelope.uid, stamp, envelope.body),
        }
        answer = post(envelope.recipient, envelope.body.encode(), headers, self._admits)
        if answer.status == 410:
            raise NotSent("The receiver said that it is gone for good (410).", final=True)
        if not 200 <= answer.status < 300:
            raise NotSent(f"The receiver answered {answer.status}: {answer.body[:200]!r}")
        return Receipt(str(answer.status))

    def _admits(self, address: Address) -> bool:
        return outside(address) or (self.loopback and address.is_loopback)


def signature(key: str, uid: str, stamp: str, body: str) -> str:
    """`v1,` and the base64 HMAC-SHA256 of id, timestamp and body joined by dots; `key` is `whsec_` and base64."""
    secret = b64decode(key.removeprefix("whsec_"))
    return "v1," + b64encode(hmac.digest(secret, f"{uid}.{stamp}.{body}".encode(), hashlib.sha256)).decode()


def derived_key(secret: str, about: str) -> str:
    """The signing key of one subscription, made from the installation's secret, so that none needs to be stored."""
    return "whsec_" + b64encode(hmac.digest(secret.encode(), f"webhook:{about}".encode(), hashlib.sha256)).decode()
