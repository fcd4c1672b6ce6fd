"""A clinic with one person at the end of the road and one at its beginning."""

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.urls import reverse

from aftercare.actions import check_ins, closings
from duties.actions import tick
from messaging import actions as messaging
from patients import actions as patients
from tests import given
from treatment.actions import handovers, placements, sessions


def address(row, *, to="change", args=()):
    """The address of a row's page, or of a verb on it."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{to}", args=[row.pk, *args])


def listing(model):
    """The address of a noun's list."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def pages():
    """Every registered noun with its page, by label."""
    return sorted(admin.site._registry.items(), key=lambda pair: pair[0]._meta.label)


@pytest.fixture
def sign_in(client):
    """Sign in as somebody; returns the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def road(clinic):
    """Maria has gone the whole road; Jo has asked for help; somebody was sent out; somebody is said to have died."""
    began = given.ago(days=40)
    episode = given.in_bed(clinic, at=began)
    session = sessions.log_session(
        episode,
        kind="individual",
        started_at=began,
        ended_at=began,
        attendance="attended",
        text="Talked about the week.",
        by=clinic.counselor,
        at=given.ago(days=39),
    )
    note = session.notes.get()
    sessions.sign(note, by=clinic.counselor, at=given.ago(days=39))
    point = given.an_address(episode.patient, clinic)
    given.discharges.discharge(
        episode, reason="1", by=clinic.counselor, coach=clinic.aftercare, at=given.ago(days=10)
    )
    episode.refresh_from_db()
    plan = episode.aftercare_plans.get()
    check_in = plan.check_ins.get()
    check_ins.answer(check_in, how="call", craving=20, by=clinic.aftercare, at=check_in.due_at)
    opt_out = messaging.opt_out(episode.patient, channel="phone", how="said so", by=clinic.aftercare)
    jo = given.self_referred(clinic)
    away = given.in_bed(clinic, bed=1, name="Sam", at=given.ago(days=2))
    placements.send_out(away, destination="General Hospital", reason="chest pain", by=clinic.nurse)
    reported = given.self_referred(clinic, "Lee")
    closings.report_death(reported.patient, facility=clinic.here, told_by="a friend", by=clinic.nurse)
    tick()
    return SimpleNamespace(
        clinic=clinic, episode=episode, patient=episode.patient, session=session, note=note, point=point,
        plan=plan, check_in=check_in, opt_out=opt_out, jo=jo, away=away, reported=reported,
    )  # fmt: skip


__all__ = ["handovers", "patients"]
