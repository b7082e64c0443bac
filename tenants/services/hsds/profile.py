"""Our own properties beside those of HSDS, as a JSON schema of each object (the profile)."""

from tenants.services.hsds.parts import EXTRA, Json
from tenants.services.terms import Feature, Has

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string", "minLength": 1}
_SERVICE_IN_SHORT = {
    "type": "object",
    "description": "Usługa w skrócie, a z full_service=true cała.",
    "required": ["id", "name", "status"],
}
_OWN: dict[str, Json] = {
    "service": {
        "needs_decision": {
            "type": "boolean",
            "description": "Czy trzeba decyzji administracyjnej.",
        },
        "referral": {**_TEXT, "description": "Kto kieruje; bez tego pola skierowania nie trzeba."},
        "legal_basis": {**_TEXT, "description": "Podstawa prawna usługi."},
        "easy_to_read": {
            **_TEXT,
            "description": "Usługa w kilku zdaniach łatwych do czytania, każde w osobnym wierszu.",
        },
        "in_ukrainian": {**_TEXT, "description": "Usługa w kilku zdaniach po ukraińsku."},
        "waiting_days": {
            "type": "integer",
            "minimum": 0,
            "description": "Ile dni się czeka; podawane przez 30 dni od ustalenia.",
        },
        "valid_from": {**_DAY, "description": "Pierwszy dzień, w którym usługa działa."},
        "valid_until": {**_DAY, "description": "Ostatni dzień, w którym usługa działa."},
        "reviewed_on": {**_DAY, "description": "Kiedy opis przejrzał Lider."},
        "is_silent": {
            "type": "boolean",
            "description": "Z instytucją nie ma kontaktu.",
        },
        "is_protected": {
            "type": "boolean",
            "description": "Adres jest chroniony: podaje się tylko teren i telefon.",
        },
    },
    "organization": {
        "services": {
            "type": "array",
            "items": _SERVICE_IN_SHORT,
            "description": "Usługi tej instytucji.",
        },
    },
    "location": {
        "accessibility": {
            "type": "object",
            "description": "Co wiadomo o każdym udogodnieniu: jest, brak albo nie wiadomo.",
            "properties": {one.value: {"enum": [has.name for has in Has]} for one in Feature},
            "additionalProperties": False,
        },
    },
    "schedule": {
        "timezone": {**_TEXT, "description": "Strefa czasowa, w której podano godziny."},
    },
    "service_area": {
        "teryt": {
            "type": "string",
            "pattern": "^[0-9]{4}([0-9]{2})?$",
            "description": "Kod TERYT gminy (6 cyfr) albo powiatu (4 cyfry), dla których jest usługa.",
        },
    },
    "taxonomy_term": {
        "alt_labels": {
            "type": "array",
            "items": _TEXT,
            "description": "Inne, codzienne nazwy tego samego.",
        },
        "is_ended": {
            "type": "boolean",
            "description": "Żadna nowa usługa nie dostanie tego typu; te, które go mają, zachowują go.",
        },
    },
}


def own_properties(kind: str) -> Json:
    """Our properties of a kind of object by their full names."""
    return {f"{EXTRA}{name}": schema for name, schema in _OWN.get(kind, {}).items()}


def profile(uri: str) -> Json:
    """The profile as a JSON schema; each object of HSDS is one of its definitions."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": uri,
        "title": "Profil HSDS 3.1 platformy Kooperacja",
        "description": f"Pola spoza HSDS 3.1, każde zaczyna się od {EXTRA}. Reszta jest taka jak w HSDS.",
        "$defs": {kind: {"type": "object", "properties": own_properties(kind)} for kind in _OWN},
    }
