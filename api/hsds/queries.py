"""Parameters of the lists, as HSDS names them; each is checked, an unknown one is refused."""

from typing import Any

from rest_framework import serializers

from api.v1.queries import Query

MOST = 100


class _Id(serializers.UUIDField):
    """The id of an object."""

    default_error_messages = {"invalid": "Podaj identyfikator UUID."}


class _Flag(serializers.BooleanField):
    """Yes or no."""

    default_error_messages = {"invalid": "Podaj true albo false."}


class _Moment(serializers.DateTimeField):
    """A moment; one at the beginning of all time has no place in ours."""

    def to_internal_value(self, value: Any) -> Any:
        try:
            return super().to_internal_value(value)
        except OverflowError:
            self.fail("overflow")


class PageQuery(Query):
    """The page of a list that is wanted."""

    page = serializers.IntegerField(
        min_value=1, max_value=100_000, default=1, help_text="Numer strony."
    )
    per_page = serializers.IntegerField(
        min_value=1, max_value=MOST, default=50, help_text="Ile pozycji na stronie."
    )
    format = serializers.ChoiceField(choices=["json"], required=False)


class SearchQuery(PageQuery):
    """Words that are looked for."""

    search = serializers.CharField(
        max_length=100, required=False, help_text="Słowa, także odmienione i potoczne."
    )


class ServicesOfQuery(SearchQuery):
    """Filters by what a service is and whose it is."""

    taxonomy_term_id = _Id(
        required=False, help_text="Usługi z tym terminem; grupę znajdują też usługi dla wszystkich."
    )
    taxonomy_id = _Id(
        required=False, help_text="Usługi, które mają jakikolwiek termin tej taksonomii."
    )


class OrganisationsQuery(ServicesOfQuery):
    """Institutions with such services."""

    full = _Flag(default=False, help_text="Z miejscami i usługami.")
    full_service = _Flag(default=False, help_text="Z całymi usługami, nie tylko w skrócie.")


class LocationsQuery(SearchQuery):
    """Places of such services."""

    organization_id = _Id(required=False, help_text="Miejsca tej instytucji.")
    postcode = serializers.RegexField(
        r"^[0-9]{2}-[0-9]{3}$", required=False, help_text="Miejsca o tym kodzie pocztowym: 00-000."
    )


class _ModifiedQuery(ServicesOfQuery):
    """Services of an institution, or changed since a moment."""

    organization_id = _Id(required=False, help_text="Usługi tej instytucji.")
    modified_after = _Moment(
        required=False,
        input_formats=["iso-8601", "%Y-%m-%d"],
        help_text="Zmienione od tej chwili, razem z nią.",
    )
    full = _Flag(default=False, help_text="Ze wszystkimi częściami.")


class ServicesQuery(_ModifiedQuery):
    """Filters of services."""

    minimal = _Flag(default=False, help_text="Tylko identyfikator, nazwa, stan i dzień zmiany.")


class AtLocationsQuery(_ModifiedQuery):
    """Filters of services in their places."""

    postcode = serializers.RegexField(
        r"^[0-9]{2}-[0-9]{3}$", required=False, help_text="Miejsca o tym kodzie pocztowym: 00-000."
    )


class OneOrganisationQuery(Query):
    """How much of the services of an institution is wanted."""

    full_service = _Flag(default=False, help_text="Z całymi usługami, nie tylko w skrócie.")


class TermsQuery(SearchQuery):
    """Filters of terms."""

    taxonomy_id = _Id(required=False, help_text="Terminy tej taksonomii.")
    parent_id = _Id(required=False, help_text="Terminy pod tym terminem.")
    top_only = _Flag(default=False, help_text="Tylko terminy bez nadrzędnego.")
