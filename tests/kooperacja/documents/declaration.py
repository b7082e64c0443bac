"""The context of the declaration of accession, all of it texts as they shall be read.

Whoever makes the document gives exactly these keys; an empty text prints a dash, a line to fill
in (place, date) or nothing (case_mark, address, contact, the parts of regulation).
"""

from typing import Any

CONTEXT: dict[str, Any] = {
    "case_mark": "OPS.071.12.2025",
    "place": "Gogolin",  # where and when it was signed
    "date": "12 maja 2025 r.",
    "lead": {  # Lider: the letterhead
        "name": "Ośrodek Pomocy Społecznej w Gogolinie",
        "address": "ul. Szkolna 1, 47-320 Gogolin",
        "contact": "tel. 77 400 00 00, e-mail: ops@ops.example.pl",
    },
    "partnership": {"area": "Gmina miejsko-wiejska Gogolin"},
    "regulation": {"adopted_on": "3 marca 2025 r.", "version": "1"},
    "organisation": {
        "name": "Komenda Powiatowa Policji w Krapkowicach",
        "legal_form": "jednostka budżetowa",
        "sector": "Policja i bezpieczeństwo",
        "nip": "199-001-60-15",
        "regon": "531421533",
        "krs": "",
        "seat": "ul. Kolejowa 2, 47-300 Krapkowice",
        "phone": "47 864 00 00",
        "email": "komendant@kpp.example.pl",
        "edelivery": "AE:PL-12345-67890-ABCDE-10",
    },
    "representatives": [  # who signs; at least one
        {"name": "insp. Łucja Żółć-Święcicka", "position": "Komendant Powiatowy Policji"},
    ],
    "coordinators": [  # koordynatorzy Partnerstwa; at least one
        {
            "name": "Grzegorz Brzęczyszczykiewicz",
            "position": "dzielnicowy, koordynator do spraw profilaktyki społecznej",
            "phone": "47 864 00 01",
            "email": "g.brzeczyszczykiewicz@kpp.example.pl",
        },
    ],
    "publish_consent": True,
    "privacy": {  # the notice that stands while it is not accepted
        "administrator": "Ośrodek Pomocy Społecznej w Gogolinie",
        "contact": "ul. Szkolna 1, 47-320 Gogolin",
        "dpo": "Irena Wzorcowa, iod@ops.example.pl",
        "kept": "przez czas członkostwa",
    },
    "acceptance": None,  # None prints a place for the annotation; else the three texts below
}
ACCEPTANCE = {
    "date": "20 maja 2025 r.",
    "name": "Anna Nowak",
    "position": "Dyrektor Ośrodka Pomocy Społecznej w Gogolinie",
}
