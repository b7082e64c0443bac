"""Pages of a city with county rights, which is a gmina and a powiat at once."""

from django.urls import include, path

urlpatterns = [
    path("", include("gmina.urls")),
    path("", include("powiat.own_urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler500 = "kooperacja.ui.errors.server_error"
