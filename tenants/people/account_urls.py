"""Pages of an account about all the units it works in."""

from django.urls import path

from tenants.people import account

urlpatterns = [
    path("kalendarz/", account.calendar, name="account_calendar"),
    path("kalendarz/adres/", account.feed_new, name="calendar_feed_new"),
    path("kalendarz/adres/uniewaznienie/", account.feed_revoke, name="calendar_feed_revoke"),
    path("kalendarz/<slug:secret>/kooperacja.ics", account.feed, name="calendar_feed"),
]
