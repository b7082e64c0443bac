"""Forms of the partnership, one module a noun."""

from kooperacja.ui.forms import KeyedForm
from tenants.partnership.forms.common import VersionedForm
from tenants.partnership.forms.community import (
    EditResourceForm,
    EndResourceForm,
    NewResourceForm,
    ResourceForm,
    ResourcesFilter,
)
from tenants.partnership.forms.data_protection import (
    AgreementDraftForm,
    AgreementForm,
    AuthorisationForm,
    DataRegisterFilter,
    EarlyEndForm,
    StatementForm,
)
from tenants.partnership.forms.members import (
    EngagementForm,
    FlagsForm,
    HistoryFilter,
    MembersFilter,
)
from tenants.partnership.forms.office import (
    AccessibilityForm,
    ColleagueForm,
    PartnershipForm,
)
from tenants.partnership.forms.organisations import (
    EditOrganisationForm,
    NewOrganisationForm,
    NumberForm,
    OrganisationForm,
    OrganisationsFilter,
)
from tenants.partnership.forms.people import (
    EndForm,
    NewCoordinatorForm,
    PostForm,
    ProfileForm,
    RosterFilter,
    WorkerForm,
)
from tenants.partnership.forms.regulation import (
    AdoptionForm,
    ClausesForm,
    ParametersForm,
    PointsForm,
    field_of,
)
from tenants.partnership.forms.voting import (
    AmendmentAdoptionForm,
    OpenVotingForm,
    PaperVoteForm,
    VoteForm,
    WithdrawalForm,
)

__all__ = [
    "AccessibilityForm",
    "AdoptionForm",
    "AgreementDraftForm",
    "AgreementForm",
    "AmendmentAdoptionForm",
    "AuthorisationForm",
    "ClausesForm",
    "ColleagueForm",
    "DataRegisterFilter",
    "EarlyEndForm",
    "EditOrganisationForm",
    "EditResourceForm",
    "EndForm",
    "EndResourceForm",
    "EngagementForm",
    "FlagsForm",
    "HistoryFilter",
    "KeyedForm",
    "MembersFilter",
    "NewCoordinatorForm",
    "NewOrganisationForm",
    "NewResourceForm",
    "NumberForm",
    "OpenVotingForm",
    "OrganisationForm",
    "OrganisationsFilter",
    "PaperVoteForm",
    "ParametersForm",
    "PartnershipForm",
    "PointsForm",
    "PostForm",
    "ProfileForm",
    "ResourceForm",
    "ResourcesFilter",
    "RosterFilter",
    "StatementForm",
    "VersionedForm",
    "VoteForm",
    "WithdrawalForm",
    "WorkerForm",
    "field_of",
]
