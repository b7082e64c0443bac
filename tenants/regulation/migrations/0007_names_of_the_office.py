"""One name of the office and of its area, where three pages kept one each."""

from django.db import migrations

TO_FILL_IN = "pełna nazwa do uzupełnienia"
# Forms in which the area was entered, by mistake, beside its nominative: gminie → gmina.
KINDS = {"gminie": "Gmina", "powiecie": "Powiat", "mieście": "Miasto"}
NOUNS = {"Ośrodek": ("Ośrodku", "Ośrodka"), "Centrum": ("Centrum", "Centrum")}


def name_of(adopted, office, draft, statement):
    """The newest adopted regulation says it, else the office, else whatever was begun."""
    said = [adopted.lead_name if adopted else "", office.lead_name]
    said += [draft.lead_name if draft else "", statement.entity_name if statement else ""]
    return next((name for name in said if name and TO_FILL_IN not in name), "")


def nominative(area):
    """gminie miejsko-wiejskiej Gogolin → Gmina miejsko-wiejska Gogolin."""
    kind, _, rest = area.partition(" ")
    if kind not in KINDS:
        return area
    if kind == "powiecie":
        rest = " ".join(word.removesuffix("m") for word in rest.split())
    elif kind == "gminie":
        form, _, own = rest.partition(" ")
        if form in ("miejskiej", "wiejskiej", "miejsko-wiejskiej"):
            rest = f"{form.removesuffix('iej')}a {own}"
    return f"{KINDS[kind]} {rest}"


def genitive(area):
    """Gmina Gogolin → gminy Gogolin; empty for another pattern."""
    kind, _, rest = area.partition(" ")
    if kind == "Gmina":
        form, _, own = rest.partition(" ")
        is_kind = form in ("miejska", "wiejska", "miejsko-wiejska")
        return f"gminy {form.removesuffix('a')}iej {own}" if is_kind else f"gminy {rest}"
    if kind == "Powiat":
        return "powiatu " + " ".join(f"{word.removesuffix('y')}ego" for word in rest.split())
    return ""


def bring_together(apps, editor):
    using = editor.connection.alias
    versions = apps.get_model("regulation", "RegulationVersion").objects.using(using)
    offices = apps.get_model("partnership", "Partnership").objects.using(using)
    statements = apps.get_model("partnership", "AccessibilityStatement").objects.using(using)
    office, statement = offices.first(), statements.first()
    if office is None:
        return
    adopted = versions.exclude(number=None).order_by("-number").first()
    draft = versions.filter(state="DRAFT").first()
    office.lead_name = name_of(adopted, office, draft, statement)
    first, _, rest = office.lead_name.partition(" ")
    if first in NOUNS:
        office.lead_locative, office.lead_genitive = (f"{one} {rest}" for one in NOUNS[first])
    said = [version.area for version in (adopted, draft) if version and version.area]
    if office.area != (bare := nominative(office.area)):
        said.append(office.area)
    office.area, office.area_locative = bare, next(iter(said), "")
    office.area_genitive = genitive(office.area)
    if statement is not None and not office.lead_address:
        office.lead_address = statement.entity_address
    office.save()
    if draft is not None:
        draft.lead_name = office.lead_name
        draft.area = office.area_locative or draft.area
        draft.save(update_fields=["lead_name", "area"])


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0004_office_names"),
        ("regulation", "0006_voting_days_valid"),
    ]
    operations = [migrations.RunPython(bring_together, migrations.RunPython.noop)]
