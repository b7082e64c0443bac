"""Where drafts are kept and put away, in a tenant and outside."""

from django.urls import path

from kooperacja.drafts import views

urlpatterns = [
    path("szkic/", views.keep, name="draft_keep"),
    path("szkic/usun/", views.forget, name="draft_forget"),
]
