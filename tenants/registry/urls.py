"""Pages of an account that know of tenants, under /konto/."""

from django.urls import path

from tenants.registry import views

urlpatterns = [
    path("", views.places, name="places"),
    path("zaproszenie/<str:token>/", views.invitation, name="invitation"),
    path("adres/", views.address, name="account_address"),
    path("adres/<str:token>/", views.address_confirm, name="account_address_confirm"),
    path("klucze-api/", views.api_tokens, name="api_tokens"),
    path("klucze-api/nowy/", views.api_token_new, name="api_token_new"),
    path("klucze-api/<uuid:token_id>/uniewaznij/", views.api_token_revoke, name="api_token_revoke"),
]
