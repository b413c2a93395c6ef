"""What the API itself refuses, as problems (RFC 9457); what rules refuse is answered by the frame."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

log = logging.getLogger("remonta.api")
Fault = dict[str, str]


class Problem(Exception):
    """The request itself is wrong, whatever it is about. `errors` names the fields."""

    def __init__(self, status: int, code: str, text: str, errors: Sequence[Fault] = ()) -> None:
        super().__init__(code)
        self.status, self.code, self.text, self.errors = status, code, text, tuple(errors)
        self.headers: dict[str, str] = {}


def unfit(field: str, text: str) -> Problem:
    """422 for one field that can only be judged together with what is known here."""
    return Problem(422, "Unfit", _("Look at the marked fields."), [{"field": field, "message": text}])


def answer_problem(request: HttpRequest, problem: Problem) -> JsonResponse:
    """The problem as JSON."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.text,
        "code": problem.code,
    }
    errors = {"errors": list(problem.errors)} if problem.errors else {}
    return JsonResponse(
        body | errors, status=problem.status, headers=problem.headers, content_type="application/problem+json"
    )


def answer_invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """422 with each field that is wrong: `lines.0.quantity`."""
    return answer_problem(
        request, Problem(422, "Invalid", _("Look at the marked fields."), [_fault(one) for one in error.errors])
    )


def answer_unreadable(request: HttpRequest, error: HttpError) -> JsonResponse:
    """What ninja could not read: a body that is no JSON, or one that is too large."""
    if isinstance(error.__cause__, Problem):
        return answer_problem(request, error.__cause__)
    return answer_problem(request, Problem(error.status_code, "Unreadable", _("The body is not readable as JSON.")))


def answer_too_large(request: HttpRequest, error: Exception) -> JsonResponse:
    """422 where a sum of what was sent is larger than the database counts."""
    log.warning("%s %s: %s", request.method, request.path, error)
    return answer_problem(request, Problem(422, "NumberTooLarge", _("A number is too large.")))


def sentence(error: dict[str, Any]) -> str:
    """What is wrong with a field, in the asker's language; what is rarely wrong, in the checker's own words."""
    words = {
        "missing": _("This is needed."),
        "extra_forbidden": _("This is not known here."),
        "string_type": _("This must be a text."),
        "string_too_long": _("At most %(max_length)s characters."),
        "string_too_short": _("At least %(min_length)s characters."),
        "string_pattern_mismatch": _("This is not written as expected: %(pattern)s"),
        "literal_error": _("Choose one of %(expected)s."),
        "enum": _("Choose one of %(expected)s."),
        "uuid_parsing": _("This is no UUID."),
        "greater_than_equal": _("At least %(ge)s."),
        "less_than_equal": _("At most %(le)s."),
        "too_long": _("At most %(max_length)s of them."),
        "too_short": _("At least %(min_length)s of them."),
        "timezone_aware": _("A time needs its zone, such as 2026-03-02T12:00:00Z."),
    }
    kind = str(error["type"])
    return words[kind] % error.get("ctx", {}) if kind in words else str(error["msg"])


def _fault(error: dict[str, Any]) -> Fault:
    """Where and what. The place begins behind `body` and the name of the view's own argument."""
    place = [str(part) for part in error["loc"]]
    behind = {"body": 2, "query": 1, "path": 1, "form": 1, "file": 1}.get(place[0], 0)
    inner = place[behind:] if len(place) > behind else place[1:] if place[0] == "query" else []
    return {"field": ".".join(inner), "message": sentence(error)}
