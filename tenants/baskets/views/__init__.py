"""Pages of cards of services and the basket."""
