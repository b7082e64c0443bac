"""A clerk's slip is mended: an entry that is another once more, or that nothing refers to."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kooperacja.audit.actor import Actor
from kooperacja.audit.models import Entry
from kooperacja.audit.record import record
from kooperacja.notifications.actions import ask_outside
from kooperacja.ui.polish import pl_date, quoted
from kooperacja.ui.problems import NOTHING_DONE, Problem
from kooperacja.writes import AlreadySaved
from tenants.people import perms, rules
from tenants.people.actions.invitations import publish_figures, tell_exchange, tell_registry
from tenants.people.followers import follow
from tenants.people.models import (
    Merge,
    Organisation,
    OrganisationMerge,
    Person,
    PersonMerge,
    RoleAssignment,
)
from tenants.people.references import (
    Subject,
    clashes_of,
    counted_of,
    moved_by_merge,
    references_to,
    referring_to,
)

ROLES_MOVED = "ROLES_MOVED"
_CLAUSE = perms.keep_organisations.clause
_MERGES: dict[type[Subject], type[Any]] = {Organisation: OrganisationMerge, Person: PersonMerge}


class _Verbs(NamedTuple):
    """The codes by which the journal tells what was mended."""

    struck: str
    merged: str
    parted: str


_VERBS: dict[type[Subject], _Verbs] = {
    Organisation: _Verbs("ORGANISATION_STRUCK", "ORGANISATION_MERGED", "ORGANISATION_PARTED"),
    Person: _Verbs("PERSON_STRUCK", "PERSON_MERGED", "PERSON_PARTED"),
}
# What the target takes over where it has none.
_FILLED = {
    Organisation: (
        *("legal_form", "nip", "regon", "krs", "street", "postal_code"),
        *Organisation.PROFILE,
    ),
    Person: ("email", "phone", "account_id"),
}
# What only one row may have, so that the source gives it away.
_ONLY_ONE = {"regon", "account_id"}


@transaction.atomic
def strike(*, by: Actor, kind: type[Subject], subject_id: UUID, reason: str) -> None:
    """Remove an entry that was a mistake and that nothing refers to; the journal keeps its name."""
    subject: Subject = kind._default_manager.select_for_update().get(pk=subject_id)
    perms.mend.require(Person.objects.acting(by), subject)
    require_unused(subject)
    data = {"name": [str(subject), None]}
    record(by=by, verb=_VERBS[kind].struck, obj=subject, why=reason, data=data)
    subject.delete()


def require_unused(subject: Subject) -> None:
    """Nothing refers to it, and nobody signs in as it."""
    used = [reference.words(count) for reference, count in counted_of(subject)]
    if getattr(subject, "account_id", None):
        used.append("konto, którym ta osoba się loguje")
    if used:
        raise Problem(
            "Tego wpisu nie można usunąć",
            f"{quoted(subject)}: {', '.join(used)}. Usunąć można tylko wpis, z którym nic się nie "
            "wiąże. Jeśli ta sama instytucja albo osoba jest wpisana dwa razy, połącz oba wpisy.",
            clause=_CLAUSE,
            kept=NOTHING_DONE,
            at=subject,
            action="Wróć do wpisu",
        )


@transaction.atomic
def merge(*, by: Actor, kind: type[Subject], source_id: UUID, target_id: UUID, seen: int) -> Merge:
    """Let all that refers to one entry refer to another that stays; it can be undone for a time.

    `seen` is how many such rows the preview showed.
    """
    by.require_proof()
    source, target = _locked(kind, source_id, target_id)
    actor = Person.objects.acting(by)
    perms.mend.require(actor, source)
    perms.mend.require(actor, target)
    model = _MERGES[kind]
    if done := model._default_manager.filter(source=source, undone_on=None).first():
        raise AlreadySaved(done)
    require_mergeable(by, source, target)
    found = moved_by_merge(source, target)
    if sum(len(ids) for _, ids in found) != seen:
        raise _refused(source, "W międzyczasie coś się zmieniło. Zobacz podgląd jeszcze raz.")
    merged: Merge = model(source=source, target=target, merged_on=by.today, merged_by=by.name)
    for reference, ids in found:
        reference.model._default_manager.filter(pk__in=ids).update(**{reference.column: target})
        merged.moved[reference.label] = [str(pk) for pk in ids]
    merged.filled = _fill(source, target)
    merged.save()
    counts = {label: [0, len(ids)] for label, ids in merged.moved.items()}
    entry = record(by=by, verb=_VERBS[kind].merged, obj=source, why=str(merged), data=counts)
    _tell(merged, target, source.pk, cause=entry.pk)
    return merged


def require_mergeable(by: Actor, source: Subject, target: Subject) -> None:
    """They are two, both still listed, and nothing stands against it."""
    if source.pk == target.pk or target.merges.filter(undone_on=None).exists():
        raise _refused(source, "Wybierz inny wpis, który jest na liście.")
    if by.person_id in (source.pk, target.pk):
        raise _refused(
            source, "Własnego wpisu nikt nie łączy sam. Poproś o to inną osobę z ośrodka."
        )
    if clashes := clashes_of(source, target):
        raise Problem(
            "Tych wpisów nie można teraz połączyć",
            " ".join(clash.words for clash in clashes),
            clause=_CLAUSE,
            kept=NOTHING_DONE,
            href=clashes[0].href,
            action=clashes[0].action,
        )


def _refused(subject: Subject, why: str) -> Problem:
    return Problem(
        "Tych wpisów nie można połączyć", why, clause=_CLAUSE, kept=NOTHING_DONE, at=subject
    )


def _locked(kind: type[Any], *ids: UUID) -> tuple[Subject, Subject]:
    rows = {
        row.pk: row
        for row in kind._default_manager.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    first, second = (rows[pk] for pk in ids)
    return first, second


def _fill(source: Subject, target: Subject) -> dict[str, list[Any]]:
    """Give the target what it lacks and the source has, field → [of the source, of the target]."""
    filled = {
        name: [getattr(source, name), getattr(target, name)]
        for name in _FILLED[type(source)]
        if getattr(source, name) and not getattr(target, name)
    }
    _write(source, {name: target_s for name, (_, target_s) in filled.items() if name in _ONLY_ONE})
    _write(target, {name: given for name, (given, _) in filled.items()})
    return {name: [_plain(one) for one in values] for name, values in filled.items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _write(subject: Subject, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(subject, name, value)
    subject.version += 1
    subject.save(update_fields=[*values, "version"])


def last_merge(source: Subject) -> Merge:
    """The merge by which it went last."""
    model = _MERGES[type(source)]
    merges = model._default_manager.filter(source_id=source.pk).select_related("source", "target")
    merged: Merge | None = merges.order_by("-pk").first()
    if merged is None:
        raise _never_merged(source)
    return merged


def _never_merged(source: Subject) -> Problem:
    return Problem("Tego wpisu z niczym nie połączono", kept=NOTHING_DONE, at=source)


@transaction.atomic
def undo(*, by: Actor, kind: type[Subject], source_id: UUID, seen: UUID) -> Merge:
    """Make two of them again, as they were; `seen` is the merge that is undone."""
    by.require_proof()
    merges = _MERGES[kind]._default_manager.filter(pk=seen, source=source_id)
    merged: Merge | None = merges.select_for_update().first()
    if merged is None:
        raise _never_merged(kind._default_manager.get(pk=source_id))
    source, target = _locked(kind, source_id, merged.target.pk)
    merged.source, merged.target = source, target
    actor = Person.objects.acting(by)
    perms.mend.require(actor, source)
    perms.mend.require(actor, target)
    if merged.undone_on:
        raise AlreadySaved(merged)
    require_undoable(by, merged)
    for reference in references_to(kind):
        moved = merged.moved.get(reference.label, [])
        reference.model._default_manager.filter(pk__in=moved).update(**{reference.column: source})
    _give_back(merged, source, target)
    merged.undone_on, merged.undone_by = by.today, by.name
    merged.save(update_fields=["undone_on", "undone_by"])
    entry = record(by=by, verb=_VERBS[kind].parted, obj=source, why=str(merged))
    _tell(merged, source, target.pk, cause=entry.pk)
    if isinstance(target, Organisation):
        tell_registry(target)  # its number may be the source's again
    return merged


def _give_back(merged: Merge, source: Subject, target: Subject) -> None:
    """Let both have their own again; what the target was given since stays."""
    untouched = {
        name: before
        for name, (given, before) in merged.filled.items()
        if _plain(getattr(target, name)) == given
    }
    _write(target, untouched)
    _write(source, {name: merged.filled[name][0] for name in _ONLY_ONE & set(merged.filled)})


def require_undoable(by: Actor, merged: Merge) -> None:
    """It was not undone, it is not too old, and nothing was built on what it moved."""
    if merged.undone_on:
        raise _not_undone(merged, f"Cofnięto je {pl_date(merged.undone_on)}")
    last_day = rules.last_day_to_undo(merged.merged_on)
    if by.today > last_day:
        raise _not_undone(merged, f"Można to było zrobić do {pl_date(last_day)}")
    if by.person_id in (merged.source.pk, merged.target.pk):
        raise _not_undone(merged, "Własnego wpisu nikt nie rozdziela sam.")
    if further := merged.target.merges.filter(undone_on=None).select_related("target").first():
        raise _not_undone(
            merged, f"Najpierw cofnij późniejsze połączenie: {quoted(further.target)}."
        )
    if _changed_since(merged):
        raise _not_undone(
            merged, "Od połączenia do tego, co przeniesiono, coś dopisano albo coś w nim zmieniono."
        )
    if merged.moved:
        _require_nothing_new(merged)
    _require_own_again(merged)


def _require_nothing_new(merged: Merge) -> None:
    """Nothing was entered for the one since: nobody would know of which of the two it is."""
    new = [
        reference.words(later)
        for reference, ids in referring_to(merged.target).items()
        if not issubclass(reference.model, Merge) and (later := sum(pk > merged.pk for pk in ids))
    ]
    came_in = Entry.objects.filter(verb="PERSON_ENTERED", object_id=merged.target.pk)
    if came_in.filter(pk__gt=merged.pk).exists():
        new.append("konto, na które ta osoba weszła")
    if new:
        raise _not_undone(
            merged,
            f"Od połączenia przy wpisie {quoted(merged.target)} przybyło: {', '.join(new)}. Nie "
            "wiadomo, którego z dwóch wpisów to dotyczy.",
        )


def _require_own_again(merged: Merge) -> None:
    """Nobody has got meanwhile what only one may have, and the source would have again."""
    rows = _kind_of(merged)._default_manager.exclude(pk=merged.target.pk)
    for name in sorted(_ONLY_ONE & set(merged.filled)):
        given = merged.filled[name][0]
        if holder := rows.filter(**{name: given}).first():
            raise _not_undone(
                merged, f"To, co miał sam ten wpis, ma dziś inny: {quoted(holder)}. Popraw go."
            )


def _not_undone(merged: Merge, why: str) -> Problem:
    return Problem(
        "Tego połączenia nie można już cofnąć",
        why,
        clause=_CLAUSE,
        kept="Wpisy pozostają połączone.",
        at=merged.target,
        action="Przejdź do wpisu",
    )


def _changed_since(merged: Merge) -> bool:
    """A moved row names another now, or a later one rests on it."""
    for reference in references_to(_kind_of(merged)):
        ids = merged.moved.get(reference.label, [])
        if reference.rows(merged.target).filter(pk__in=ids).count() != len(ids):
            return True
        for resting in reference.model._meta.related_objects:
            # The ids tell the time: those that are greater were made later.
            later = Q(pk__gt=merged.pk, **{f"{resting.field.name}__in": ids})
            if ids and resting.related_model._default_manager.filter(later).exists():
                return True
    return False


def _kind_of(merged: Merge) -> type[Subject]:
    return Organisation if isinstance(merged, OrganisationMerge) else Person


def _tell(merged: Merge, now: Subject, before: UUID, *, cause: UUID) -> None:
    """Doors that roles opened follow them, other units hear of the institution, figures are new."""
    roles = {
        pk
        for column in ("person", "organisation")
        for pk in merged.moved.get(f"{RoleAssignment._meta.label_lower}.{column}", [])
    }
    if isinstance(now, Person):  # the account may have come to roles that did not move
        of_both = RoleAssignment.objects.filter(person__in=(merged.source, merged.target))
        roles |= {str(pk) for pk in of_both.values_list("pk", flat=True)}
    if roles:
        ask_outside(
            kind=ROLES_MOVED,
            payload={"roles": sorted(roles), "before": str(before)},
            dedupe=f"roles-moved:{cause}",
        )
    follow()
    if isinstance(now, Organisation):
        tell_exchange(now)
        tell_registry(now)
        publish_figures(cause=cause)
