"""Whatever a person does at the desk, a program can do: a reviewed table, and the document that says how."""

from collections import Counter

from django.urls import reverse

from remonta.api.main import document, operations
from remonta.api.reference import groups
from remonta.web.access import ACCESS

# Each POST of the desk, and the operations that do the same.
SAME = {
    "desk:calls": "POST /talks; POST /intake/expected; POST /calls/{uid}/bind",
    "desk:call-returned": "POST /calls/{uid}/returned",
    "desk:request-move": "POST /requests/{uid}/accept; POST /requests/{uid}/keep; POST /requests/{uid}/refuse; "
    "POST /requests/{uid}/close; POST /requests/{uid}/called-back",
    "desk:request-promise": "POST /requests/{uid}/promises",
    "desk:request-note": "POST /requests/{uid}/notes",
    "desk:intake": "POST /intake",
    "desk:intake-expected": "POST /orders/{uid}/intake",
    "desk:order-move": "POST /orders/{uid}/moves",
    "desk:order-note": "POST /orders/{uid}/notes",
    "desk:order-message": "POST /orders/{uid}/notes",
    "desk:order-fault": "POST /orders/{uid}/fault",
    "desk:order-date": "POST /orders/{uid}/ready-date",
    "desk:order-status": "POST /orders/{uid}/status",
    "desk:order-priority": "POST /orders/{uid}/priority",
    "desk:order-watch": "POST /orders/{uid}/watchers",
    "desk:order-checklist": "POST /orders/{uid}/checklists/{moment}",
    "desk:order-photos": "POST /orders/{uid}/photos",
    "desk:order-passcode": "POST /orders/{uid}/passcode/look",
    "desk:order-give": "POST /orders/{uid}/give",
    "desk:order-finding": "POST /orders/{uid}/findings",
    "desk:finding-drop": "POST /findings/{uid}/withdraw",
    "desk:order-timer": "POST /orders/{uid}/timer/start; POST /orders/{uid}/timer/stop",
    "desk:dispatch-answer": "POST /dispatch/{uid}/answer",
    "desk:order-check": "POST /orders/{uid}/check",
    "desk:hand-over": "POST /orders/{uid}/hand-over",
    "desk:order-quote-edit": "POST /orders/{uid}/quotes",
    "desk:quote-send": "POST /quotes/{uid}/send",
    "desk:quote-preauthorised": "POST /quotes/{uid}/preauthorised",
    "desk:quote-answer": "POST /quotes/{uid}/approve; POST /quotes/{uid}/decline",
    "desk:order-parts": "POST /orders/{uid}/parts",
    "desk:order-old-part": "POST /orders/{uid}/old-part",
    "desk:order-place": "POST /orders/{uid}/place",
    "desk:issue-scan": "POST /orders/{uid}/issue",
    "desk:requisition-issue": "POST /requisitions/{uid}/issue",
    "desk:requisition-return": "POST /requisitions/{uid}/return",
    "desk:requisition-cancel": "POST /requisitions/{uid}/cancel",
    "desk:store-picking-new": "POST /picking-lists",
    "desk:store-picking-scan": "POST /picking-lists/{uid}/pick",
    "desk:store-picking-end": "POST /picking-lists/{uid}/end",
    "desk:store-picking-print": "POST /picking-lists/{uid}/paper",
    "desk:store-levels-file": "POST /levels",
    "desk:store-level": "POST /levels",
    "desk:store-fill": "POST /levels/fill",
    "desk:transfer-new": "POST /transfers",
    "desk:transfer-line": "POST /transfers/{uid}/parts",
    "desk:transfer-move": "POST /transfers/{uid}/move",
    "desk:transfer-scan": "POST /transfers/{uid}/pack; POST /transfers/{uid}/receive",
    "desk:transfer-unpack": "POST /transfer-lines/{uid}/unpack",
    "desk:transfer-settle": "POST /transfer-lines/{uid}/settle",
    "desk:transfer-print": "POST /transfers/{uid}/paper",
    "desk:requisition-transfer": "POST /requisitions/{uid}/transfer",
    "desk:old-part": "POST /old-parts/{uid}",
    "desk:requisition-terms": "POST /requisitions/{uid}/terms",
    "desk:requisition-used": "POST /requisitions/{uid}/used",
    "desk:issue-note": "POST /orders/{uid}/issue-note",
    "desk:requisition-expect": "POST /requisitions/{uid}/expect",
    "desk:receive": "POST /deliveries",
    "desk:loaner-new": "POST /loaners",
    "desk:loaner-change": "PUT /loaners/{uid}",
    "desk:loaner-move": "POST /loaners/{uid}/move",
    "desk:order-lend": "POST /orders/{uid}/loans",
    "desk:order-let-go": "POST /orders/{uid}/let-go",
    "desk:loan-until": "POST /loans/{uid}/until",
    "desk:loan-deposit": "POST /loans/{uid}/deposit",
    "desk:loan-back": "POST /loans/{uid}/back",
    "desk:loan-print": "POST /loans/{uid}/paper",
    "desk:request-send-in": "POST /requests/{uid}/parcel",
    "desk:send-in-accept": "POST /parcels/{uid}/accept",
    "desk:send-in-answer": "POST /parcels/{uid}/ask-back; POST /parcels/{uid}/refuse",
    "desk:task-new": "POST /tasks",
    "desk:task-end": "POST /tasks/{uid}/end",
    "desk:parcel-aside": "POST /parcels/aside",
    "desk:parcel-open": "POST /parcels/{uid}/open",
    "desk:parcel-match": "POST /parcels/{uid}/match",
    "desk:parcel-move": "POST /parcels/{uid}/pick-up; POST /parcels/{uid}/deliver; POST /parcels/{uid}/unpack; "
    "POST /parcels/{uid}/call-off",
    "desk:parcel-print": "POST /parcels/{uid}/paper; POST /orders/{uid}/papers",
    "desk:exit-order": "POST /orders/{uid}/pack",
    "desk:batch-new": "POST /batches",
    "desk:batch-scan": "POST /batches/{uid}/units; POST /batches/{uid}/parts; POST /batches/{uid}/batches; "
    "POST /batches/{uid}/receive; "
    "POST /batches/{uid}/extra",
    "desk:batch-line": "POST /batches/{uid}/take-out; POST /batches/{uid}/receive; POST /batches/{uid}/take-back",
    "desk:batch-move": "POST /batches/{uid}/seal; POST /batches/{uid}/unseal; POST /batches/{uid}/send; "
    "POST /batches/{uid}/arrive; POST /batches/{uid}/finish; POST /batches/{uid}/cancel",
    "desk:batch-customs": "POST /batches/{uid}/customs",
    "desk:batch-evidence": "POST /batches/{uid}/evidence",
    "desk:batch-print": "POST /batches/{uid}/paper",
    "desk:write-off-print": "POST /written-off/paper",
    "desk:order-send-on": "POST /orders/{uid}/send-on",
    "desk:onward-drop": "POST /onwards/{uid}/drop",
    "desk:to-order": "POST /purchases",
    "desk:purchase-ask": "POST /purchase-requests",
    "desk:purchase-ask-cancel": "POST /purchase-requests/{uid}/cancel",
    "desk:purchase-line-new": "POST /purchases/{uid}/lines",
    "desk:purchase-line": "PATCH /purchase-lines/{uid}",
    "desk:purchase-send": "POST /purchases/{uid}/mail; POST /purchases/{uid}/sent",
    "desk:purchase-confirm": "POST /purchases/{uid}/confirm",
    "desk:purchase-tell": "POST /purchases/{uid}/tell-customers",
    "desk:purchase-close": "POST /purchases/{uid}/close",
    "desk:purchase-cancel": "POST /purchases/{uid}/cancel",
    "desk:purchase-print": "POST /purchases/{uid}/paper",
    "desk:purchase-receive": "POST /purchases/{uid}/deliveries",
    "desk:receipt-costs": "POST /deliveries/{uid}/costs",
    "desk:advice": "POST /order-advice/take",
    "desk:advice-work": "POST /order-advice",
    "desk:plan": "POST /part-plan/take",
    "desk:plan-work": "POST /part-plan",
    "desk:calculation-stop": "POST /calculations/{uid}/stop",
    "desk:goods-return-new": "POST /supplier-returns",
    "desk:goods-return-line-new": "POST /supplier-returns/{uid}/lines",
    "desk:goods-return-line-drop": "DELETE /supplier-return-lines/{uid}",
    "desk:goods-return-send": "POST /supplier-returns/{uid}/send",
    "desk:goods-return-answer": "POST /supplier-returns/{uid}/answer",
    "desk:goods-return-credit": "POST /supplier-returns/{uid}/credit",
    "desk:goods-return-replace": "POST /supplier-returns/{uid}/replace",
    "desk:goods-return-back": "POST /supplier-returns/{uid}/take-back",
    "desk:goods-return-give-up": "POST /supplier-returns/{uid}/give-up",
    "desk:goods-return-cancel": "POST /supplier-returns/{uid}/cancel",
    "desk:goods-return-print": "POST /supplier-returns/{uid}/paper",
    "desk:supplier-new": "POST /suppliers",
    "desk:supplier": "PATCH /suppliers/{uid}",
    "desk:supplier-archive": "POST /suppliers/{uid}/archive",
    "desk:supplier-part-new": "POST /suppliers/{uid}/parts",
    "desk:supplier-part": "PATCH /supplier-parts/{uid}",
    "desk:rate-new": "PUT /exchange-rates/{entity}",
    "desk:rates-file": "POST /exchange-rates/{entity}/table",
    "desk:take-apart": "POST /units/{uid}/take-apart",
    "desk:part-move": "POST /parts/{uid}/moves",
    "desk:place-new": "POST /places",
    "desk:place-bins": "POST /places/bins",
    "desk:place-labels": "POST /places/labels",
    "desk:place-rename": "POST /places/{uid}/rename",
    "desk:count-new": "POST /stocktakes",
    "desk:count-move": "POST /stocktakes/{uid}/move",
    "desk:counting-scan": "POST /stocktakes/{uid}/count; POST /counted-places/{uid}/parts; "
    "POST /counted-places/{uid}/units",
    "desk:counting-again": "POST /counted-places/{uid}/move",
    "desk:counting-correct": "POST /counted-places/{uid}/parts",
    "desk:counting-close": "POST /counted-places/{uid}/move",
    "desk:place-archive": "POST /places/{uid}/archive",
    "desk:order-pay": "POST /orders/{uid}/payments; POST /orders/{uid}/deposits",
    "desk:order-invoice": "POST /orders/{uid}/invoice",
    "desk:payment-refund": "POST /payments/{uid}/refund; POST /payments/{uid}/keep-as-credit",
    "desk:payment-settle": "POST /payments/{uid}/settle",
    "desk:payment-cancel": "POST /payments/{uid}/cancel",
    "desk:invoice-correct": "POST /invoices/{uid}/correct",
    "desk:cash-desk-new": "POST /cash-desks",
    "desk:cash-desk": "PUT /cash-desks/{uid}",
    "desk:cash-desk-archive": "POST /cash-desks/{uid}/archive",
    "desk:cash-open": "POST /cash-desks/{uid}/open",
    "desk:cash-close": "POST /shifts/{uid}/close",
    "desk:cash-move": "POST /shifts/{uid}/moves",
    "desk:order-print": "POST /orders/{uid}/papers",
    "desk:quote-print": "POST /quotes/{uid}/paper",
    "desk:payment-print": "POST /payments/{uid}/paper",
    "desk:invoice-print": "POST /invoices/{uid}/paper",
    "desk:goods-print": "POST /deliveries/{uid}/paper",
    "desk:form-template": "POST /form-templates/{code}; POST /form-templates/{code}/restore",
    "desk:form-preview": "POST /form-templates/{code}/preview",
    "desk:shipment-new": "POST /shipments",
    "desk:shipment-print": "POST /shipments/{uid}/paper",
    "desk:shipment-cancel": "POST /shipments/{uid}/cancel",
    "desk:shipment-ask": "POST /shipments/{uid}/ask",
    "desk:shipment-settle": "POST /shipments/{uid}/settle",
    "desk:courier-new": "POST /couriers",
    "desk:courier": "PUT /couriers/{uid}",
    "desk:courier-hook": "POST /couriers/{uid}/hook",
    "desk:courier-archive": "POST /couriers/{uid}/archive",
    "desk:round-new": "POST /rounds",
    "desk:round-stops": "POST /rounds/{uid}/stops",
    "desk:round-order": "PUT /rounds/{uid}/stops",
    "desk:round-drop": "POST /rounds/{uid}/drop",
    "desk:round-stop": "POST /rounds/{uid}/made",
    "desk:order-link-make": "POST /orders/{uid}/link",
    "desk:order-link-send": "POST /orders/{uid}/link/send",
    "desk:order-link-revoke": "POST /orders/{uid}/link/revoke",
    "desk:notices-read": "POST /notices/read",
    "desk:notice-open": "POST /notices/{uid}/read",
    "desk:customer-text": "PUT /customer-texts/{code}/{channel}/{language}; "
    "DELETE /customer-texts/{code}/{channel}/{language}",
    "desk:customer-new": "POST /customers",
    "desk:customer-edit": "PATCH /customers/{uid}",
    "desk:customer-merge": "POST /customers/{uid}/merge",
    "desk:first-steps-catalogue": "POST /catalogue/starter",
    "desk:customer-erase": "POST /customers/{uid}/erase",
    "desk:customer-phone": "POST /customers/{uid}/phones",
    "desk:customer-phone-drop": "DELETE /customers/{uid}/phones/{phone_id}",
    "desk:customer-address-new": "POST /customers/{uid}/addresses",
    "desk:customer-address": "PATCH /customers/{uid}/addresses/{address}",
    "desk:customer-relate": "POST /customers/{uid}/relations",
    "desk:customer-part": "POST /customers/{uid}/relations/part",
    "desk:customer-flag": "POST /customers/{uid}/flags",
    "desk:unit-new": "POST /units",
    "desk:unit-edit": "PATCH /units/{uid}",
    "desk:unit-move": "POST /units/{uid}/deactivate; POST /units/{uid}/reactivate",
    "desk:unit-owner": "POST /units/{uid}/owner",
    "desk:unit-link": "POST /units/{uid}/links",
    "desk:unit-merge": "POST /units/{uid}/merge",
    "desk:unit-parts": "POST /units/{uid}/parts",
    "desk:sale-register": "POST /sales/{uid}/register",
    "desk:product-new": "POST /products",
    "desk:product-edit": "PUT /products/{uid}",
    "desk:product-archive": "POST /products/{uid}/archive",
    "desk:product-fault": "POST /products/{uid}/faults",
    "desk:product-fault-drop": "DELETE /products/{uid}/faults/{fault}",
    "desk:product-part": "POST /products/{uid}/parts",
    "desk:part-new": "POST /parts",
    "desk:part": "PUT /parts/{uid}",
    "desk:part-archive": "POST /parts/{uid}/archive",
    "desk:product-bom": "POST /products/{uid}/parts-lists",
    "desk:part-bom": "POST /parts/{uid}/parts-lists",
    "desk:part-replace": "POST /parts/{uid}/replacements",
    "desk:part-fit": "POST /products/{uid}/parts",
    "desk:replacement-drop": "DELETE /replacements/{uid}",
    "desk:bom-line-new": "POST /parts-lists/{uid}/lines",
    "desk:bom-line": "PUT /parts-lists/{uid}/lines/{line}; DELETE /parts-lists/{uid}/lines/{line}",
    "desk:bom-publish": "POST /parts-lists/{uid}/publish",
    "desk:bom-discard": "DELETE /parts-lists/{uid}",
    "desk:service-new": "POST /services",
    "desk:service": "PUT /services/{uid}",
    "desk:service-archive": "POST /services/{uid}/archive",
    "desk:price-set": "PUT /price-lists/{entity}/{kind}/{uid}",
    "desk:category-new": "POST /categories",
    "desk:category": "PUT /categories/{uid}",
    "desk:checklist-new": "POST /checklist-lines",
    "desk:checklist-line": "PUT /checklist-lines/{uid}",
    "desk:checklist-drop": "DELETE /checklist-lines/{uid}",
    "desk:fault-code-new": "POST /fault-codes",
    "desk:fault-code": "PUT /fault-codes/{uid}",
    "desk:my-account": "PATCH /me",
    "desk:person-new": "POST /people",
    "desk:person": "PATCH /people/{person}",
    "desk:person-give": "POST /people/{person}/roles",
    "desk:person-take": "POST /people/{person}/roles/take",
    "desk:person-invite": "POST /people/{person}/invite",
    "desk:person-disable": "POST /people/{person}/disable",
    "desk:person-enable": "POST /people/{person}/enable",
    "desk:centre-new": "POST /centres",
    "desk:centre": "PATCH /centres/{centre}",
    "desk:group-new": "POST /groups",
    "desk:group": "PUT /groups/{group}",
    "desk:group-join": "POST /groups/{group}/join",
    "desk:group-leave": "POST /groups/{group}/leave",
    "desk:entity-new": "POST /entities",
    "desk:entity": "PUT /entities/{entity}",
    "desk:entity-mark": "POST /entities/{entity}/mark",
    "desk:entity-mark-remove": "DELETE /entities/{entity}/mark",
    "desk:region-new": "POST /regions",
    "desk:region": "PUT /regions/{region}",
    "desk:calendar-new": "POST /calendars",
    "desk:calendar": "PUT /calendars/{calendar}",
    "desk:calendar-day": "POST /calendars/{calendar}/days",
    "desk:setting": "PUT /settings/{key}",
    "desk:message-resend": "POST /messages/{message}/resend",
    "desk:message-settle": "POST /messages/{message}/settle",
    "desk:message-cancel": "POST /messages/{message}/cancel",
    "desk:job-stop": "POST /jobs/{job}/stop",
    "desk:job-retry": "POST /jobs/{job}/retry",
    "desk:import-new": "POST /imports",
    "desk:import-mapping": "PUT /imports/{uid}/mapping",
    "desk:import-move": "POST /imports/{uid}/moves",
    "web:scan": "POST /scan; POST /scan/put",
    "web:undo-move": "POST /moves/{uid}/undo",
    "web:undo-issue": "POST /requisitions/{uid}/issue/undo",
}
# What a program does not do, and why.
OWN_TO_PEOPLE = {
    "desk:intake-draft": "a program keeps its own half-made forms",
    "desk:my-tokens": "a key must not make keys that outlive it",
    "desk:my-token-drop": "keys are looked after by people who have signed in",
    "desk:person-link": "a sign-in link is shown on the screen of who hands it over",
    "desk:order-camera": "a program sends photos itself",
    "web:preferences": "how a browser looks",
    "web:centre": "a program names the centre each time",
    "web:sign-out": "keys do not sign in",
    "web:list-view": "how a browser’s lists look",
    "web:list-view-drop": "how a browser’s lists look",
    "web:list-columns": "how a browser’s lists look",
}


