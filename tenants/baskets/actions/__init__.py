"""Actions on cards of services and the basket."""
