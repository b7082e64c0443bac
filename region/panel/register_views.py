"""Importing the official register (TERC): what it would do, row by row, and then doing it."""

import hashlib
import json
from functools import partial
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kooperacja.pages import form_page, sent
from kooperacja.ui.polish import plural_pl, stopped
from kooperacja.ui.tables import Column, Table
from region.panel.forms import RegisterFileForm
from tenants.registry import terc, terc_file, teryt
from tenants.registry.models import Unit
from tenants.registry.perms import RegionRequest, region_step
from tenants.registry.region import Region
from tenants.registry.rules import Impossible, UnitLevel

KEPT_SECONDS = 3600  # between the preview and the decision


@region_step()
def upload(request: RegionRequest) -> HttpResponse:
    """Takes a file, refuses a wrong one with its lines, and leads to what it would do."""
    where = Region.here()
    form = RegisterFileForm(**sent(request))
    return form_page(
        request,
        form,
        partial(_take, request, form, where),
        said="",
        to=lambda digest: reverse("panel:register_preview", args=[digest]),
        template="region/tenants/register.html",
        region=where,
        known=Unit.objects.filter(code=where.code, level=UnitLevel.VOIVODESHIP),
    )


def _take(request: RegionRequest, form: RegisterFileForm, where: Region, file: bytes) -> str:
    try:
        rows = teryt.read(file, voivodeship=where.code, by=request.actor)
        teryt.preview(rows, voivodeship=where.code)
    except terc_file.FileRefused as refused:
        form.mistakes = refused.mistakes
        word = plural_pl(len(refused.mistakes), "błędu", "błędów", "błędów")
        text = f"Plik odrzucony w całości z powodu {len(refused.mistakes)} {word}."
        if len(refused.mistakes) >= terc_file.MAX_MISTAKES:
            text += " Po tylu błędach przestaliśmy czytać."
        text += stopped(f" Pierwszy błąd: {refused.mistakes[0]}")
        raise ValidationError({"file": text}) from None
    return _keep(request, rows)


@region_step(again=True)
def preview(request: RegionRequest, digest: str) -> HttpResponse:
    """Shows what the file would do to each unit; a confirmation does exactly that."""
    where = Region.here()
    kept = cache.get(_key(request, digest))
    if kept is None:
        messages.warning(
            request,
            "Tego podglądu już nie ma: plik wczytano albo minęła godzina. Można wczytać go jeszcze raz.",
        )
        return redirect("panel:register")
    rows = terc.of_plain(kept)
    try:
        if request.method == "POST":
            result = teryt.import_rows(by=request.actor, rows=rows, voivodeship=where.code)
            cache.delete(_key(request, digest))
            messages.success(request, f"Rejestr wczytany: {result}.")
            return redirect("panel:tenants")
        result = teryt.preview(rows, voivodeship=where.code)
    except Impossible as refused:
        messages.error(request, str(refused))
        return redirect("panel:register")
    values = {
        "result": result,
        "region": where,
        "table": _table(request, result),
        "is_known": not result.is_news,
    }
    return render(request, "region/tenants/register_preview.html", values)


def _keep(request: RegionRequest, rows: list[terc.Row]) -> str:
    """Keep the rows, so that a file is read once: a voivodeship has some 400 of them."""
    kept = terc.to_plain(rows)
    digest = hashlib.sha256(json.dumps(kept).encode()).hexdigest()
    cache.set(_key(request, digest), kept, KEPT_SECONDS)
    return digest


def _key(request: RegionRequest, digest: str) -> str:
    # Of the account, so that nobody confirms a file that another person read through.
    return f"terc:{request.user.pk}:{quote(digest[:64])}"


def _table(request: RegionRequest, result: teryt.ImportResult) -> Table:
    def line(change: Any) -> object:
        return change.line or None

    columns = (
        Column("kod", "Kod TERYT", "code", sort="code", is_header=True),
        Column("co", "Co się stanie", lambda change: change.what.label, sort="what"),
        Column("jest", "W rejestrze", lambda change: change.before or "–"),
        Column("bedzie", "W pliku", lambda change: change.after or "–"),
        Column("wiersz", "Wiersz pliku", line, sort="line", is_number=True),
    )
    order = list(teryt.What)
    changes = sorted(result.changes, key=lambda change: (order.index(change.what), change.code))
    return Table(
        request=request,
        rows=changes,
        columns=columns,
        caption="Jednostki w pliku",
        id="zmiany-rejestru",
    )
