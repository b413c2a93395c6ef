"""The bridge answers as Django's own ASGI handler does: one suite asks both."""

import asyncio
import gc
from pathlib import Path
from threading import Event

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.utils import translation

from remonta.web.server.bridge import WSGIBridge
from remonta.web.server.limits import BodyLimit
from remonta.web.tests.asgi_client import Client, Reply, call, scope_of

LIMIT = 3 << 20
# Django's own handler gathers a streamed body first and says so; the bridge hands it on as it comes.
pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")


def echo(request):
    """What the application learns of a request."""
    told = (
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "REMOTE_ADDR",
        "CONTENT_LENGTH",
        "CONTENT_TYPE",
    )
    return JsonResponse(
        {
            **{name: request.META.get(name) for name in told},
            "path": request.path,
            "secure": request.is_secure(),
            "get": request.GET.dict(),
            "headers": {name: value for name, value in request.META.items() if name.startswith("HTTP_X_")},
            "range": request.headers.get("Range"),
            "cookies": request.COOKIES,
        }
    )


def count(request):
    body = request.read()
    return JsonResponse({"bytes": len(body), "sum": sum(body)})


def form(request):
    files = {name: [file.name, file.size] for name, file in request.FILES.items()}
    return JsonResponse({"fields": request.POST.dict(), "files": files})


def cookies(_request):
    response = HttpResponse("two")
    response.set_cookie("one", "1", httponly=True)
    response.set_cookie("two", "2")
    response["X-Name"] = "Zażółć".encode().decode("latin-1")
    return response


def stream(_request):
    return StreamingHttpResponse(iter([b"one,", b"", b"two,", b"three"]), content_type="text/csv")


def partial(request):
    assert request.headers["Range"] == "bytes=1-3"
    return HttpResponse(b"234", status=206, headers={"Content-Range": "bytes 1-3/9"})


def nothing(_request):
    return HttpResponse(status=204)


def fail(_request):
    raise ZeroDivisionError


def file(_request):
    return FileResponse(Path(__file__).open("rb"), as_attachment=True, filename="bridge.py")


class Watched:
    """A streamed body that notes whether it was closed, and can be held up."""

    def __init__(self):
        self.closed, self.pulled, self.may_go_on = Event(), 0, Event()

    def __iter__(self):
        return self

    def __next__(self):
        self.pulled += 1
        if self.pulled > 1:
            assert self.may_go_on.wait(10)
        if self.pulled > 100:
            raise StopIteration
        return b"x"

    def close(self):
        self.closed.set()


watched: list[Watched] = []


def watch(_request):
    watched.append(Watched())
    return StreamingHttpResponse(watched[-1])


def spoken(_request):
    """The language of the request still holds while the body is being made."""
    translation.activate("pl")
    return StreamingHttpResponse(translation.get_language() for _piece in range(2))


VIEWS = (echo, count, form, cookies, stream, partial, nothing, fail, file, watch, spoken)
urlpatterns = [path(f"{view.__name__}", view) for view in VIEWS] + [
    path("echo/<path:rest>", lambda request, rest: echo(request))
]


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.DEBUG = __name__, [], False
    settings.ALLOWED_HOSTS = ["testserver"]
    watched.clear()


@pytest.fixture
def bridge(pages):
    return BodyLimit(WSGIBridge(get_wsgi_application(), threads=2), LIMIT)


@pytest.fixture(params=["bridge", "django"])
def app(request, pages):
    made = {"bridge": lambda: WSGIBridge(get_wsgi_application(), threads=2), "django": ASGIHandler}[request.param]()
    return BodyLimit(made, LIMIT)


def test_a_request_is_told_in_full(app):
    told = call(app, "GET", "/echo?a=1&b=%C5%82", [(b"x-trace", b"7")]).json
    assert told["REQUEST_METHOD"] == "GET"
    assert told["QUERY_STRING"] == "a=1&b=%C5%82"
    assert told["get"] == {"a": "1", "b": "ł"}
    assert told["REMOTE_ADDR"] == "10.1.2.3"
    assert told["headers"] == {"HTTP_X_TRACE": "7"}
    assert told["secure"] is False
    assert call(app, "GET", "/echo", scheme="https").json["secure"] is True


def test_any_letters_may_stand_in_a_path(app):
    told = call(app, "GET", "/echo/zażółć 维修/ремонт").json
    assert told["path"] == "/echo/zażółć 维修/ремонт"


def test_a_prefix_of_the_house_is_taken_off(app):
    told = call(app, "GET", "/service/echo", root_path="/service").json
    assert (told["SCRIPT_NAME"], told["PATH_INFO"], told["path"]) == ("/service", "/echo", "/service/echo")


def test_a_name_with_an_underscore_cannot_pass_for_one_with_a_hyphen(app):
    told = call(app, "GET", "/echo", [(b"x_real_ip", b"6.6.6.6"), (b"x-real-ip", b"10.0.0.1")]).json
    assert told["headers"] == {"HTTP_X_REAL_IP": "10.0.0.1"}


def test_a_header_sent_twice_is_joined(app):
    told = call(app, "GET", "/echo", [(b"x-tag", b"a"), (b"x-tag", b"b"), (b"range", b"bytes=0-9")]).json
    assert told["headers"] == {"HTTP_X_TAG": "a,b"}
    assert told["range"] == "bytes=0-9"


def test_cookies_come_and_go(app):
    assert call(app, "GET", "/echo", [(b"cookie", b"a=1; b=2")]).json["cookies"] == {"a": "1", "b": "2"}
    reply = call(app, "GET", "/cookies")
    sent = [value for name, value in reply.raw_headers if name == b"set-cookie"]
    assert sent == [b"one=1; HttpOnly; Path=/", b"two=2; Path=/"]
    assert dict(reply.raw_headers)[b"x-name"] == "Zażółć".encode()


