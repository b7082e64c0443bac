"""The tenants of the stock django-tenants that the benchmarks compare with."""
