"""Signing in and one's own account, under /konto/; allauth's names, since it reverses them."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import path, re_path
from django.views.generic import RedirectView

from kooperacja.accounts import views

_to_factors = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("zaloguj/", account.login, name="account_login"),
    path("zaloguj/kod/", views.authenticate, name="mfa_authenticate"),
    path("zaloguj/klucz/", views.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("wyloguj/", account.logout, name="account_logout"),
    path("wylaczone/", account.account_inactive, name="account_inactive"),
    path("profil/", views.profile, name="profile"),
    path("bezpieczenstwo/", views.security, name="account_security"),
    path("sesje/", views.sessions, name="usersessions_list"),
    path("haslo/", account.password_change, name="account_change_password"),
    path("haslo/odzyskaj/", account.password_reset, name="account_reset_password"),
    path(
        "haslo/ustaw/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path(
        "haslo/odzyskaj/wyslano/", account.password_reset_done, name="account_reset_password_done"
    ),
    path(
        "haslo/odzyskaj/gotowe/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^haslo/odzyskaj/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("potwierdz/haslo/", account.reauthenticate, name="account_reauthenticate"),
    path("potwierdz/kod/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("potwierdz/klucz/", views.reauthenticate_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("drugi-skladnik/", views.index, name="mfa_index"),
    path("drugi-skladnik/aplikacja/", views.activate_totp, name="mfa_activate_totp"),
    path("drugi-skladnik/aplikacja/usun/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("drugi-skladnik/kody/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("drugi-skladnik/kody/plik/", views.recovery_codes_file, name="mfa_recovery_codes_file"),
    path(
        "drugi-skladnik/kody/nowe/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("drugi-skladnik/klucze/", _to_factors, name="mfa_list_webauthn"),
    path("drugi-skladnik/klucze/dodaj/", views.add_passkey, name="mfa_add_webauthn"),
    path("drugi-skladnik/klucze/<int:pk>/nazwa/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "drugi-skladnik/klucze/<int:pk>/usun/", passkey.remove_webauthn, name="mfa_remove_webauthn"
    ),
]
