"""Pages of people."""

from django.urls import path

from tenants.people import views

app_name = "people"

urlpatterns = [
    path("osrodek/", views.show_office, name="office"),
    path("osrodek/administrator/<uuid:pk>/", views.administrator, name="administrator"),
    path(
        "osrodek/administrator/<uuid:pk>/zatrzymanie/",
        views.administrator_stop,
        name="administrator_stop",
    ),
    path("osrodek/zaproszenie/", views.invite, name="invite_colleague"),
    path("osrodek/role/<uuid:pk>/koniec/", views.end_role, name="end_role"),
    path("role/<uuid:pk>/zaproszenie/", views.show_invitation, name="invitation"),
    path("role/<uuid:pk>/zaproszenie/ponownie/", views.send_again, name="invitation_again"),
    path(
        "role/<uuid:pk>/zaproszenie/wycofanie/",
        views.withdraw_invitation,
        name="invitation_withdraw",
    ),
]
