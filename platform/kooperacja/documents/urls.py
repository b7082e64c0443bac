"""Private files of a tenant."""

from django.urls import path

from kooperacja.documents import views

app_name = "documents"

urlpatterns = [
    path("pliki/<uuid:pk>/", views.file, name="file"),
]