def posts():
    return {route for route, method in ACCESS if method == "POST" and route.split(":")[0] in ("desk", "web")}


def spoken():
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, said in document()["paths"].items()
        for method in said
    }


def test_every_post_of_the_desk_has_its_operation_or_a_reason():
    assert posts() - SAME.keys() - OWN_TO_PEOPLE.keys() == set()
    assert (SAME.keys() | OWN_TO_PEOPLE.keys()) - posts() == set()
    assert SAME.keys() & OWN_TO_PEOPLE.keys() == set()


def test_every_operation_of_the_table_is_in_the_document():
    named = {one for said in SAME.values() for one in said.split("; ")}
    assert named - spoken() == set()


def test_every_operation_has_a_row_and_every_row_an_operation():
    there = {(f"api:{one.url_name}", method) for one in operations() for method in one.methods}
    rows = {key for key in ACCESS if key[0].startswith("api:")}
    assert there == rows


def test_no_two_routers_share_an_address():
    paths = Counter((one.url_name, one.path) for one in operations())
    names = Counter(name for name, _path in paths)
    assert [name for name, count in names.items() if count > 1] == []
    methods = Counter((one.path, method) for one in operations() for method in one.methods)
    assert [key for key, count in methods.items() if count > 1] == []
    homes = {(one.path, one.view_func.__module__) for one in operations()}
    assert len(homes) == len({path for path, _module in homes})


