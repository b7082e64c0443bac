"""Pages of what is said between meetings."""

from django.urls import path

from tenants.dialogue.views import risks

app_name = "dialogue"

urlpatterns = [
    path("ryzyka/", risks.listing, name="risks"),
    path("ryzyka/nowe/<uuid:pk>/", risks.new, name="risk_new"),
    path("ryzyka/<uuid:pk>/", risks.show, name="risk"),
    path("ryzyka/<uuid:pk>/dopisz/", risks.add, name="risk_add"),
    path("ryzyka/<uuid:pk>/dzialania/", risks.handle, name="risk_handle"),
    path("ryzyka/<uuid:pk>/zamknij/", risks.close, name="risk_close"),
    path("ryzyka/<uuid:pk>/wycofaj/", risks.withdraw, name="risk_withdraw"),
    path("ryzyka/<uuid:pk>/do-porzadku/", risks.place, name="risk_place"),
    path("ryzyko/<str:token>/", risks.by_link, name="risk_link"),
]
