"""E-mail through an SMTP server (RFC 5321), step by step, so that it is known what was handed over when it breaks."""

import smtplib
import ssl
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from urllib.parse import SplitResult, parse_qs, unquote

from remonta.spine.gateways.contract import Envelope, NotSent, Receipt, Unclear

SECONDS = 20.0


class Mail:
    """`smtp://user:password@host:25?from=Service+<service@example.com>`; `smtps://` for TLS from the start.

    STARTTLS is used wherever the server offers it; `tls=required` refuses servers that do not, `tls=no` never asks.
    """

    name = "smtp"
    recognises_repeats = False

    def __init__(self, url: SplitResult) -> None:
        options = {key: values[-1] for key, values in parse_qs(url.query).items()}
        self.host, self.user, self.password = url.hostname or "localhost", unquote(url.username or ""), url.password
        self.at_once = url.scheme == "smtps"
        self.port = url.port or (465 if self.at_once else 25)
        self.tls = options.get("tls", "offered")
        self.sender = options.get("from", f"remonta@{self.host}")

    def send(self, envelope: Envelope) -> Receipt:
        mail = written(envelope, self.sender)
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise _refused(error) from error
        try:
            self._announce(server, mail, envelope.recipient)
            return self._hand_over(server, mail)
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.at_once:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            if not self.at_once and self.tls != "no" and (server.has_extn("starttls") or self.tls == "required"):
                server.starttls(context=context)
                server.ehlo()
            if self.user:
                server.login(self.user, unquote(self.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _announce(self, server: smtplib.SMTP, mail: EmailMessage, recipient: str) -> None:
        try:
            _agreed(server.mail(mail["From"].addresses[0].addr_spec))
            _agreed(server.rcpt(recipient))
        except (OSError, smtplib.SMTPException) as error:
            raise _refused(error) from error

    def _hand_over(self, server: smtplib.SMTP, mail: EmailMessage) -> Receipt:
        try:
            code, answer = server.data(mail.as_bytes(policy=SMTP_POLICY.clone(cte_type="7bit")))
        except smtplib.SMTPDataError as error:
            raise _refused(error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unclear(f"The mail server broke off while it took the mail: {error!r}") from error
        _agreed((code, answer))
        return Receipt(answer.decode(errors="replace")[:120])


def written(envelope: Envelope, sender: str) -> EmailMessage:
    """The mail: plain text, HTML beside it where there is one, enclosures; its Message-ID is made of the uid."""
    mail = EmailMessage(policy=SMTP_POLICY)
    try:
        mail["From"] = sender
        mail["To"] = Address(addr_spec=envelope.recipient)
        mail["Subject"] = " ".join(envelope.title.split())
    except (ValueError, IndexError) as error:
        raise NotSent(f"{envelope.recipient} is not an e-mail address: {error}", final=True) from error
    for header, value in _marks(envelope, mail["From"].addresses[0].domain).items():
        mail[header] = value
    mail.set_content(envelope.body)
    if envelope.html:
        mail.add_alternative(envelope.html, subtype="html")
    for enclosure in envelope.enclosures:
        main, _slash, sub = enclosure.media_type.partition("/")
        mail.add_attachment(enclosure.content, maintype=main, subtype=sub, filename=enclosure.name)
    return mail


def _marks(envelope: Envelope, domain: str) -> Mapping[str, str]:
    marks = {"Message-ID": f"<{envelope.uid}@{domain or 'remonta'}>", "Auto-Submitted": "auto-generated"}
    return marks | ({"Date": format_datetime(envelope.at)} if envelope.at else {})


def _agreed(answer: tuple[int, bytes]) -> None:
    code, text = answer
    if not 200 <= code < 300:
        raise _refusal(code, text)


def _refused(error: Exception) -> NotSent:
    if isinstance(error, smtplib.SMTPResponseException):
        return _refusal(error.smtp_code, error.smtp_error)
    return NotSent(f"The mail server cannot be reached: {error}")


def _refusal(code: int, text: bytes | str) -> NotSent:
    said = text.decode(errors="replace") if isinstance(text, bytes) else text
    return NotSent(f"The mail server said: {code} {said}", final=500 <= code < 600 and code not in (530, 534, 535))
