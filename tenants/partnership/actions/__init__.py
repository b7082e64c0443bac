"""Everything that changes the partnership; each writes its entry in the journal."""

from kooperacja.writes import AlreadySaved, StaleForm
from tenants.partnership.actions.acknowledgement import (
    acknowledge_regulation,
)
from tenants.partnership.actions.amendments import (
    open_amendment,
    open_voting,
    withdraw_regulation,
)
from tenants.partnership.actions.applicants import (
    invite_applicant,
    withdraw_applicant,
)
from tenants.partnership.actions.community import (
    add_resource,
    edit_resource,
    end_resource,
)
from tenants.partnership.actions.coordinators import (
    add_coordinator,
    end_coordinator,
)
from tenants.partnership.actions.data_agreements import (
    draft_agreement,
    end_agreement,
    enter_agreement,
)
from tenants.partnership.actions.data_people import (
    acknowledge_data_rules,
    end_authorisation,
    enter_statement,
    grant_authorisation,
    state_confidentiality,
)
from tenants.partnership.actions.decisions import (
    accept_declaration,
    refuse_declaration,
    return_declaration,
)
from tenants.partnership.actions.declarations import (
    draft_declaration,
    file_declaration,
    file_own_declaration,
    make_statements,
    name_coordinator,
    name_signatory,
)
from tenants.partnership.actions.designated import (
    designate_worker,
    end_designation,
)
from tenants.partnership.actions.dissolution import (
    dissolve,
)
from tenants.partnership.actions.engagement import (
    set_engagement,
    set_flags,
)
from tenants.partnership.actions.founding import (
    found_partnership,
    on_tenant_opened,
)
from tenants.partnership.actions.organisations import (
    add_organisation,
    edit_organisation,
)
from tenants.partnership.actions.people import (
    become_lead,
    end_role,
    enter,
    invite_colleague,
)
from tenants.partnership.actions.posts import (
    add_post,
    end_post,
)
from tenants.partnership.actions.profiles import (
    edit_profile,
)
from tenants.partnership.actions.recruitment import (
    add_recruitment,
    ask_to_join,
    enter_recruited,
    forget_contact,
    link_recruitment,
    move_recruitment,
    refuse_unless_active,
)
from tenants.partnership.actions.register import (
    export_register,
)
from tenants.partnership.actions.regulation import (
    adopt_first_regulation,
    edit_regulation,
)
from tenants.partnership.actions.resignations import (
    close_ended_access,
    resign,
)
from tenants.partnership.actions.settings import (
    edit_accessibility,
    edit_partnership,
)
from tenants.partnership.actions.template import keep_own_wording, take_over_clauses
from tenants.partnership.actions.voting import (
    Adoption,
    cast_vote,
    close_voting,
    record_paper_vote,
)

__all__ = [
    "Adoption",
    "AlreadySaved",
    "StaleForm",
    "accept_declaration",
    "acknowledge_data_rules",
    "acknowledge_regulation",
    "add_coordinator",
    "add_organisation",
    "add_post",
    "add_recruitment",
    "add_resource",
    "adopt_first_regulation",
    "ask_to_join",
    "become_lead",
    "cast_vote",
    "close_ended_access",
    "close_voting",
    "designate_worker",
    "dissolve",
    "draft_agreement",
    "draft_declaration",
    "edit_accessibility",
    "edit_organisation",
    "edit_partnership",
    "edit_profile",
    "edit_regulation",
    "edit_resource",
    "end_agreement",
    "end_authorisation",
    "end_coordinator",
    "end_designation",
    "end_post",
    "end_resource",
    "end_role",
    "enter",
    "enter_agreement",
    "enter_recruited",
    "enter_statement",
    "export_register",
    "file_declaration",
    "file_own_declaration",
    "forget_contact",
    "found_partnership",
    "grant_authorisation",
    "invite_applicant",
    "invite_colleague",
    "keep_own_wording",
    "link_recruitment",
    "make_statements",
    "move_recruitment",
    "name_coordinator",
    "name_signatory",
    "on_tenant_opened",
    "open_amendment",
    "open_voting",
    "record_paper_vote",
    "refuse_declaration",
    "refuse_unless_active",
    "resign",
    "return_declaration",
    "set_engagement",
    "set_flags",
    "state_confidentiality",
    "take_over_clauses",
    "withdraw_applicant",
    "withdraw_regulation",
]
