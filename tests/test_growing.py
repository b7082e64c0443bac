"""Models that grow one by one are those that Django renders anew."""

from django.db import models
from django.db.migrations import AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tests.growing import states_that_grow

_KEY = [("id", models.BigAutoField(primary_key=True))]
TABLES: list[Operation] = [
    CreateModel("Owner", _KEY),
    CreateModel("Row", [*_KEY, ("owner", models.ForeignKey("app.Owner", models.CASCADE))]),
]
MORE = AddField("Owner", "name", models.TextField(default=""))


def _after(*operations: Operation) -> ProjectState:
    state = ProjectState()
    assert state.apps
    for operation in operations:
        state = state.clone()
        operation.state_forwards("app", state)
    return state


def _known(state: ProjectState) -> dict[str, list[str]]:
    return {
        model.__name__: sorted(field.name for field in model._meta.get_fields())
        for model in state.apps.get_models()
    }


def test_a_new_table_leaves_the_classes_of_others_as_they_are() -> None:
    with states_that_grow():
        before = _after(*TABLES[:1])
        after = before.clone()
        TABLES[1].state_forwards("app", after)
        assert after.apps.get_model("app.Owner") is before.apps.get_model("app.Owner")
        assert after.apps.get_model("app.Row")._meta.get_field("owner").related_model is (
            before.apps.get_model("app.Owner")
        )


def test_what_comes_after_new_tables_finds_all_as_django_renders_it() -> None:
    django = _known(_after(*TABLES, MORE))
    assert django == {"Owner": ["id", "name", "row"], "Row": ["id", "owner"]}
    with states_that_grow():
        assert _known(_after(*TABLES, MORE)) == django
        written = _after(*TABLES)
        written.clear_delayed_apps_cache()  # as before Python runs in a migration
        assert _known(written)["Owner"] == ["id", "row"]
