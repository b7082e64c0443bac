"""Files about delegates."""

DELEGATE_LETTER = "DELEGATE_LETTER"  # an institution's answer on paper, which the office entered
