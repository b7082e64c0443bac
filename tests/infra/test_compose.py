"""The site in containers: what is published, who holds the owner's password, what is asked for."""

import json
import re
from importlib.resources import files

import jsonschema
import pytest

from tests.infra.files import FOREIGN, INFRA, compose, documented_variables, env_file

OWNERS = {"migrate", "provisioning", "backup"}
# Not ours: they have variables of their own.
SERVERS = {"postgres", "valkey", "caddy"}
SERVICES = compose()["services"]


def test_it_keeps_to_the_compose_specification() -> None:
    schema = files("check_jsonschema") / "builtin_schemas" / "vendor" / "compose-spec.json"
    jsonschema.validate(compose(), json.loads(schema.read_text()))


def test_only_caddy_is_published() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"caddy"}
    networks = compose()["networks"]
    assert {n for n, options in networks.items() if not (options or {}).get("internal")} == {
        "edge",
        "out",
    }
    assert {n for n, s in SERVICES.items() if "edge" in s["networks"]} == {"caddy"}
    assert {n for n, s in SERVICES.items() if "out" in s["networks"]} == {"worker"}
    assert not {"front", "edge"} & {*SERVICES["postgres"]["networks"]}


def test_the_owner_is_known_only_where_it_is_needed() -> None:
    holders = {
        name
        for name, service in SERVICES.items()
        if "OWNER_PASSWORD" in json.dumps(service) and name != "postgres"
    }
    assert holders == OWNERS
    assert all("DATABASE_URL" in SERVICES[name]["environment"] for name in OWNERS)


def test_every_variable_is_explained() -> None:
    given = {n for name in SERVICES.keys() - SERVERS for n in SERVICES[name]["environment"]}
    assert given - documented_variables() == set()


def test_the_example_asks_for_what_is_used() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", (INFRA / "compose.yaml").read_text()))
    # The mail backend is a matter of trying it out.
    assert used - {"EMAIL_BACKEND"} == set(env_file(INFRA / "compose.env.example"))


def test_the_example_holds_no_secret() -> None:
    example = env_file(INFRA / "compose.env.example")
    secret = [name for name in example if re.search("PASSWORD|SECRET_KEY|KEK|DSN", name)]
    assert len(secret) == 9
    assert {example[name] for name in secret} == {""}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_watched_bounded_and_plain(name: str) -> None:
    service = SERVICES[name]
    own_image = service["image"].startswith("kooperacja:")
    assert "mem_limit" in service
    assert "logging" in service
    assert "no-new-privileges:true" in service["security_opt"]
    assert service.get("privileged") is None
    assert "healthcheck" in service or own_image
    assert service.get("read_only") is True or name == "postgres"
    assert not service["image"].endswith(":latest")


def test_files_people_uploaded_outlive_containers() -> None:
    for name in ("web", "worker", "backup"):
        targets = {volume.split(":")[1] for volume in SERVICES[name]["volumes"]}
        assert {"/var/lib/kooperacja", "/var/lib/kooperacja/media"} <= targets


def test_the_environment_of_python_is_not_repeated() -> None:
    for name in SERVICES.keys() - SERVERS:
        assert not FOREIGN & SERVICES[name]["environment"].keys()
