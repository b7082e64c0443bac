"""Pages of people."""

from django.urls import path

from tenants.people import views
from tenants.people.journal import journal_file

app_name = "people"

urlpatterns = [
    path("dziennik/xlsx/", journal_file, {"file_format": "xlsx"}, name="journal_xlsx"),
    path("dziennik/csv/", journal_file, {"file_format": "csv"}, name="journal_csv"),
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
