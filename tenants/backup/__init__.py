"""Copies of the whole site and of single tenants: made, checked, rehearsed and brought back."""
