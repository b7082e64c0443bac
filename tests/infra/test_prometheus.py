"""Alerts speak of figures that somebody gives, and each is tried by promtool's own test."""

import re

import yaml
from prometheus_client.metrics import MetricWrapperBase

from kooperacja.celery import app
from kooperacja.ops import metrics
from tests.infra.files import INFRA, units

# Given by Prometheus itself and by blackbox_exporter.
OTHERS = {"up", "probe_success"}
_SUFFIXES = {"counter": ["_total"], "gauge": [""], "histogram": ["_bucket", "_count", "_sum"]}
_WORDS = {"sum", "by", "or", "and", "le", "task"}


def rules() -> list[dict[str, str]]:
    groups = yaml.safe_load((INFRA / "prometheus" / "rules.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def given() -> set[str]:
    """The figures of the program, and those that nightly works leave behind."""
    found = set()
    for thing in vars(metrics).values():
        if isinstance(thing, MetricWrapperBase):
            for family in thing.describe():
                found |= {family.name + end for end in _SUFFIXES[family.type]}
    after = [line for unit in units() for line in unit.values("ExecStartPost")]
    return found | {line.split()[1] for line in after}


def asked(expression: str) -> set[str]:
    bare = re.sub(r"\{.*?\}|\[.*?\]", "", expression)
    return set(re.findall(r"\b[a-z][a-z_]+\b(?!\s*\()", bare)) - _WORDS


def test_every_figure_of_an_alert_is_given_by_somebody() -> None:
    assert {name for rule in rules() for name in asked(rule["expr"])} - given() - OTHERS == set()


def test_a_misspelt_figure_would_be_seen() -> None:
    assert asked('sum by (le) (rate(kooperacja_requests{a="b"}[5m])) > 1') == {
        "kooperacja_requests"
    }
    assert "kooperacja_requests" not in given()


def test_every_task_of_an_alert_exists() -> None:
    app.loader.import_default_modules()
    named = {t for rule in rules() for t in re.findall(r'task="(.*?)"', rule["expr"])}
    assert named
    assert named <= set(app.tasks)


def test_every_alert_is_tried_and_says_how_grave_it_is() -> None:
    tried = yaml.safe_load((INFRA / "prometheus" / "rules_test.yaml").read_text())["tests"]
    raised = {a["alertname"] for t in tried for a in t["alert_rule_test"] if a.get("exp_alerts")}
    assert raised == {rule["alert"] for rule in rules()}
    assert {rule["labels"]["severity"] for rule in rules()} == {"page", "ticket"}  # type: ignore[index]
