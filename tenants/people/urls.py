"""Pages of people."""

from django.urls import path

from tenants.people.journal import journal_file
from tenants.people.views import advisers, mending, office, register, returned

app_name = "people"

urlpatterns = [
    path("dziennik/xlsx/", journal_file, {"file_format": "xlsx"}, name="journal_xlsx"),
    path("dziennik/csv/", journal_file, {"file_format": "csv"}, name="journal_csv"),
    path("osoby/", register.people, name="people"),
    path("osoby/bez-poczty/", returned.unreached, name="unreached"),
    path("osoby/bez-poczty/<uuid:pk>/sprawdzony/", returned.settle, name="unreached_settle"),
    path("osoby/<uuid:pk>/", register.show, name="person"),
    path("osrodek/", office.show_office, name="office"),
    path("osrodek/administrator/<uuid:pk>/", office.administrator, name="administrator"),
    path(
        "osrodek/administrator/<uuid:pk>/zatrzymanie/",
        office.administrator_stop,
        name="administrator_stop",
    ),
    path("osrodek/zaproszenie/", office.invite, name="invite_colleague"),
    path("doradcy/<uuid:pk>/", advisers.adviser, name="adviser"),
    path("doradcy/<uuid:pk>/koniec/", advisers.end, name="adviser_end"),
    path("osrodek/role/<uuid:pk>/koniec/", office.end_role, name="end_role"),
    path("role/<uuid:pk>/zaproszenie/", office.show_invitation, name="invitation"),
    path("role/<uuid:pk>/zaproszenie/ponownie/", office.send_again, name="invitation_again"),
    path(
        "role/<uuid:pk>/zaproszenie/wycofanie/",
        office.withdraw_invitation,
        name="invitation_withdraw",
    ),
    path(
        "instytucje/<uuid:pk>/usuniecie/", mending.strike_organisation, name="organisation_strike"
    ),
    path("instytucje/<uuid:pk>/polaczenie/", mending.merge_organisation, name="organisation_merge"),
    path(
        "instytucje/<uuid:pk>/polaczenie/<uuid:target>/",
        mending.merge_organisation_with,
        name="organisation_merge_with",
    ),
    path(
        "instytucje/<uuid:pk>/polaczenie/cofniecie/",
        mending.part_organisation,
        name="organisation_part",
    ),
    path("osoby/<uuid:pk>/zmiana/", register.edit, name="person_edit"),
    path("osoby/<uuid:pk>/usuniecie/", mending.strike_person, name="person_strike"),
    path("osoby/<uuid:pk>/polaczenie/", mending.merge_person, name="person_merge"),
    path(
        "osoby/<uuid:pk>/polaczenie/<uuid:target>/",
        mending.merge_person_with,
        name="person_merge_with",
    ),
    path("osoby/<uuid:pk>/polaczenie/cofniecie/", mending.part_person, name="person_part"),
]
