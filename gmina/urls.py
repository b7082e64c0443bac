"""Pages of a gmina: what every tenant has, then what only a gmina has."""

from django.urls import include, path

urlpatterns = [
    path("", include("tenants.urls")),
    path("grupa-kooperacji/", include("gmina.ggk.urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler500 = "kooperacja.ui.errors.server_error"
