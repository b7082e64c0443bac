"""Pages of people."""

from django.urls import path

from tenants.people.views import office

app_name = "people"

urlpatterns = [
    path("osrodek/", office.show, name="office"),
    path("osrodek/lider/", office.become_lead, name="become_lead"),
    path("osrodek/zaproszenie/", office.invite, name="invite_colleague"),
    path("osrodek/role/<uuid:pk>/koniec/", office.end_role, name="end_role"),
]
