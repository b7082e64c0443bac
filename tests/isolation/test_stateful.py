"""Thousands of random steps over three tenants, with real commits, watched by an oracle."""

from collections import Counter

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tenants.registry import directory
from tests import servers
from tests.budget import cases
from tests.isolation.machine import Wall
from tests.isolation.steps import EVERY_STEP, SLUGS

STEPS = cases(1_500)
# The same steps each time, even where the machine is written anew; a day of at most 100 steps,
# each day beginning with empty tenants.
ALWAYS_THE_SAME = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],  # making a failure shorter takes minutes
    max_examples=STEPS * 115 // 10_000,
    stateful_step_count=100,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.soak
def test_whatever_happens_each_tenant_holds_its_own(fresh_database: str) -> None:
    found = {slug: directory.find(slug) for slug in SLUGS}
    with psycopg.connect(servers.url_of(fresh_database), autocommit=True) as oracle:
        Wall.oracle, Wall.done = oracle, Counter()
        Wall.refs = {slug: ref for slug, ref in found.items() if ref}
        run_state_machine_as_test(seed(6)(Wall), settings=ALWAYS_THE_SAME)
    assert Wall.done.total() >= STEPS
    assert set(Wall.done) == EVERY_STEP
    assert min(Wall.done.values()) >= STEPS / 500
