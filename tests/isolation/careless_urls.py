"""A gmina's pages, one that trusts what a visitor writes, and two that write, planted for attacks."""

from contextlib import nullcontext

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kooperacja.tenancy.context import writing
from kooperacja.tenancy.errors import WallError


# The wall must hold without the help of a database that refuses to write.
@writing()
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


def scribbling(request: HttpRequest) -> HttpResponse:
    """Writes whatever it was asked by; says that it does if asked to."""
    with (
        writing() if "otwarcie" in request.GET else nullcontext(),
        transaction.atomic() if "w_transakcji" in request.GET else nullcontext(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO canary VALUES ('dopisano')")
    return HttpResponse("dopisano")


urlpatterns = [
    path("pisze/", scribbling, name="scribbling"),
    path("nieostrozne/", careless, name="careless"),
    path("", include("kooperacja.city_urls")),
]

handler400 = "kooperacja.ui.errors.bad_request"
handler403 = "kooperacja.ui.errors.permission_denied"
handler404 = "kooperacja.ui.errors.page_not_found"
handler500 = "kooperacja.ui.errors.server_error"