def test_cookies_in_several_lines_are_one_list(bridge):
    assert call(bridge, "GET", "/echo", [(b"cookie", b"a=1"), (b"cookie", b"b=2")]).json["cookies"] == {
        "a": "1",
        "b": "2",
    }


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, LIMIT])
def test_a_body_arrives_whole_in_pieces_of_any_size(app, size):
    pieces = [b"\1" * min(100_000, size - start) for start in range(0, size, 100_000)] or [b""]
    stated = [(b"content-length", str(size).encode())]
    assert call(app, "POST", "/count", stated, pieces).json == {"bytes": size, "sum": size}


def test_a_body_without_a_stated_length_arrives_too(bridge):
    assert call(bridge, "POST", "/count", [(b"transfer-encoding", b"chunked")], [b"ab", b"", b"c"]).json["bytes"] == 3


def test_a_form_with_a_file_is_understood(app):
    lines = [
        '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
        '\r\n--x\r\nContent-Disposition: form-data; name="f"; ',
    ]
    body = (lines[0] + lines[1] + 'filename="ź.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n').encode()
    headers = [(b"content-type", b"multipart/form-data; boundary=x"), (b"content-length", str(len(body)).encode())]
    assert call(app, "POST", "/form", headers, [body[:70], body[70:]]).json == {
        "fields": {"a": "1"},
        "files": {"f": ["ź.txt", 5]},
    }


def test_a_body_stated_as_too_large_is_refused_before_it_is_read(app):
    client = Client([b"x"] * 3)
    scope = scope_of(
        "POST", "/count", [(b"content-length", str(LIMIT + 1).encode()), (b"accept-language", b"xx, en;q=0.5")]
    )
    asyncio.run(app(scope, client.receive, client.send))
    reply = Reply(client.got)
    assert reply.status == 413
    assert reply.body == b"This is too large to send. Choose smaller files, or send them one by one."
    assert client.incoming.qsize() == 3


def test_a_body_that_turns_out_too_large_is_refused_where_it_does(app):
    client = Client([b"x" * (1 << 20)] * 9)
    scope = scope_of("POST", "/count", [(b"transfer-encoding", b"chunked")])
    asyncio.run(app(scope, client.receive, client.send))
    assert Reply(client.got).status == 413
    assert client.incoming.qsize() == 5


def test_a_streamed_answer_comes_piece_by_piece(app):
    reply = call(app, "GET", "/stream")
    assert (reply.body, reply.complete) == (b"one,two,three", True)
    assert [piece for piece in reply.pieces if piece] == [b"one,", b"two,", b"three"]
    assert "content-length" not in reply.headers


def test_a_file_comes_whole_with_its_length_and_name(app):
    reply = call(app, "GET", "/file")
    assert reply.body == Path(__file__).read_bytes()
    assert reply.headers["content-length"] == str(len(reply.body))
    assert reply.headers["content-disposition"] == 'attachment; filename="bridge.py"'
    gc.collect()


def test_a_part_of_a_file_passes_through(app):
    reply = call(app, "GET", "/partial", [(b"range", b"bytes=1-3")])
    assert (reply.status, reply.body, reply.headers["content-range"]) == (206, b"234", "bytes 1-3/9")


def test_an_answer_without_a_body_has_none(app):
    reply = call(app, "GET", "/nothing")
    assert (reply.status, reply.body, reply.complete) == (204, b"", True)


def test_an_error_is_answered_and_does_not_show_itself(app, caplog):
    reply = call(app, "GET", "/fail")
    assert reply.status == 500
    assert b"ZeroDivision" not in reply.body
    assert call(app, "GET", "/missing").status == 404


def test_the_language_of_a_request_holds_in_its_whole_body_and_no_longer(app):
    assert call(app, "GET", "/spoken").body == b"plpl"
    assert translation.get_language() != "pl"


@pytest.mark.parametrize("page", ["/cookies", "/file", "/stream", "/missing"])
def test_head_says_what_get_would_and_sends_no_body(bridge, page):
    asked, got = call(bridge, "HEAD", page), call(bridge, "GET", page)
    assert (asked.status, asked.headers) == (got.status, got.headers)
    assert (asked.body, asked.complete) == (b"", True)


def test_a_client_that_leaves_a_stream_ends_it(bridge):
    async def talk():
        client = Client()
        task = asyncio.create_task(bridge(scope_of("GET", "/watch"), client.receive, client.send))
        while len(client.got) < 2:
            await asyncio.sleep(0.001)
        client.leave()
        await asyncio.sleep(0.01)
        watched[0].may_go_on.set()
        await task
        return client.got

    asyncio.run(talk())
    assert watched[0].closed.wait(10)
    assert watched[0].pulled < 100


def test_a_client_that_leaves_before_its_body_is_whole_is_not_served(app):
    client = Client([b"abc", b"def"][:1])
    client.incoming = asyncio.Queue()
    client.incoming.put_nowait({"type": "http.request", "body": b"abc", "more_body": True})
    client.leave()
    asyncio.run(app(scope_of("POST", "/watch"), client.receive, client.send))
    assert (client.got, watched) == ([], [])
    gc.collect()


def test_a_body_that_does_not_come_is_not_waited_for_long(bridge, monkeypatch):
    monkeypatch.setattr("remonta.web.server.bridge.BODY_SECONDS", 0.01)

    async def story():
        client = Client()
        client.incoming = asyncio.Queue()
        client.incoming.put_nowait({"type": "http.request", "body": b"abc", "more_body": True})
        await bridge(scope_of("POST", "/count"), client.receive, client.send)
        assert Reply(client.got).status == 408

    asyncio.run(story())
