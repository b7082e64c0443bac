"""Invented materials in three topics."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from uuid6 import uuid7

from kooperacja.documents import parts as p
from kooperacja.documents.actions import store_upload
from kooperacja.documents.drawing import pdf_of
from kooperacja.documents.papers import Paper
from kooperacja.ui.files import file_name
from kooperacja.ui.polish import localtime
from tenants.dialogue.actions import materials, topics
from tenants.dialogue.invented.actors import actor_of
from tenants.dialogue.models.materials import (
    MATERIAL_FILE,
    Material,
    MaterialFile,
    MaterialKind,
    MaterialTopic,
)
from tenants.people.models import RoleAssignment
from tenants.teams.models import Team
from tenants.teams.sides import LEAD

_SHEET = Paper(
    kind="DEMO_MATERIAL_FILE",
    name="Materiał zespołu",
    title="Materiał pokazowy",
    short="Materiał pokazowy",
    example={},
    parts=(
        p.Title("Materiał pokazowy"),
        p.Text(
            "Ten plik zastępuje w pokazowym województwie materiał, który udostępnił członek "
            "zespołu. Wszystkie dane są zmyślone."
        ),
    ),
)
_TOPICS = ("Wzory i formularze", "Szkolenia", "Dane o gminie")
# The place of its topic, title, use, file, days since it came, days until it is out of date.
_FILES = (
    (
        0,
        "Wzór zaproszenia na wspólny dyżur",
        "Do wydrukowania i wywieszenia w każdej instytucji (pokaz).",
        "Zaproszenie na dyżur.pdf",
        50,
        None,
    ),
    (
        0,
        "Ulotka o pomocy w naszej gminie",
        "Do rozdawania mieszkańcom; wymienia dyżury wszystkich instytucji (pokaz).",
        "Ulotka jesień.pdf",
        30,
        None,
    ),
    (
        1,
        "Rozmowa motywująca krok po kroku",
        "Prezentacja ze szkolenia, przyda się przy pierwszej rozmowie (pokaz).",
        "Rozmowa motywująca.pdf",
        20,
        None,
    ),
    (
        2,
        "Terminy zapisów na półkolonie",
        "Żeby każdy podawał rodzicom te same terminy (pokaz).",
        "Terminy zapisów.pdf",
        90,
        -10,
    ),
)
_SECOND = 1  # the one that has a second version
_LINK = {
    "title": "Baza dobrych praktyk współpracy instytucji",
    "text": "Opisy, z których można wziąć pomysły na wspólne działania (pokaz).",
    "link": "https://dobre-praktyki.example/",
    "until": None,
}


def materials_of(lead: RoleAssignment, voice: RoleAssignment, team: Team) -> None:
    """The topics and a link by the Lider, files by somebody who sits for an institution."""
    by, of, after = actor_of(lead), actor_of(voice), ""
    named = []
    for name in _TOPICS:
        one = topics.add_topic(by=by, team_id=team.pk, key=uuid7(), name=name, after=after)
        named.append(one)
        after = str(one.pk)
    shared = [
        _file_of(voice, team, named[place], number, *told)
        for number, (place, *told) in enumerate(_FILES, start=1)
    ]
    second = shared[_SECOND]
    materials.add_version(
        by=of,
        material_id=second.pk,
        key=uuid7(),
        version=second.version,
        upload=_upload("Ulotka zima.pdf"),
    )
    materials.share(by=by, team_id=team.pk, key=uuid7(), of=LEAD, topic="", values=_LINK)


def _file_of(
    role: RoleAssignment,
    team: Team,
    topic: MaterialTopic,
    number: int,
    *told: Any,
) -> Material:
    """Shared some days ago, straight into the tables: nobody is written to now."""
    title, use, name, days, left = told
    by, at = actor_of(role), timezone.now() - timedelta(days=days)
    material = Material.objects.create(
        team=team,
        year=localtime(at).year,
        number=number,
        topic=topic,
        organisation=role.organisation,
        person=role.person,
        kind=MaterialKind.FILE,
        title=title,
        text=use,
        until=by.today + timedelta(days=left) if left else None,
        shared_at=at,
        latest_at=at,
    )
    own = file_name(str(material), ".pdf", detail="wersja 1")
    file = store_upload(by=by, upload=_upload(name), kind=MATERIAL_FILE, name=own)
    MaterialFile.objects.create(
        material=material, position=1, name=name, file=file, person=role.person, added_at=at
    )
    return material


def _upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_of(_SHEET, {}))
