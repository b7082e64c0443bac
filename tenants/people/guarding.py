"""Public data of institutions and people of the register: the guard lets it pass."""

from kooperacja.guard.known import Known
from tenants.people.models import Organisation, Person
from tenants.people.protected import protected_entries


def known() -> Known:
    """The same statements over the whole register for every text.

    Where a protected place is, such as a shelter, nobody may know (POR-C §2.4.6).
    """
    rows = Organisation.objects.order_by("pk")
    institutions = list(rows.values_list("name", "phone", "email"))
    told = rows.exclude(pk__in=protected_entries()).values_list("street", "postal_code", "city")
    people = list(Person.objects.order_by("pk").values_list("full_name", "phone", "email"))
    return Known.of(
        phones=[row[1] for row in (*institutions, *people)],
        emails=[row[2] for row in (*institutions, *people)],
        # In a village without streets the number alone is kept, or stands with the village's name.
        addresses=[
            pair
            for street, code, city in told
            for pair in ((street, code), (f"{city} {street}", code))
        ],
        people=[row[0] for row in people],
        institutions=[row[0] for row in institutions],
    )
