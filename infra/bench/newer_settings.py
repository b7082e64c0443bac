"""The settings named by BENCH_SETTINGS, with the tenants' migrations of a newer release."""

import os
from importlib import import_module

globals().update(vars(import_module(os.environ["BENCH_SETTINGS"])))
MIGRATION_MODULES = {"people": os.environ["BENCH_PACKAGE"]}
