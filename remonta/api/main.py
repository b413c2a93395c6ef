"""The REST API: its routers under one roof, what holds for all of them, and the document that describes them."""

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, cast

from django.db import DataError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from remonta.api import (
    account,
    advice,
    batches,
    billing,
    buying,
    calls,
    catalogue,
    catalogue_words,
    counts,
    couriers,
    customers,
    desks,
    dispatch,
    documents,
    donors,
    equipment,
    finding,
    handing,
    imports,
    intake,
    invoices,
    levels,
    lists,
    loans,
    logistics,
    network,
    notices,
    old_parts,
    order_sides,
    orders,
    outbox,
    people,
    picking,
    places,
    prices,
    purchases,
    quality,
    quotes,
    reports,
    requests,
    sales,
    sent_back,
    settings,
    stock,
    supply,
    tasks,
    texts,
    transfers,
    written_off,
)
from remonta.api.asking import Body
from remonta.api.problems import Problem, answer_invalid, answer_problem, answer_too_large, answer_unreadable
from remonta.api.rate import wait_of

PREFIX = "/api/v1"
DESCRIPTION = """Everything a person can do at Remonta’s desk, a program can do here, with the same rules.

Send a key as `Authorization: Bearer …`. Commands that book or send something need an `Idempotency-Key`.
Refusals are problems (RFC 9457) in the language of `Accept-Language`. Lists come in pages with a mark, not a count."""
PROBLEMS = {
    400: "The request cannot be read, or its Idempotency-Key is missing.",
    401: "No key, or one that opens nothing any more.",
    403: "The key may not do this.",
    404: "There is nothing here for this key.",
    409: "A rule refuses it; `code` names the rule, `detail` says it.",
    412: "Somebody else has changed it since it was read.",
    413: "The body is too large.",
    422: "Fields are wrong; `errors` names them.",
    429: "Too many requests; wait as long as Retry-After says.",
}
FAULT = {"type": "object", "properties": {name: {"type": "string"} for name in ("field", "message")}}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "RFC 9457. `code` is stable, `detail` is for people.",
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail", "code")},
        "status": {"type": "integer"},
        "errors": {"type": "array", "items": FAULT},
    },
    "required": ["type", "title", "status", "detail"],
}
ROUTERS: tuple[tuple[str, Router], ...] = (
    ("Account", account.router),
    ("Search and events", finding.router),
    ("Customers", customers.router),
    ("Units", equipment.router),
    ("Units", sales.router),
    ("Catalogue", catalogue.router),
    ("Catalogue", lists.router),
    ("Catalogue", catalogue_words.router),
    ("Catalogue", prices.router),
    ("Requests", requests.router),
    ("Calls", calls.router),
    ("Intake and hand-over", intake.router),
    ("Orders", orders.router),
    ("Orders", order_sides.router),
    ("Tasks", tasks.router),
    ("Dispatch", dispatch.router),
    ("Quotes", quotes.router),
    ("Supply", supply.router),
    ("Supply", old_parts.router),
    ("Parcels", logistics.router),
    ("Batches", batches.router),
    ("Buying", buying.router),
    ("Buying", purchases.router),
    ("Buying", sent_back.router),
    ("Buying", advice.router),
    ("Stock", stock.router),
    ("Stock", donors.router),
    ("Stock", counts.router),
    ("Stock", transfers.router),
    ("Stock", levels.router),
    ("Supply", picking.router),
    ("Stock", written_off.router),
    ("Stock", places.router),
    ("Loaners", loans.router),
    ("Couriers", couriers.router),
    ("Quality", quality.router),
    ("Intake and hand-over", handing.router),
    ("Money", billing.router),
    ("Money", invoices.router),
    ("Money", desks.router),
    ("Papers", documents.router),
    ("Messages", notices.router),
    ("Messages", texts.router),
    ("Messages", outbox.router),
    ("People", people.router),
    ("Network", network.router),
    ("Network", settings.router),
    ("Imports", imports.router),
    ("Reports", reports.router),
)
View = Callable[..., HttpResponseBase]


class Api(NinjaAPI):
    """Its routes are the operations alone; exceptions it does not know are the frame's to answer."""

    def set_default_exception_handlers(self) -> None:
        self.add_exception_handler(Problem, cast("Any", answer_problem))
        self.add_exception_handler(ValidationError, cast("Any", answer_invalid))
        self.add_exception_handler(OverflowError, cast("Any", answer_too_large))
        self.add_exception_handler(DataError, cast("Any", answer_too_large))
        self.add_exception_handler(HttpError, cast("Any", answer_unreadable))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        room = operation.view_func.__module__.rsplit(".", 1)[-1]
        return f"{room}_{operation.view_func.__name__}"

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        return [path for router in self._get_bound_routers() for path in router.urls_paths(router.prefix)]


def guarded(view: View) -> View:
    """Before anything is read: not too often, and nothing in the query that the operation does not know."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if wait := wait_of(request):
            problem = Problem(429, "TooOften", _("Too many requests. Please wait a little, then try again."))
            problem.headers["Retry-After"] = str(wait)
            return answer_problem(request, problem)
        if unknown := sorted(request.GET.keys() - known_names(request)):
            faults = [{"field": name, "message": _("This is not known here.")} for name in unknown]
            return answer_problem(request, Problem(422, "Invalid", _("Look at the marked fields."), faults))
        return view(request, *args, **kwargs)

    return run


def as_list(run: Callable[..., Any]) -> Callable[..., Any]:
    """Queries answer tuples; ninja takes a tuple of two for a status and a body."""

    @wraps(run)
    def listed(*args: Any, **kwargs: Any) -> Any:
        answer = run(*args, **kwargs)
        return list(answer) if isinstance(answer, tuple) else answer

    return listed


def known_names(request: HttpRequest) -> frozenset[str]:
    """The names the operation reads from its query."""
    match = request.resolver_match
    return names_by_route().get((match.url_name if match else "", request.method or ""), frozenset())


@cache
def names_by_route() -> dict[tuple[str | None, str], frozenset[str]]:
    """(route, method) → names in the query."""
    return {
        (operation.url_name, method): frozenset(
            name
            for model in operation.models
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        )
        for operation in operations()
        for method in operation.methods
    }


def operations() -> list[Operation]:
    """Every operation there is."""
    bound = api._get_bound_routers()
    return [one for router in bound for view in router.path_operations.values() for one in view.operations]


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, with what holds for every operation."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    answers = {str(status): {"$ref": f"#/components/responses/{status}"} for status in PROBLEMS}
    for methods in made["paths"].values():
        for operation in methods.values():
            operation["responses"] = {str(code): said for code, said in operation["responses"].items()} | answers
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    made["components"]["schemas"]["Problem"] = PROBLEM
    made["components"]["responses"] = {
        str(status): {"description": f"{HTTPStatus(status).phrase}. {text}", "content": content}
        for status, text in PROBLEMS.items()
    }
    made["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return made | {"security": [{"key": []}]}


api = Api(
    title="Remonta",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=Body(),
)
api.add_decorator(guarded, mode="view")
api.add_decorator(as_list)
for tag, router in ROUTERS:
    api.add_router("", router, tags=[tag])
