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
from tenants.partnership.actions.designated import (
    designate_worker,
    end_designation,
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
from tenants.partnership.actions.register import (
    export_register,
)
from tenants.partnership.actions.regulation import (
    adopt_first_regulation,
    edit_regulation,
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
    "acknowledge_data_rules",
    "acknowledge_regulation",
    "add_coordinator",
    "add_organisation",
    "add_post",
    "add_resource",
    "adopt_first_regulation",
    "become_lead",
    "cast_vote",
    "close_voting",
    "designate_worker",
    "draft_agreement",
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
    "enter_statement",
    "export_register",
    "found_partnership",
    "grant_authorisation",
    "invite_colleague",
    "keep_own_wording",
    "on_tenant_opened",
    "open_amendment",
    "open_voting",
    "record_paper_vote",
    "set_engagement",
    "set_flags",
    "state_confidentiality",
    "take_over_clauses",
    "withdraw_regulation",
]
