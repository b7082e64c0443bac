"""A team's materials are shared, corrected and withdrawn (footnote 1 of REG, POR §2.3.1)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kooperacja.audit.actor import Actor
from kooperacja.audit.record import record
from kooperacja.documents.actions import store_upload
from kooperacja.documents.uploads import clean_name
from kooperacja.documents.work_first import work_first
from kooperacja.guard.passing import keep_reason
from kooperacja.notifications.base import send, settle
from kooperacja.ui.files import file_name
from kooperacja.ui.problems import NOTHING_SAVED, Problem
from kooperacja.workflow import move, require_may
from kooperacja.writes import AlreadySaved, StaleForm, insert_once, next_in, save_edited
from tenants.dialogue.actions.topics import topics_of
from tenants.dialogue.members import accounts_of
from tenants.dialogue.models.materials import (
    MATERIAL_FILE,
    Material,
    MaterialFile,
    MaterialKind,
    MaterialTopic,
)
from tenants.dialogue.notifications import MaterialShared
from tenants.dialogue.perms import materials as perms
from tenants.dialogue.perms.sides import member_for
from tenants.dialogue.workflow import MaterialState
from tenants.people.models import Person
from tenants.teams.actions import lock_in_team
from tenants.teams.models import Team
from tenants.teams.sides import chosen

Upload = UploadedFile[Any]


@work_first
def share(
    *,
    by: Actor,
    team_id: UUID,
    key: UUID,
    of: str,
    topic: str,
    values: dict[str, Any],
    upload: "Upload | None" = None,
    guard_reason: str = "",
) -> Material:
    """Share a file or a link with the team; members hear of it in the mail of the day."""
    team = Team.objects.select_for_update().get(pk=team_id)
    person = Person.objects.acting(by)
    perms.share.require(person, team)
    assert person is not None  # nobody else may share
    if saved := Material.objects.filter(pk=key).first():
        raise AlreadySaved(saved)
    kind = MaterialKind.FILE if upload else MaterialKind.LINK
    material = Material(id=key, team=team, person=person, kind=kind, year=by.today.year, **values)
    material.organisation_id = chosen(of, member_for(person, team))
    material.topic = _topic_of(team, topic)
    material.number = next_in(Material.objects.filter(team=team, year=material.year))
    insert_once(material)
    if upload:
        _add_file(by, person, material, upload)
    record(by=by, verb="MATERIAL_SHARED", obj=material)
    keep_reason(by, material, guard_reason)
    _tell(by, material, f"nowy {material.get_kind_display()}")
    return material


@work_first
def add_version(
    *,
    by: Actor,
    material_id: UUID,
    key: UUID,
    version: int,
    upload: "Upload",
    guard_reason: str = "",
) -> MaterialFile:
    """Put a newer file in the place of the one before, which stays reachable."""
    material = _locked(by, material_id)
    person = Person.objects.acting(by)
    assert person is not None  # nobody else may change it
    if saved := MaterialFile.objects.filter(pk=key).select_related("material").first():
        raise AlreadySaved(saved)
    require_file(material)
    if material.version != version:
        raise StaleForm(material)
    newest = _add_file(by, person, material, upload, key=key)
    material.latest_at = newest.added_at
    material.version += 1
    material.save(update_fields=["latest_at", "version"])
    record(by=by, verb="MATERIAL_VERSION_ADDED", obj=material, data={"version": newest.position})
    keep_reason(by, material, guard_reason)
    _tell(by, material, "nowa wersja pliku")
    return newest


def _add_file(
    by: Actor, person: Person, material: Material, upload: "Upload", *, key: UUID | None = None
) -> MaterialFile:
    """Keep a file by its own name; its row tells of a number alone."""
    position = next_in(material.versions, "position")
    own = file_name(str(material), ".pdf", detail=f"wersja {position}")
    file = store_upload(by=by, upload=upload, kind=MATERIAL_FILE, name=own)
    version = MaterialFile(material=material, position=position, file=file, person=person)
    version.name = clean_name(upload.name or "")
    if key:
        version.id = key
    insert_once(version)
    return version


def _tell(by: Actor, material: Material, said: str) -> None:
    """Tell everybody who has an account, but for the one who did it."""
    told = [to for to in accounts_of(material.team, by.today) if to.account_id != by.account_id]
    message = MaterialShared(material.pk, str(material), material.team.law.genitive, said)
    send(message, to=told, dedupe=_news(material, material.versions.count()))


def _news(material: Material, version: int) -> str:
    return f"material:{material.pk}:{version}"


@transaction.atomic
def correct(
    *, by: Actor, material_id: UUID, version: int, topic: str, values: dict[str, Any]
) -> Material:
    """Correct what is said of it, or the address of a link."""
    material = _locked(by, material_id)
    require_shared(material)
    values = {**values, "topic": _topic_of(material.team, topic)}
    changed = save_edited(material, version, values)
    # What was written is a matter of the team: the journal names the fields alone.
    record(by=by, verb="MATERIAL_CORRECTED", obj=material, data={"fields": sorted(changed)})
    return material


@transaction.atomic
def withdraw(*, by: Actor, material_id: UUID, version: int, reason: str) -> Material:
    """Take it from the list with a reason; its files are read by whoever runs the team alone."""
    material = _locked(by, material_id)
    require_may(material, MaterialState.WITHDRAWN)
    if material.version != version:
        raise StaleForm(material)
    to = MaterialState.WITHDRAWN
    move(material, to, by=by, on=by.today, ended_on=by.today, reason=reason)
    for position in range(material.versions.count() + 1):
        settle(dedupe=_news(material, position))
    return material


def _locked(by: Actor, material_id: UUID) -> Material:
    rows = Material.objects.select_related("team", "organisation", "person")
    material: Material = lock_in_team(rows, material_id)
    perms.change.require(Person.objects.acting(by), material)
    return material


def require_shared(material: Material) -> None:
    """It may still be corrected."""
    if not material.is_shared:
        raise Problem(
            "Ten materiał jest wycofany",
            "Nie można go już zmienić. Jeśli znów jest potrzebny, udostępnij go jeszcze raz.",
            kept=NOTHING_SAVED,
            at=Material,
        )


def require_file(material: Material) -> None:
    """A newer version of its file may be added."""
    require_shared(material)
    if not material.is_file:
        raise Problem(
            "Ten materiał jest odnośnikiem",
            "Nowy adres wpiszesz, gdy wybierzesz „Popraw”.",
            kept=NOTHING_SAVED,
            at=material,
        )


def _topic_of(team: Team, chosen_topic: str) -> MaterialTopic | None:
    """The topic that a form names by its id; a fault of its field where the team has none such."""
    if not chosen_topic:
        return None
    for topic in topics_of(team):
        if str(topic.pk) == chosen_topic:
            return topic
    raise ValidationError({"topic": "Tego tematu już nie ma. Wybierz inny."})
