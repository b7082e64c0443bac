"""Pages of a powiat: what every tenant has, then what only a powiat has."""

from django.urls import include, path

urlpatterns = [
    path("", include("tenants.urls")),
    path("", include("powiat.own_urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler500 = "kooperacja.ui.errors.server_error"
