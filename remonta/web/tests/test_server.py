"""The real server process: pages, streams that end at once when it stops, pages that are finished first."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import httpx
import pytest
from django.http import HttpResponse
from django.urls import path

ROOT = Path(__file__).parents[3]
SETTINGS = """
from remonta.settings import *
DATABASES = {"default": {"ENGINE": "remonta.spine.sqlite", "NAME": HOME / "server.sqlite3"}}
ROOT_URLCONF = "remonta.web.tests.test_server"
REMONTA_MAX_BODY = 100_000
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
"""
START = """
import sys
import django
django.setup()
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction
from remonta.identity.models import Account
from remonta.web.server import run
call_command("migrate", "identity", verbosity=0, skip_checks=True)
call_command("migrate", "sessions", verbosity=0, skip_checks=True)
call_command("migrate", "spine", verbosity=0, skip_checks=True)
with transaction.atomic():
    account, session = Account.objects.create(email="lena@example.org"), SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session.save()
print(session.session_key, flush=True)
run.prepare_static = lambda: False
run.serve("localhost", int(sys.argv[1]))
"""
SLOW_SECONDS = 1


def echo(request):
    return HttpResponse(f"{request.META['PATH_INFO']} {len(request.read())} {request.headers.get('X-Real-Ip', 'none')}")


def slow(_request):
    time.sleep(SLOW_SECONDS)
    return HttpResponse("finished")


urlpatterns = [path("echo/<path:rest>", lambda request, rest: echo(request)), path("slow", slow)]


@pytest.fixture(params=["bridge", "django"])
def server(request, tmp_path):
    (tmp_path / "server_settings.py").write_text(SETTINGS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    changes = {"DJANGO_SETTINGS_MODULE": "server_settings", "REMONTA_HOME": str(tmp_path), "DATABASE_URL": ""}
    changes |= {"PYTHONPATH": f"{tmp_path}:{ROOT}", "REMONTA_HANDLER": request.param, "REMONTA_DEBUG": ""}
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(port)], stdout=subprocess.PIPE, text=True, env={**os.environ, **changes}
    )
    key = process.stdout.readline().strip()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", cookies={"sessionid": key}, timeout=20) as client:
        wait_for(client, process)
        yield SimpleNamespace(process=process, client=client, key=key)
    process.terminate()
    process.communicate(timeout=30)


def wait_for(client, process):
    while process.poll() is None:
        try:
            return client.get("/echo/x")
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


def test_pages_are_served(server):
    answer = server.client.get("/echo/ремонт", headers={"x_real_ip": "6.6.6.6"})
    assert answer.text == "/echo/ремонт 0 none"
    assert server.client.post("/echo/x", content=b"x" * 100_000).text == "/echo/x 100000 none"
    assert server.client.post("/echo/x", content=b"x" * 100_001).status_code == 413
    assert server.client.head("/echo/x").content == b""


def test_a_stream_ends_at_once_and_a_page_is_finished_when_the_server_stops(server):
    pages, heard = [], []

    def ask():
        with httpx.Client(timeout=20) as client:
            pages.append(client.get(f"{server.client.base_url}/slow").text)

    def listen():
        with server.client.stream("GET", "/live") as stream:
            assert stream.status_code == 200
            for text in stream.iter_text():
                heard.append(text)
        heard.append("over")

    threads = [Thread(target=work) for work in (ask, listen)]
    for thread in threads:
        thread.start()
    while not heard and all(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    time.sleep(SLOW_SECONDS / 5)
    server.process.terminate()
    for thread in threads:
        thread.join()
    assert server.process.wait(5) == 0
    assert heard[-1] == "over"
    assert pages == ["finished"]
