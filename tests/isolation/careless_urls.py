"""A gmina's pages and one that trusts what a visitor writes, planted for the attack."""

from contextlib import nullcontext

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kooperacja.tenancy.errors import WallError


def careless(request: HttpRequest) -> HttpResponse:
    """Concatenates text into SQL and shows the answer or the error."""
    text = request.GET["szukaj"]
    query = f"SELECT secret FROM canary WHERE secret = '{text}'"
    if text.startswith("@"):
        query = text[1:]
    try:
        with (
            transaction.atomic() if "w_transakcji" in request.GET else nullcontext(),
            connection.cursor() as cursor,
        ):
            cursor.execute(query.replace("%", "%%"))
            return HttpResponse(str(cursor.fetchall() if cursor.description else ""))
    except (Error, WallError) as error:
        return HttpResponse(f"{error} {error.__cause__!r}")


urlpatterns = [
    path("nieostrozne/", careless, name="careless"),
    path("", include("gmina.urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler500 = "kooperacja.ui.errors.server_error"
