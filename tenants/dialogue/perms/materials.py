"""Permissions for materials of a team (footnote 1 of REG, POR §2.3.1)."""

from kooperacja.permissions import permission
from tenants.dialogue.models.materials import Material, MaterialFile, MaterialTopic
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import EXCHANGE
from tenants.people.models import Person
from tenants.people.perms import takes_part
from tenants.teams import perms as teams
from tenants.teams.models import Team


@permission("Materiały zespołu widzą osoby, które należą do tego zespołu.", EXCHANGE)
def see_materials(person: Person | None) -> bool:
    """Open the list; it holds the materials of the teams that one reads."""
    return takes_part(person)


@permission(teams.read.why, EXCHANGE)
def see_material(person: Person | None, material: Material) -> bool:
    """Read it with its files; once it is withdrawn, whoever runs the team."""
    if material.is_shared:
        return teams.read(person, material.team)
    return teams.run(person, material.team)


@permission(see_material.why, EXCHANGE)
def see_file(person: Person | None, version: MaterialFile) -> bool:
    return see_material(person, version.material)


@permission(
    "Materiał udostępnia osoba, która ma miejsce w zespole albo działa za instytucję, która je ma.",
    EXCHANGE,
)
def share(person: Person | None, team: Team) -> bool:
    """Share a file or a link with all members of a team."""
    return bool(member_for(person, team))


@permission(
    "Materiał poprawia i wycofuje osoba, która go udostępniła, albo ten, kto kieruje zespołem.",
    EXCHANGE,
)
def change(person: Person | None, material: Material) -> bool:
    """Correct it, add a version, withdraw it: its author while a member, or who runs the team."""
    if teams.run(person, material.team):
        return True
    is_own = person is not None and material.person_id in person.entries
    return is_own and see_material(person, material) and share(person, material.team)


@permission("Tematy materiałów układa ten, kto kieruje zespołem.", EXCHANGE)
def keep_topics(person: Person | None, team: Team) -> bool:
    """Choose the topics of a team and their order."""
    return not team.law.is_closed and teams.run(person, team)


@permission(keep_topics.why, EXCHANGE)
def keep_topic(person: Person | None, topic: MaterialTopic) -> bool:
    return keep_topics(person, topic.team)
