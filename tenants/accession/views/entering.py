"""The steps in which a declaration is entered: by the office, or by whom it invited (REG §1.5)."""

from kooperacja.ui.parts import Step
from tenants.accession import perms
from tenants.accession.models.declarations import AccessionDeclaration
from tenants.people.models import Person

_OFFICE = (
    ("Instytucja", ""),
    ("Osoba podpisująca", "signatory"),
    ("Koordynator", "coordinator"),
    ("Podpisany dokument", "file"),
)
_APPLICANT = (
    ("Dane instytucji", "edit"),
    ("Osoba podpisująca", "signatory"),
    ("Koordynator", "coordinator"),
    ("Oświadczenia", "statements"),
    ("Druk i podpis", "own_file"),
)


def next_step(person: Person, declaration: AccessionDeclaration) -> str:
    """The page where entering goes on."""
    is_own = perms.fill_in_declaration(person, declaration)
    name = "own_file" if is_own else "file"
    if declaration.signatory_id is None:
        name = "signatory"
    elif declaration.coordinator_id is None:
        name = "coordinator"
    elif is_own and not declaration.accepts_regulation_asked:
        name = "statements"
    return declaration.url_of(name)


def where_filed(person: Person, declaration: AccessionDeclaration) -> str:
    """The page where it is handed in, once it lacks nothing else; before that its own page."""
    page = next_step(person, declaration)
    ready = {declaration.url_of("file"), declaration.url_of("own_file")}
    return page if declaration.is_editable and page in ready else declaration.url


def steps_of(person: Person, declaration: AccessionDeclaration, now: str) -> list[Step]:
    """Each step; those before the present one can be gone back to."""
    all_steps = _APPLICANT if perms.fill_in_declaration(person, declaration) else _OFFICE
    names = [name for _, name in all_steps]
    here = names.index(now) if now in names else len(names)
    steps = []
    for place, (title, name) in enumerate(all_steps):
        state = "DONE" if place < here else "NOW" if place == here else "NEXT"
        of = declaration.organisation if name == "edit" else declaration
        href = of.url_of(name) if name and state == "DONE" else ""
        if name == "statements" and state == "DONE" and not declaration.accepts_regulation_asked:
            state = "NEXT"  # another version has come into force
        steps.append(Step(title, state, href))
    return steps


def first_steps() -> list[Step]:
    """Before there is a declaration: which institution it is."""
    return [Step(title, "NEXT" if place else "NOW") for place, (title, _) in enumerate(_OFFICE)]
