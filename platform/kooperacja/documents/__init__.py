"""Documents of a tenant: made from templates, frozen in versions, and files kept privately."""
