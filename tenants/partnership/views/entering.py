"""The steps in which a declaration is entered: by the office, or by whom it invited (REG §1.5)."""

from django.urls import reverse

from kooperacja.ui.parts import Step
from tenants.partnership import perms
from tenants.partnership.models import AccessionDeclaration, Person

_OFFICE = (
    ("Instytucja", ""),
    ("Osoba podpisująca", "declaration_signatory"),
    ("Koordynator", "declaration_coordinator"),
    ("Podpisany dokument", "declaration_file"),
)
_APPLICANT = (
    ("Dane instytucji", "organisation_edit"),
    ("Osoba podpisująca", "declaration_signatory"),
    ("Koordynator", "declaration_coordinator"),
    ("Oświadczenia", "declaration_statements"),
    ("Druk i podpis", "declaration_own_file"),
)


def next_step(person: Person, declaration: AccessionDeclaration) -> str:
    """The page where entering goes on."""
    is_own = perms.fill_in_declaration(person, declaration)
    name = "declaration_own_file" if is_own else "declaration_file"
    if declaration.signatory_id is None:
        name = "declaration_signatory"
    elif declaration.coordinator_id is None:
        name = "declaration_coordinator"
    elif is_own and declaration.regulation_id is None:
        name = "declaration_statements"
    return reverse(f"partnership:{name}", args=[declaration.pk])


def steps_of(person: Person, declaration: AccessionDeclaration, now: str) -> list[Step]:
    """Each step; those before the present one can be gone back to."""
    all_steps = _APPLICANT if perms.fill_in_declaration(person, declaration) else _OFFICE
    names = [name for _, name in all_steps]
    here = names.index(now) if now in names else len(names)
    steps = []
    for place, (title, name) in enumerate(all_steps):
        state = "DONE" if place < here else "NOW" if place == here else "NEXT"
        is_link = name and state == "DONE"
        of = declaration.organisation_id if name == "organisation_edit" else declaration.pk
        steps.append(
            Step(title, state, reverse(f"partnership:{name}", args=[of]) if is_link else "")
        )
    return steps


def first_steps() -> list[Step]:
    """Before there is a declaration: which institution it is."""
    return [Step(title, "NEXT" if place else "NOW") for place, (title, _) in enumerate(_OFFICE)]
