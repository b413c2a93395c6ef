"""The customers' pages. Everybody may knock; the secret link, or the form's own proof, opens."""

from django.urls import path

from remonta.portal import camera, order_views, request_views

app_name = "portal"
urlpatterns = [
    path("s/<str:token>", order_views.order, name="order"),
    path("s/<str:token>/", order_views.order, name="order-page"),
    path("s/<str:token>/quotes/<uuid:uid>/approve/", order_views.approve, name="quote-approve"),
    path("s/<str:token>/quotes/<uuid:uid>/decline/", order_views.decline, name="quote-decline"),
    path("s/<str:token>/messages/", order_views.write, name="message"),
    path("s/<str:token>/rating/", order_views.rate, name="rating"),
    path("s/<str:token>/files/<uuid:uid>/", order_views.file, name="file"),
    path("s/<str:token>/papers/<uuid:uid>/", order_views.paper, name="paper"),
    path("camera/<str:token>/", camera.camera, name="camera"),
    path("request/", request_views.request_form, name="request"),
    path("request/centres/", request_views.request_centres, name="request-centres"),
    path("request/embed.js", request_views.embed, name="request-embed"),
    path("request/sent/<str:sent>/", request_views.request_sent, name="request-sent"),
    path("request/<slug:code>/", request_views.request_form, name="request-centre"),
]
