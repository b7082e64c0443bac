"""Pages that every tenant has."""

from django.urls import include, path

from tenants.accession.views import joining, leavers
from tenants.partnership.views import office
from tenants.people.views import office as people

urlpatterns = [
    path("", people.today, name="home"),
    path("kalendarz/", people.show_calendar, name="calendar"),
    path("szukaj/", people.search, name="search"),
    path("dostepnosc/", office.show_accessibility, name="accessibility"),
    path("dolacz/", joining.join, name="join"),
    path("dolacz/wyslano/", joining.sent, name="join_sent"),
    path("dolacz/regulamin/", joining.regulation, name="join_regulation"),
    path("uslugi/", include("region.directory.unit_urls")),
    path("moje-dokumenty/", leavers.own_papers, name="own_papers"),
    path("moje-dokumenty/<uuid:pk>/", leavers.own_paper, name="own_paper"),
    path("partnerstwo/", include("tenants.people.urls")),
    path("partnerstwo/", include("tenants.partnership.urls")),
    path("partnerstwo/", include("tenants.regulation.urls")),
    path("partnerstwo/", include("tenants.accession.urls")),
    path("partnerstwo/", include("tenants.data_protection.urls")),
    path("zespoly/", include("tenants.teams.urls")),
    path("spotkania/", include("tenants.meetings.urls")),
    path("miedzy-spotkaniami/", include("tenants.dialogue.urls")),
    path("porozumienia/", include("tenants.agreements.urls")),
    path("koszyk/", include("tenants.baskets.urls")),
    path("dokumenty/", include("kooperacja.documents.urls")),
    path("", include("kooperacja.audit.urls")),
    path("", include("kooperacja.drafts.urls")),
]
