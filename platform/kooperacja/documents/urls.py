"""Private files of a tenant."""

from django.urls import path

from kooperacja.documents import views

app_name = "documents"

urlpatterns = [
    path("pliki/<uuid:pk>/", views.file, name="file"),
    path("pliki/z-podpisem/<uuid:pk>/", views.container, name="container"),
    path("pliki/przygotowane/<uuid:pk>/", views.prepared, name="prepared"),
    path("pliki/przygotowane/<uuid:pk>/plik/", views.prepared_file, name="prepared_file"),
]
