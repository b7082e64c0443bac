"""Pages of the shared plane; a tenant's pages are mounted by its middleware."""

from django.urls import include, path

urlpatterns = [
    path("", include("kooperacja.ops.urls")),
    path("", include("kooperacja.ui.urls")),
    path("", include("tenants.registry.front_urls")),
    path("konto/", include("tenants.registry.urls")),
    path("konto/", include("tenants.people.account_urls")),
    path("konto/", include("kooperacja.inbox.urls")),
    path("konto/", include("kooperacja.accounts.urls")),
    path("konto/", include("kooperacja.drafts.urls")),
    path("katalog/", include("region.directory.urls")),
    path("region/karty-do-potwierdzenia/", include("region.directory.checks_urls")),
    path("region/typy-uslug/", include("region.directory.types_urls")),
    path("region/", include("region.panel.urls")),
    path("api/", include("api.urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler429 = "kooperacja.accounts.views.too_many_requests"  # asked for by allauth
handler500 = "kooperacja.ui.errors.server_error"
