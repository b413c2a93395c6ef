"""All routes: the frame, signing in, and the faces."""

from importlib.util import find_spec

from django.urls import include, path

from remonta.web import views

handler400 = "remonta.web.errors.bad_request"
handler403 = "remonta.web.errors.permission_denied"
handler404 = "remonta.web.errors.page_not_found"
handler500 = "remonta.web.errors.server_error"


def has_urls(face: str) -> bool:
    """Whether the face is installed and has pages."""
    return bool(find_spec(f"remonta.{face}") and find_spec(f"remonta.{face}.urls"))


FACES = ("desk", "portal", "field", "api")
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("remonta.web.urls")),
    path("", include("remonta.web.sign_in.urls")),
    *(
        path("", include(f"remonta.{face}.urls"))
        for face in FACES
        if find_spec(f"remonta.{face}") and find_spec(f"remonta.{face}.urls")
    ),
]
