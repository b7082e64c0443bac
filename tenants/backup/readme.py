"""The text for the reader of an exit package."""

from django.utils import timezone
from django.utils.formats import date_format

from kooperacja import offers
from kooperacja.tenancy.ref import TenantRef
from kooperacja.ui.polish import counted

_TEXT = """Pakiet danych: {name} ({code})
Stan z {when}.

Pakiet zawiera dane osobowe bez szyfrowania. Przechowuj go jak dokumentację
Partnerstwa, przekazuj tylko uprawnionym, a zbędny egzemplarz trwale usuń.

Co jest w środku
{parts}  dokumenty/   pliki i dokumenty; spis.csv mówi, co jest czym
  dziennik/    kto co zrobił i kiedy (CSV i XLSX)
  dostep/      osoby, które miały tu dostęp (CSV i XLSX)
  dane/        tabele, po jednej w pliku CSV; slownik.csv objaśnia tabele
               i kolumny
  SHA256.txt   sumy kontrolne plików; sprawdza je polecenie
               sha256sum -c SHA256.txt
{missing}
Treści i plików zespołów, których prace są zamknięte (GGK, ZZK), tu nie ma: leżą
pod ich własnymi kluczami, a w tabelach zamiast nich stoi „(treść zamknięta)”.
Nie ma tu też sporów ani śladu po nich w dzienniku i w spisie wysłanych
wiadomości: widzą je tylko ich strony i mediator. Nie ma projektów notatek
służbowych: do podpisania widzi je tylko ich autor. Nie ma również kolejki
wiadomości, które czekają na wysłanie.

Jak to czytać
Pliki CSV są w UTF-8, z nagłówkiem, rozdzielone przecinkami. Daty: RRRR-MM-DD.
Kolumny id i kończące się na _id wiążą tabele ze sobą.
Pliki w dane/ zawierają wartości dokładnie takie, jak w systemie. Otwierając je
w arkuszu, wczytaj wszystkie kolumny jako tekst: wartość, która zaczyna się od
znaku = + - @, arkusz wziąłby za formułę. W pozostałych plikach CSV taka wartość
ma z przodu apostrof.
"""


def text(source: TenantRef, missing: int) -> str:
    lost = ""
    if missing:
        lost = f"\nUwaga: na dysku zabrakło {counted(missing, 'pliku', 'plików', 'plików')}.\n"
    when = date_format(timezone.localtime(), "Y-m-d H:i")
    parts = "".join(
        f"  {part.folder + '/':<13}{part.title} (CSV i XLSX)\n"
        for part in offers.of(offers.ExitPart)
    )
    values = {"name": source.name, "code": source.code, "when": when}
    return _TEXT.format(**values, parts=parts, missing=lost)
