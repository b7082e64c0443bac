"""The inbox, under /konto/."""

from django.urls import path

from kooperacja.inbox import views

urlpatterns = [
    path("skrzynka/", views.inbox, name="inbox"),
    path("ustalenia/", views.tasks, name="inbox_tasks"),
    path("skrzynka/e-maile/", views.mails, name="inbox_mails"),
    path("skrzynka/e-maile/wylacz/<str:token>/", views.mails_off, name="inbox_mails_off"),
    path("skrzynka/<uuid:pk>/przeczytane/", views.read, name="inbox_read"),
]
