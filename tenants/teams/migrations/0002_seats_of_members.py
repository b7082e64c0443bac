"""The PZK of a partnership that works already, with its seats and terms."""

from django.db import migrations

COPIED = (
    *("meetings_count", "meetings_period", "place_policy", "place"),
    *("email_is_meeting", "guest_consent", "guest_days"),
)
OF_THE_LEAD = {"LEAD": "reprezentuje Lidera", "NETWORK_OFFICER": "pracownik ds. sieci"}
WHY = {"RESIGNATION": "rezygnacja", "DISSOLUTION": "rozwiązanie Partnerstwa"}


def within(row, bounds):
    """The days of a row within those of another."""
    begin = max(row.from_on, bounds["from_on"])
    ends = [day for day in (row.ended_on, bounds["ended_on"]) if day]
    return {"from_on": begin, "ended_on": max(min(ends), begin) if ends else None}


def seats(rows, office, life):
    yield {"rests_on_kind": "partnership", "rests_on": office.pk, **life}
    for role in rows("people", "RoleAssignment").filter(role__in=OF_THE_LEAD, organisation=None):
        yield {
            "rests_on_kind": "role",
            "rests_on": role.pk,
            "person_id": role.person_id,
            "function": OF_THE_LEAD[role.role],
            **within(role, life),
        }
    for member in rows("partnership", "Membership").all():
        stay, why = within(member, life), WHY.get(member.end_cause, "")
        of = {"organisation_id": member.organisation_id}
        yield {
            "rests_on_kind": "membership",
            "rests_on": member.pk,
            "end_reason": why,
            **of,
            **stay,
        }
        for row in rows("partnership", "PartnershipCoordinator").filter(membership=member):
            days = within(row, stay)
            yield {
                "rests_on_kind": "coordinator",
                "rests_on": row.pk,
                "person_id": row.person_id,
                "function": "koordynator Partnerstwa",
                "end_reason": why if days["ended_on"] == stay["ended_on"] else "",
                **of,
                **days,
            }


def terms(rows, life):
    versions = list(rows("regulation", "RegulationVersion").exclude(number=None).order_by("number"))
    for version, later in zip(versions, [*versions[1:], None], strict=True):
        version.from_on, version.ended_on = version.in_force_from, later and later.in_force_from
        said = {name: getattr(version, name) for name in COPIED}
        yield {"rests_on": version.pk, **said, **within(version, life)}


def seat(apps, editor):
    def rows(app, model):
        return apps.get_model(app, model).objects.using(editor.connection.alias)

    office = rows("partnership", "Partnership").exclude(established_on=None).first()
    if office is None:
        return
    life = {"from_on": office.established_on, "ended_on": office.dissolved_on}
    team = rows("teams", "Team").create(
        kind="PZK", rests_on_kind="partnership", rests_on=office.pk, **life
    )
    for name, found in (("Seat", seats(rows, office, life)), ("Terms", terms(rows, life))):
        model = apps.get_model("teams", name)
        rows("teams", name).bulk_create(model(team=team, **values) for values in found)


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0001_initial"),
        ("partnership", "0005_papers_kept"),
        ("regulation", "0008_signed_copies"),
    ]
    operations = [migrations.RunPython(seat, migrations.RunPython.noop)]