def test_every_operation_says_what_it_does_and_how_it_can_refuse():
    said = [one for path in document()["paths"].values() for one in path.values()]
    assert [one["operationId"] for one in said if not one.get("description")] == []
    assert all({"401", "403", "404", "409", "422", "429"} <= one["responses"].keys() for one in said)
    assert document()["openapi"].startswith("3.1")
    ids = Counter(one["operationId"] for one in said)
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_reference_leads_somewhere():
    found, known = set(), document()["components"]["schemas"]

    def walk(node):
        if isinstance(node, dict):
            found.update([node["$ref"]] if "$ref" in node else [])
            [walk(value) for value in node.values()]
        elif isinstance(node, list):
            [walk(value) for value in node]

    walk(document())
    schemas = {ref.rsplit("/", 1)[-1] for ref in found if "/schemas/" in ref}
    assert schemas - known.keys() == set()
    assert len(schemas) > 80


def test_bodies_refuse_what_they_do_not_know():
    loose = []
    for path in document()["paths"].values():
        for one in path.values():
            for media, said in one.get("requestBody", {}).get("content", {}).items():
                name = said["schema"].get("$ref", "").rsplit("/", 1)[-1]
                if media == "application/json" and document()["components"]["schemas"][name].get(
                    "additionalProperties", True
                ):
                    loose.append(one["operationId"])
    assert loose == []


def test_the_reference_shows_every_operation(client, db):
    page = client.get(reverse("api-reference")).content.decode()
    shown = [one for group in groups() for one in group["operations"]]
    assert len(shown) == sum(len(path) for path in document()["paths"].values())
    assert [one["id"] for one in shown if f'id="{one["id"]}"' not in page] == []
    assert "style=" not in page


def test_the_document_is_served_to_everybody(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Remonta"
