"""The interface for other programs, and the page that describes it."""

from tests.declared import ANYBODY, NO_FORM_EVER, Endpoint, SharedPage

# The answers to each key, see test_matrix_api.py.
OPEN, REGION, TENANT = "ooooooo", "uuodddd", "uudoodd"
# Whether the key may write here is asked before whether there is anything to write.
NOT_OPEN, NOT_OF_REGION, NOT_OF_TENANT = "mmmmmmm", "uumdddd", "uuddmdd"
# Addresses that take something: what was sent is no JSON, or lacks every field.
NO_READ, NO_JSON, NO_FIELDS = "uudmmdd", "uuddtdd", "uuddbdd"
# Only whom the office invited hands in their own.
NOT_INVITED = "uuddddd"

PAGES = [
    SharedPage("api_reference", ANYBODY, NO_FORM_EVER, 2),
    Endpoint("v1:openapi", OPEN, NOT_OPEN),
    Endpoint("v1:units", REGION, NOT_OF_REGION),
    Endpoint("v1:unit", REGION, NOT_OF_REGION),
    Endpoint("v1:indicators", REGION, NOT_OF_REGION),
    Endpoint("v1:figures", REGION, NOT_OF_REGION),
    Endpoint("v1:organisations", TENANT, NOT_OF_TENANT, post=NO_JSON),
    Endpoint("v1:organisation", TENANT, NOT_OF_TENANT, of="organisation"),
    Endpoint("v1:members", TENANT, NOT_OF_TENANT),
    Endpoint("v1:declarations", TENANT, NOT_OF_TENANT, post=NO_JSON),
    Endpoint("v1:declaration", TENANT, NOT_OF_TENANT, of="draft"),
    Endpoint("v1:declaration_signatory", NO_READ, NOT_OF_TENANT, put=NO_FIELDS, of="draft"),
    Endpoint("v1:declaration_coordinator", NO_READ, NOT_OF_TENANT, put=NO_FIELDS, of="draft"),
    Endpoint("v1:declaration_statements", NO_READ, NOT_OF_TENANT, put=NO_FIELDS, of="draft"),
    Endpoint("v1:declaration_file", NO_READ, NOT_OF_TENANT, post=NO_FIELDS, of="draft"),
    Endpoint("v1:declaration_own_file", NO_READ, NOT_OF_TENANT, post=NOT_INVITED, of="draft"),
    Endpoint("v1:regulations", TENANT, NOT_OF_TENANT),
    Endpoint("v1:regulation", TENANT, NOT_OF_TENANT, of="change"),
    Endpoint("v1:teams", TENANT, NOT_OF_TENANT),
    Endpoint("v1:seats", TENANT, NOT_OF_TENANT, of="team"),
    Endpoint("v1:meetings", TENANT, NOT_OF_TENANT),
    Endpoint("v1:meeting", TENANT, NOT_OF_TENANT, of="planned_meeting"),
    Endpoint("v1:attendance", TENANT, NOT_OF_TENANT, of="past_meeting"),
    Endpoint("v1:arrangements", TENANT, NOT_OF_TENANT),
    Endpoint("v1:arrangement", TENANT, NOT_OF_TENANT, of="arrangement"),
    Endpoint("v1:arrangement_done", NO_READ, NOT_OF_TENANT, post=NO_JSON, of="arrangement"),
    Endpoint("v1:arrangement_not_done", NO_READ, NOT_OF_TENANT, post=NO_JSON, of="arrangement"),
    Endpoint("v1:risks", TENANT, NOT_OF_TENANT, post=NO_JSON),
    Endpoint("v1:risk", TENANT, NOT_OF_TENANT, of="risk"),
    Endpoint("v1:risk_steps", TENANT, NOT_OF_TENANT, post=NO_JSON, of="risk"),
    Endpoint("v1:notes", TENANT, NOT_OF_TENANT, post=NO_JSON),
    Endpoint("v1:note", TENANT, NOT_OF_TENANT, of="signed_note"),
    # Signed by its author alone, who holds none of these keys.
    Endpoint("v1:note_sign", NO_READ, NOT_OF_TENANT, post=NOT_INVITED, of="signed_note"),
    Endpoint("v1:agreements", TENANT, NOT_OF_TENANT),
    Endpoint("v1:agreement", TENANT, NOT_OF_TENANT, of="agreement_in_force"),
    Endpoint("v1:agreement_parties", TENANT, NOT_OF_TENANT, of="agreement_in_force"),
    Endpoint("v1:agreement_signatures", TENANT, NOT_OF_TENANT, of="agreement_in_force"),
    Endpoint("v1:delegations", TENANT, NOT_OF_TENANT),
    Endpoint("v1:asked_delegations", TENANT, NOT_OF_TENANT),
    Endpoint("v1:plans", TENANT, NOT_OF_TENANT),
    Endpoint("v1:plan", TENANT, NOT_OF_TENANT, of="adopted_plan"),
    Endpoint("v1:plan_activities", TENANT, NOT_OF_TENANT, of="adopted_plan"),
    Endpoint("v1:plan_proposals", TENANT, NOT_OF_TENANT, post=NOT_INVITED, of="draft_plan"),
    Endpoint("v1:activity_progress", TENANT, NOT_OF_TENANT, post=NO_JSON, of="adopted_activity"),
]
