"""The ways to the outside, as the settings choose them."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from remonta.spine.gateways.contract import Enclosure, Envelope, Gateway, NotSent, Receipt, Unclear
from remonta.spine.gateways.folder import Folder
from remonta.spine.gateways.sms import sms_gateway
from remonta.spine.gateways.smtp import Mail
from remonta.spine.gateways.webhook import Webhook, derived_key

__all__ = [
    "Enclosure",
    "Envelope",
    "Gateway",
    "NotSent",
    "Receipt",
    "Unclear",
    "gateway_for",
    "webhook_key",
]


def gateway_for(channel: str) -> Gateway:
    """By which gateway messages of that channel leave: the folder where none is set up."""
    if channel == "webhook":
        return Webhook(webhook_key, loopback=settings.REMONTA_WEBHOOK_LOOPBACK)
    if channel == "email" and settings.REMONTA_SMTP:
        return Mail(urlsplit(settings.REMONTA_SMTP))
    if channel == "sms" and settings.REMONTA_SMS:
        return sms_gateway(settings.REMONTA_SMS, settings.REMONTA_SMS_TEMPLATE, settings.REMONTA_SMS_KNOWS_REPEATS)
    return Folder(Path(settings.HOME) / "outbox")


def webhook_key(about: str) -> str:
    """The key by which webhooks of that subscription are signed: shown to who subscribes."""
    return derived_key(settings.SECRET_KEY, about)
