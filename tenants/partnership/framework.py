"""What the framework regulation asks of each of its versions (REG fn.1)."""

# The footnote of the title: what a regulation must settle before it may be adopted.
CHECKLIST = (
    "common_goal",
    "organisational_frame",
    "information_exchange",
    "knowledge_exchange",
    "decision_process",
    "monitoring_rules",
)
