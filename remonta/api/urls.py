"""The API's addresses, its document, and the hooks by which other systems report. Each has its row in web/access."""

from django.urls import path

from remonta.api.courier_hooks import knock, signed_hook
from remonta.api.hooks import calls_hook
from remonta.api.main import api
from remonta.api.reference import openapi, reference

urlpatterns = [
    path("api/v1/", reference, name="api-reference"),
    path("api/v1/openapi.json", openapi, name="api-openapi"),
    path("api/v1/", api.urls),
    path("hooks/calls/<slug:exchange>/", calls_hook, name="api-hook-calls"),
    path("hooks/couriers/<uuid:uid>/", signed_hook, name="api-hook-courier"),
    path("hooks/couriers/<uuid:uid>/<slug:key>/", knock, name="api-hook-courier-knock"),
]
