"""The routes of tasks. Each has its row in web/access."""

from django.urls import path

from remonta.desk.tasks import views

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/new/", views.new, name="task-new"),
    path("tasks/<uuid:uid>/", views.task, name="task"),
    path("tasks/<uuid:uid>/end/", views.end, name="task-end"),
]
