"""The ways to the outside, against real servers on this machine."""

import email
import ipaddress
import json
import socket
import threading
from base64 import b64encode
from contextlib import contextmanager
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller

from remonta.spine.gateways import Enclosure, Envelope, NotSent, Unclear, gateway_for, webhook_key
from remonta.spine.gateways.folder import Folder
from remonta.spine.gateways.http import anywhere, judged_address, outside, post
from remonta.spine.gateways.sms import sms_gateway
from remonta.spine.gateways.smtp import Mail
from remonta.spine.gateways.webhook import Webhook, signature

UID = "0190a0a0-0000-7000-8000-000000000001"
TEMPLATE = '{"to": ["{recipient}"], "text": "{body}", "id": "{uid}"}'


def envelope(**values):
    about = {"uid": UID, "channel": "email", "recipient": "ola@example.com", "title": "Gotowe – ł", "body": "Zażółć"}
    return Envelope(**{**about, **values})


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Mailbox:
    def __init__(self):
        self.mails, self.says = [], None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "nobody" in address:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        if self.says == "break":
            server.transport.abort()
            return "250 too late"
        return self.says or "250 taken as 17"


@pytest.fixture
def mailbox():
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def mail_through(box):
    return Mail(urlsplit(f"smtp://127.0.0.1:{box.port}?from=Remonta+<service@shop.example>&tls=no"))


def test_a_mail_arrives_whole(mailbox):
    paper = Enclosure("akt ł.pdf", "application/pdf", b"%PDF-1.7\x00\xff")
    receipt = mail_through(mailbox).send(envelope(html="<p>Zażółć</p>", enclosures=(paper,)))
    mail = email.message_from_bytes(mailbox.mails[0].content, policy=default)
    assert mail["Message-ID"] == f"<{UID}@shop.example>"
    assert (mail["Subject"], mail["To"], mailbox.mails[0].mail_from) == (
        "Gotowe – ł",
        "ola@example.com",
        "service@shop.example",
    )
    assert mail.get_body(("plain",)).get_content().strip() == "Zażółć"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Zażółć</p>"
    [enclosed] = mail.iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content()) == ("akt ł.pdf", paper.content)
    assert "taken as 17" in receipt.reference


@pytest.mark.parametrize("recipient", ["nobody@example.com", "not an address", "a@b.pl\nBcc: all@b.pl"])
def test_an_impossible_recipient_is_final(mailbox, recipient):
    with pytest.raises(NotSent) as refusal:
        mail_through(mailbox).send(envelope(recipient=recipient))
    assert refusal.value.final
    assert mailbox.mails == []


def test_a_subject_cannot_smuggle_headers(mailbox):
    mail_through(mailbox).send(envelope(title="Hi\r\nBcc: all@example.com"))
    mail = email.message_from_bytes(mailbox.mails[0].content, policy=default)
    assert (mail["Subject"], mail["Bcc"]) == ("Hi Bcc: all@example.com", None)


def test_a_busy_mail_server_is_tried_again(mailbox):
    mailbox.says = "451 Try again later"
    with pytest.raises(NotSent) as refusal:
        mail_through(mailbox).send(envelope())
    assert not refusal.value.final


def test_a_mail_server_that_breaks_off_leaves_it_unclear(mailbox):
    mailbox.says = "break"
    with pytest.raises(Unclear):
        mail_through(mailbox).send(envelope())


def test_without_a_mail_server_nothing_has_left():
    with pytest.raises(NotSent) as refusal:
        Mail(urlsplit(f"smtp://127.0.0.1:{free_port()}")).send(envelope())
    assert not refusal.value.final


@contextmanager
def http_server(status=200, answer=b"{}", headers=()):
    """A real HTTP server; status 0 hangs up without an answer."""
    took = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            took.append((self.path, dict(self.headers), body))
            if not status:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_port, took
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_text_message_through_twilio_s_protocol():
    with http_server(201, b'{"sid": "SM17"}') as (port, took):
        gateway = sms_gateway(f"twilio+http://AC1:secret@127.0.0.1:{port}?from=%2B48123", TEMPLATE, False)
        receipt = gateway.send(envelope(channel="sms", recipient="+48601234567", body="Gotowe ł"))
    path, headers, body = took[0]
    assert (path, receipt.reference) == ("/2010-04-01/Accounts/AC1/Messages.json", "SM17")
    assert headers["Authorization"] == "Basic " + b64encode(b"AC1:secret").decode()
    assert parse_qs(body.decode()) == {"To": ["+48601234567"], "Body": ["Gotowe ł"], "From": ["+48123"]}
    assert not gateway.recognises_repeats


