"""What the partnership's entries in the journal mean."""

VERBS = {
    "PARTNERSHIP_FOUNDED": "powołano Partnerstwo",
    "PARTNERSHIP_BEGUN": "Partnerstwo rozpoczęło działanie",
    "REGULATION_EDITED": "zmieniono projekt regulaminu",
    "REGULATION_ADOPTED": "przyjęto regulamin",
    "ORGANISATION_ADDED": "wpisano instytucję",
    "ORGANISATION_EDITED": "zmieniono dane instytucji",
    "PERSON_ENTERED": "osoba weszła po raz pierwszy",
    "PERSON_EDITED": "zmieniono dane osoby",
    "ROLE_GIVEN": "nadano rolę",
    "ROLE_ENDED": "zakończono rolę",
    "DECLARATION_DRAFTED": "rozpoczęto deklarację przystąpienia",
    "SIGNATORY_NAMED": "wskazano osobę podpisującą deklarację",
    "COORDINATOR_NAMED": "wskazano koordynatora Partnerstwa",
    "DECLARATION_FILED": "złożono deklarację przystąpienia",
    "DECLARATION_ACCEPTED": "przyjęto instytucję do Partnerstwa",
    "DECLARATION_RETURNED": "zwrócono deklarację do poprawy",
    "DECLARATION_REFUSED": "odmówiono przyjęcia do Partnerstwa",
    "PARTNERSHIP_EDITED": "zmieniono dane Partnerstwa",
    "DEMO_FILLED": "wypełniono zmyślonymi danymi",
    "ACCESSIBILITY_EDITED": "zmieniono deklarację dostępności",
}
