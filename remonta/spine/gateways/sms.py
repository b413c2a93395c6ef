"""Text messages through HTTP gateways: one that speaks Twilio's Messages API, one whose JSON body is configured."""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit

from remonta.spine.gateways.contract import Envelope, NotSent, Receipt, Unclear
from remonta.spine.gateways.http import Answer, post

PASSING = {408, 409, 425, 429, 503}


class Twilio:
    """`twilio://SID:TOKEN@api.twilio.com?from=%2B48123456789`; any service that speaks the 2010-04-01 Messages API."""

    name = "twilio"
    recognises_repeats = False

    def __init__(self, url: SplitResult) -> None:
        scheme = "http" if url.scheme.endswith("+http") else "https"
        self.sid = unquote(url.username or "")
        self.sender = parse_qs(url.query).get("from", [""])[-1]
        port = f":{url.port}" if url.port else ""
        self.url = f"{scheme}://{url.hostname}{port}/2010-04-01/Accounts/{self.sid}/Messages.json"
        self.headers = {"Content-Type": "application/x-www-form-urlencoded", **_signed_in(url)}

    def send(self, envelope: Envelope) -> Receipt:
        sender = {"MessagingServiceSid" if self.sender.startswith("MG") else "From": self.sender}
        form = {"To": envelope.recipient, "Body": envelope.body, **sender}
        answer = post(self.url, urlencode(form).encode(), self.headers)
        said = _taken(answer)
        return Receipt(str(said.get("sid", ""))[:120])


class JsonPost:
    """`generic+https://user:password@gateway.example/send` with a JSON template in which {recipient}, {body}, {uid} and
    {title} are filled. The uid also goes along as Idempotency-Key; `repeats` says that the gateway minds it.
    """

    name = "json"

    def __init__(self, url: SplitResult, template: str, repeats: bool) -> None:
        self.recognises_repeats = repeats
        plain = url._replace(scheme=url.scheme.removeprefix("generic+"), netloc=url.netloc.rpartition("@")[2])
        self.url = plain.geturl()
        self.template = json.loads(template)
        self.headers = {"Content-Type": "application/json", **_signed_in(url)}

    def send(self, envelope: Envelope) -> Receipt:
        words = {name: getattr(envelope, name) for name in ("recipient", "body", "uid", "title")}
        content = json.dumps(filled(self.template, words), ensure_ascii=False).encode()
        answer = post(self.url, content, {**self.headers, "Idempotency-Key": envelope.uid})
        said = _taken(answer)
        return Receipt(str(said.get("id", said.get("sid", "")))[:120])


def filled(template: Any, words: Mapping[str, str]) -> Any:
    """The template with its places filled, at any depth; what is filled in stays text, whatever it contains."""
    if isinstance(template, dict):
        return {key: filled(value, words) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, words) for value in template]
    return template.format_map(words) if isinstance(template, str) else template


def sms_gateway(address: str, template: str, repeats: bool) -> Twilio | JsonPost:
    """The gateway that the address names."""
    url = urlsplit(address)
    return Twilio(url) if url.scheme.startswith("twilio") else JsonPost(url, template, repeats)


def _signed_in(url: SplitResult) -> dict[str, str]:
    if not url.username:
        return {}
    pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _taken(answer: Answer) -> dict[str, Any]:
    """What the gateway said when it took the message; a server's failure (5xx) leaves open whether it did."""
    if answer.status >= 500 and answer.status not in PASSING:
        raise Unclear(f"The gateway failed with {answer.status}: {answer.body[:200]!r}")
    if not 200 <= answer.status < 300:
        final = answer.status not in PASSING
        raise NotSent(f"The gateway refused with {answer.status}: {answer.body[:200]!r}", final=final)
    try:
        said = json.loads(answer.body or b"{}")
    except ValueError:
        said = {}
    return said if isinstance(said, dict) else {}
