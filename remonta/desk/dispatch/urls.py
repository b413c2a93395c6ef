"""The workshop: the board, one's own work, and the bench on the order page."""

from django.urls import path

from remonta.desk.dispatch import bench, views

urlpatterns = [
    path("board/", views.board, name="board"),
    path("my-work/", views.my_work_page, name="my-work"),
    path("dispatch/<uuid:uid>/answer/", views.answer, name="dispatch-answer"),
    path("orders/<uuid:uid>/bench/", bench.bench, name="order-bench"),
    path("orders/<uuid:uid>/load/", bench.load, name="order-load"),
    path("orders/<uuid:uid>/give/", bench.give, name="order-give"),
    path("orders/<uuid:uid>/finding/", bench.finding, name="order-finding"),
    path("orders/<uuid:uid>/timer/", bench.timer, name="order-timer"),
    path("findings/<uuid:uid>/drop/", bench.drop_finding, name="finding-drop"),
]
