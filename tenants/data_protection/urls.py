"""Pages of data protection."""

from django.urls import path

from tenants.data_protection.views import guard, overview, registers

app_name = "data_protection"

urlpatterns = [
    path("regulamin/<uuid:pk>/zalacznik-3.<str:kind>", overview.printed, name="data_rules_print"),
    path("ochrona-danych/", overview.overview, name="data_protection"),
    path("ochrona-danych/moje/", overview.own, name="own_data_protection"),
    path("ochrona-danych/kontrola/", guard.show, name="guard"),
    path("ochrona-danych/kontrola/zmiana/", guard.edit, name="guard_edit"),
    path("ochrona-danych/zalacznik-3/", overview.data_rules, name="data_rules"),
    path("ochrona-danych/oswiadczenia/", registers.statements, name="statements"),
    path("ochrona-danych/oswiadczenia/nowe/", overview.statement_new, name="statement_new"),
    path("ochrona-danych/umowy/", registers.agreements, name="agreements"),
    path("ochrona-danych/umowy/nowa/", registers.agreement_new, name="agreement_new"),
    path("ochrona-danych/umowy/projekt/", registers.agreement_draft, name="agreement_draft"),
    path("ochrona-danych/umowy/<uuid:pk>/", registers.agreement, name="agreement"),
    path("ochrona-danych/umowy/<uuid:pk>/koniec/", registers.agreement_end, name="agreement_end"),
    path("ochrona-danych/upowaznienia/", registers.authorisations, name="authorisations"),
    path(
        "ochrona-danych/upowaznienia/nowe/",
        registers.authorisation_new,
        name="authorisation_new",
    ),
    path("ochrona-danych/upowaznienia/<uuid:pk>/", registers.authorisation, name="authorisation"),
    path(
        "ochrona-danych/upowaznienia/<uuid:pk>/koniec/",
        registers.authorisation_end,
        name="authorisation_end",
    ),
]
