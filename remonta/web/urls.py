"""What all faces share. Each route has its row in web/access."""

from django.urls import path

from remonta.web import files, list_views, views
from remonta.web.palette import palette
from remonta.web.scan import scan, undo_issue, undo_move

app_name = "web"
urlpatterns = [
    path("files/<uuid:uid>/", files.file, name="file"),
    path("preferences/", views.preferences, name="preferences"),
    path("centre/", views.choose_centre, name="centre"),
    path("lists/<slug:listing>/views/", list_views.save, name="list-view"),
    path("lists/<slug:listing>/columns/", list_views.columns, name="list-columns"),
    path("lists/views/<uuid:uid>/drop/", list_views.drop, name="list-view-drop"),
    path("palette/", palette, name="palette"),
    path("scan/", scan, name="scan"),
    path("scan/moves/<uuid:uid>/undo/", undo_move, name="undo-move"),
    path("scan/issues/<uuid:uid>/undo/", undo_issue, name="undo-issue"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
