"""Public data of institutions and people of the register: the guard lets it pass."""

from kooperacja.guard.known import Known
from tenants.people.models import Organisation, Person


def known() -> Known:
    """Two statements over the whole register, the same for every text."""
    rows = Organisation.objects.order_by("pk").values_list(
        "name", "phone", "email", "street", "postal_code", "city"
    )
    institutions = list(rows)
    people = list(Person.objects.order_by("pk").values_list("full_name", "phone", "email"))
    return Known.of(
        phones=[row[1] for row in (*institutions, *people)],
        emails=[row[2] for row in (*institutions, *people)],
        # In a village without streets the number alone is kept, or stands with the village's name.
        addresses=[
            pair
            for _, _, _, street, code, city in institutions
            for pair in ((street, code), (f"{city} {street}", code))
        ],
        people=[row[0] for row in people],
        institutions=[row[0] for row in institutions],
    )
