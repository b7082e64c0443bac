"""Accounts of people: one for all tenants; signing in, second factors, sessions."""
