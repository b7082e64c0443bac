"""The clock: what is done at which hour, or every so many seconds."""

from typing import Any

from celery.schedules import crontab

from kooperacja import environ


def _every(seconds: float, task: str) -> dict[str, Any]:
    """It expires with the next one: while no worker is there, copies would pile up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


def _nightly(hour: int, minute: int, task: str) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(hour=hour, minute=minute)}


SUMMARY_HOUR = environ.number("SUMMARY_HOUR", 7, least=6, most=11)  # after the night's reminders
_SUMMARIES = "kooperacja.inbox.tasks.send_summaries"
BEAT = {
    "outbox": _every(10, "kooperacja.notifications.tasks.drain_all"),
    "letters": _every(300, "tenants.exchange.tasks.wake_held"),
    "figures": _every(60, "region.monitoring.tasks.refresh_stale"),
    "directory": _every(60, "region.directory.tasks.refresh_stale"),
    "attempts": _every(3600, "kooperacja.accounts.tasks.forget_old_attempts"),
    "incoming": _every(60, "kooperacja.incoming.tasks.read_mailbox"),
    "opening": _every(15, "tenants.schemas.tasks.open_pending"),
    "papers": _every(30, "kooperacja.documents.tasks.draw_all"),
    "forms": _every(600, "kooperacja.documents.tasks.try_all_forms"),
    "journal": _every(3600, "kooperacja.audit.tasks.export_heads"),
    "spares": _every(60, "tenants.schemas.tasks.fill_spares"),
    "drafts": _every(3600, "kooperacja.drafts.tasks.forget_old_drafts"),
    "files": _nightly(3, 0, "kooperacja.documents.tasks.remove_orphans"),
    "messages": _nightly(3, 30, "kooperacja.notifications.tasks.forget_old_messages"),
    "received": _nightly(3, 45, "kooperacja.incoming.tasks.forget_old_received"),
    "sessions": _nightly(4, 0, "kooperacja.accounts.tasks.forget_old_sessions"),
    "ended": _nightly(0, 10, "tenants.partnership.tasks.close_ended"),
    "advisers": _nightly(0, 15, "tenants.registry.tasks.end_advisers"),
    "meetings": _nightly(0, 20, "tenants.meetings.tasks.close_in_each"),
    "agreements": _nightly(0, 30, "tenants.agreements.tasks.look_in_each"),
    "delegates": _nightly(0, 40, "powiat.pzk.tasks.look_in_each"),
    "counties": _every(900, "powiat.pzk.tasks.confirm_in_each"),
    "delegations": _nightly(0, 45, "gmina.ggk.tasks.look_in_each"),
    "reminders": _nightly(5, 0, "tenants.meetings.tasks.remind_in_each"),
    "correspondence": _nightly(4, 30, "tenants.dialogue.tasks.forget_in_each"),
    "plans": _nightly(5, 5, "tenants.dialogue.tasks.remind_in_each"),
    "cards": _nightly(5, 15, "tenants.baskets.tasks.check_in_each"),
    "masters": _every(60, "tenants.masters.tasks.catch_up"),
    "keepers": _nightly(5, 25, "tenants.masters.tasks.ask_keepers"),
    "imports": _every(300, "tenants.baskets.tasks.bring_in_each"),
    "summaries": _every(60, _SUMMARIES)
    if environ.flag("DEMO")
    else _nightly(SUMMARY_HOUR, 0, _SUMMARIES),
    "contacts": _nightly(4, 15, "tenants.accession.tasks.forget_contacts"),
}
