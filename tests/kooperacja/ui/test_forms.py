"""Fields that forms share."""

import pytest
from django.core.exceptions import ValidationError

from kooperacja.ui.fields import EmailField


def test_an_address_is_no_longer_than_its_column() -> None:
    """Else what was entered would fail when it is saved."""
    domain = "b" * 60 + ".pl"
    longer = f"anna@{'.'.join([domain] * 4)}"
    assert len(longer) > 254
    assert EmailField().clean(f"anna@{domain}") == f"anna@{domain}"
    with pytest.raises(ValidationError, match="254"):
        EmailField().clean(longer)
