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
    """Each step, done when what it asks for is there; those can be gone back to."""
    all_steps = _APPLICANT if perms.fill_in_declaration(person, declaration) else _OFFICE
    filled = {
        "signatory": declaration.signatory_id,
        "coordinator": declaration.coordinator_id,
        "statements": declaration.accepts_regulation_asked,  # of the version that is in force now
        # What was signed before it came back is signed anew.
        "file": not declaration.is_editable,
        "own_file": not declaration.is_editable,
    }
    steps = []
    for title, name in all_steps:
        state = "NOW" if name == now else "DONE" if filled.get(name, True) else "NEXT"
        of = declaration.organisation if name == "edit" else declaration
        href = of.url_of(name) if name and state == "DONE" else ""
        steps.append(Step(title, state, href))
    return steps


def first_steps() -> list[Step]:
    """Before there is a declaration: which institution it is."""
    return [Step(title, "NEXT" if place else "NOW") for place, (title, _) in enumerate(_OFFICE)]
