"""Pages of meetings."""

from django.urls import path

from tenants.meetings.views import agenda, meetings

app_name = "meetings"

urlpatterns = [
    path("", meetings.listing, name="meetings"),
    path("nowe/<uuid:pk>/", meetings.new, name="meeting_new"),
    path("odbyte/<uuid:pk>/", meetings.past, name="meeting_past"),
    path("<uuid:pk>/", meetings.show, name="meeting"),
    path("<uuid:pk>/zmien/", meetings.edit, name="meeting_edit"),
    path("<uuid:pk>/zwolaj/", meetings.convene, name="meeting_convene"),
    path("<uuid:pk>/odwolaj/", meetings.cancel, name="meeting_cancel"),
    path("<uuid:pk>/punkt/", agenda.add, name="meeting_item"),
    path("punkt/<uuid:pk>/", agenda.edit, name="item_edit"),
    path("punkt/<uuid:pk>/usun/", agenda.remove, name="item_remove"),
    path("punkt/<uuid:pk>/przesun/", agenda.move, name="item_move"),
]
