"""Where drafts are sent to; nobody reads anything there."""

from tests.declared import ALL, NO_FORM, May, Page, SharedPage

NOTHING_TO_SEE = "takes what is typed and shows nothing"
PAGES = [
    Page("draft_keep", May(only_sent=ALL), seen=NOTHING_TO_SEE),
    Page("draft_forget", May(only_sent=ALL), seen=NOTHING_TO_SEE),
    SharedPage("draft_keep", NO_FORM, "rddddt", seen=NOTHING_TO_SEE),
    SharedPage("draft_forget", NO_FORM, "rwwwwt", seen=NOTHING_TO_SEE),
]
