"""Celery and its beat table: every entry expires, is harmless twice, and finds its work in PostgreSQL."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init

from config.garbage import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("throughline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def settle(**kwargs):
    """Before its first task: the clock's batches made Python look through everything it had loaded."""
    keep_what_is_loaded()


@app.on_after_finalize.connect
def beat_table(sender, **kwargs):
    """Set the beat table once settings are known."""
    from django.conf import settings

    every = settings.TICK_EVERY.total_seconds()
    sender.conf.beat_schedule = {
        "tick": {"task": "duties.tasks.tick", "schedule": every, "options": {"expires": every * 2}},
        "send": {"task": "messaging.tasks.send", "schedule": every, "options": {"expires": every * 2}},
        "turn": {"task": "aftercare.tasks.turn", "schedule": every, "options": {"expires": every * 2}},
        "gather": {"task": "aftercare.tasks.gather", "schedule": 300.0, "options": {"expires": 600}},
        "clocks": {"task": "aftercare.tasks.follow_clocks", "schedule": 900.0, "options": {"expires": 1800}},
        "rotas": {"task": "aftercare.tasks.watch_rotas", "schedule": 300.0, "options": {"expires": 600}},
        "holds": {"task": "treatment.tasks.lapse_holds", "schedule": 60.0, "options": {"expires": 120}},
        "doses": {"task": "treatment.tasks.turn_doses", "schedule": 60.0, "options": {"expires": 120}},
        "offers": {"task": "treatment.tasks.lapse_offers", "schedule": 60.0, "options": {"expires": 120}},
        "random tests": {
            "task": "treatment.tasks.turn_random_tests",
            "schedule": 60.0,
            "options": {"expires": 120},
        },
        "checks": {"task": "treatment.tasks.plan_checks", "schedule": 300.0, "options": {"expires": 600}},
        "logs": {"task": "treatment.tasks.owe_logs", "schedule": 60.0, "options": {"expires": 120}},
        "months": {
            "task": "audit.tasks.make_months",
            "schedule": crontab(hour=2, minute=10),
            "options": {"expires": 3600},
        },
        "keys": {
            "task": "audit.tasks.forget_request_keys",
            "schedule": crontab(minute=20),
            "options": {"expires": 1800},
        },
    }
