"""Rows, accounts and files that tests are made of."""
