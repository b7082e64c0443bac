"""Institutions that tenants share with each other, and templates that the region shares with them."""
