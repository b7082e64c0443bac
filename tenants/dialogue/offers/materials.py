"""Offers of materials: they stay until somebody withdraws them (footnote 1 of REG, POR §2.3.1)."""

from kooperacja.audit.about import OpenTo
from kooperacja.documents.perms import KeptFile, by_row
from kooperacja.offers import DemoHistory, ExitPart, Fate, Offer, PersonalData, Verbs
from kooperacja.ui.everywhere import Searchable
from kooperacja.ui.navigation import NavEntry
from tenants.dialogue import demo, found
from tenants.dialogue.exit import write_materials
from tenants.dialogue.models import Material, MaterialFile, MaterialTopic
from tenants.dialogue.models.materials import MATERIAL_FILE
from tenants.dialogue.offers.everyone import KEPT
from tenants.dialogue.perms.materials import see_file, see_material, see_materials
from tenants.people.references import Called

_SHARED = ("materiał zespołu", "materiały zespołu", "materiałów zespołu")

OFFERS: tuple[Offer, ...] = (
    Verbs(
        {
            "MATERIAL_SHARED": "udostępniono materiał zespołowi",
            "MATERIAL_VERSION_ADDED": "dodano nową wersję materiału",
            "MATERIAL_CORRECTED": "poprawiono materiał",
            "MATERIAL_WITHDRAWN": "wycofano materiał",
            "MATERIAL_TOPIC_ADDED": "dodano temat materiałów",
            "MATERIAL_TOPIC_CHANGED": "zmieniono temat materiałów",
            "MATERIAL_TOPIC_REMOVED": "usunięto temat materiałów",
        }
    ),
    NavEntry(
        "TENANT", "dialogue:materials", "Materiały", see_materials, group="DIALOGUE", order=67
    ),
    KeptFile(
        MATERIAL_FILE, by_row(MaterialFile.objects.select_related("material__team"), see_file)
    ),
    OpenTo(Material.objects.select_related("team"), see_material),
    Searchable("Materiały", found.materials, see_materials, order=79, listed="dialogue:materials"),
    Called(Material, "organisation", *_SHARED),
    Called(Material, "person", *_SHARED),
    Called(MaterialFile, "person", *_SHARED),
    PersonalData(Material, ("title", "text", "link", "reason"), Fate.RECORD, KEPT),
    PersonalData(MaterialFile, ("name",), Fate.RECORD, KEPT),
    PersonalData(MaterialTopic, ("name",), Fate.RECORD, KEPT),
    ExitPart("materiały", "pliki i odnośniki, które udostępnili członkowie", write_materials),
    DemoHistory(demo.write_materials),
)
