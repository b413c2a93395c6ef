"""A colleague's phone as the camera of an order: half an hour, photos only, nothing to be read."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from remonta.kernel.refusals import Missing
from remonta.orders.commands import add_photo
from remonta.portal.doors import Visit, camera_door
from remonta.web.requests import Request


@camera_door
def camera(request: Request, visit: Visit) -> HttpResponseBase:
    """The page for the phone; a POST keeps one photo, which colleagues see at once."""
    if request.method == "POST":
        given = request.FILES.get("photo")
        if given is None:
            raise Missing
        add_photo(visit.actor, visit.order.uid, file=given, name=given.name or "photo.jpg")
        return HttpResponse(status=201)
    shown = {"order": visit.order, "upload_url": request.path, "home_url": request.path}
    return render(request, "portal/camera.html", {**shown, "site_name": visit.order.centre.name})
