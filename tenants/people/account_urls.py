"""Pages of an account about all the units it works in."""

from django.urls import path

from tenants.people import account

urlpatterns = [
    path("kalendarz/", account.calendar, name="account_calendar"),
]