def test_a_text_message_through_a_configured_body():
    tricky = '"}, {recipient} \\ \n'
    with http_server(200, b'{"id": 5}') as (port, took):
        gateway = sms_gateway(f"generic+http://u:p@127.0.0.1:{port}/send?k=1", TEMPLATE, True)
        receipt = gateway.send(envelope(channel="sms", recipient="+48601234567", body=tricky))
    path, headers, body = took[0]
    assert json.loads(body) == {"to": ["+48601234567"], "text": tricky, "id": UID}
    assert (path, headers["Idempotency-Key"], receipt.reference) == ("/send?k=1", UID, "5")
    assert gateway.recognises_repeats


@pytest.mark.parametrize(
    ("status", "outcome", "final"),
    [(400, NotSent, True), (429, NotSent, False), (503, NotSent, False), (500, Unclear, None), (0, Unclear, None)],
)
def test_what_a_gateway_s_refusal_means(status, outcome, final):
    with http_server(status) as (port, _took):
        with pytest.raises(outcome) as refusal:
            sms_gateway(f"twilio+http://AC1:x@127.0.0.1:{port}", TEMPLATE, False).send(envelope())
        assert getattr(refusal.value, "final", None) is final


def test_a_webhook_is_signed():
    with http_server(204) as (port, took):
        hook = envelope(channel="webhook", recipient=f"http://127.0.0.1:{port}/in", body='{"a":1}', about="x:1")
        Webhook(webhook_key, loopback=True).send(hook)
    _path, headers, body = took[0]
    expected = signature(webhook_key("x:1"), UID, headers["webhook-timestamp"], body.decode())
    assert (headers["webhook-id"], headers["webhook-signature"]) == (UID, expected)
    assert signature(webhook_key("x:2"), UID, headers["webhook-timestamp"], body.decode()) != expected


def test_a_webhook_does_not_follow_redirects():
    with http_server(200) as (inner, reached):
        redirect = [("Location", f"http://127.0.0.1:{inner}/secret"), ("Content-Length", "0")]
        with http_server(302, b"", redirect) as (port, _took):
            hook = envelope(recipient=f"http://127.0.0.1:{port}/", body="{}")
            with pytest.raises(NotSent):
                Webhook(webhook_key, loopback=True).send(hook)
        assert reached == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_inner_addresses_are_not_outside(address):
    assert not outside(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_open_addresses_are_outside(address):
    assert outside(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1"])
def test_a_webhook_cannot_reach_this_machine(host):
    with http_server() as (port, took):
        with pytest.raises(NotSent) as refusal:
            Webhook(webhook_key).send(envelope(recipient=f"http://{host}:{port}/", body="{}"))
        assert took == []
    assert refusal.value.final


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/", "http://user:pass@example.com/", "http:///x"]
)
def test_only_plain_web_addresses_are_posted_to(url):
    with pytest.raises(NotSent) as refusal:
        post(url, b"", {})
    assert refusal.value.final


def test_a_name_with_one_inner_address_is_refused_whole(monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(NotSent, match="closed network"):
        judged_address("tricky.example", 80, outside)


def test_a_name_is_looked_up_once(monkeypatch):
    """A second look-up could give another address than the one that was judged."""
    with http_server() as (port, took):
        asked, real = [], socket.getaddrinfo

        def look_up(host, *args, **kwargs):
            asked.append(host)
            return real("127.0.0.1" if host == "once.example" else host, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        post(f"http://once.example:{port}/", b"{}", {}, anywhere)
        assert asked.count("once.example") == 1
        assert took[0][1]["Host"] == f"once.example:{port}"


def test_the_folder_keeps_one_file_a_message(tmp_path):
    folder = Folder(tmp_path / "outbox")
    for _time in range(2):
        folder.send(envelope())
        folder.send(envelope(channel="sms", recipient="+48601234567"))
    mail, text = sorted((tmp_path / "outbox").iterdir())
    assert (mail.suffix, text.suffix) == (".eml", ".txt")
    assert "Zażółć" in text.read_text()


def test_settings_choose_the_gateways(settings):
    assert (gateway_for("email").name, gateway_for("sms").name) == ("folder", "folder")
    settings.REMONTA_SMTP, settings.REMONTA_SMS = "smtps://u:p%40@mail.example", "generic+https://sms.example/send"
    assert (gateway_for("email").password, gateway_for("email").port) == ("p%40", 465)
    assert (gateway_for("sms").name, gateway_for("webhook").name) == ("json", "webhook")
