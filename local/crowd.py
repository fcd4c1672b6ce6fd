"""Many people with a check-in owed, in seconds: one came by the verbs that staff use, the others are copies of them.

Every row of the one is copied column by column, so a noun that grows is copied whole. No trigger is disabled: the
copies' episodes begin as referred and take their steps, and the promise is looked at when they commit.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import Facility, Role, User
from aftercare.actions.discharges import talk
from aftercare.models import AftercarePlan, CheckIn
from duties.models import Duty, DutyEvent
from patients import actions as patients
from patients.models import Access, ClearanceBasis, ContactPoint, Episode, Patient, Stage
from treatment.actions import clearances, handovers, observations
from treatment.models import Checklist

LICENSED = {Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR}
NO_CAPS = {"most_a_day": 1000, "most_in_7_days": 1000}
LONG_AGO = timedelta(days=10)  # when the copies were written down: what is late is late by us, not entered late


def a_place(name, *, sends):
    """A facility that writes as often as it likes, or to nobody yet, with somebody in every role."""
    now = timezone.now()
    place = Facility.objects.create(name=name, zone="America/New_York", phone="+1 212 555 0100", **NO_CAPS)
    staff = {}
    for role in Role:
        user = User.objects.create(username=f"{role.value}@{place.pk}", first_name=role.label, is_staff=True)
        staff[role] = user
        post = accounts.join(user, facility=place, role=role, by=user, at=now)
        if role in LICENSED:
            until = (now + timedelta(days=1000)).date()
            accounts.record_license(post, license_number="LC-1", license_expires_on=until, by=user, at=now)
    if sends:
        outside = {"name": "Ada Rook", "phone": "+12125550190", "email": "last.resort@example.org"}
        accounts.name_last_resort(place, **outside, by=staff[Role.ADMIN], at=now)
        place.refresh_from_db()
        accounts.switch_on_sending(place, by=staff[Role.ADMIN], at=now)
    return place, staff


@transaction.atomic
def somebody(place, staff, *, number=""):
    """One person who declined, and may be asked how they are; by text when there is a number."""
    nurse = staff[Role.NURSE]
    episode = handovers.receive(
        facility=place,
        person={"preferred_name": "Sam"},
        source="hospital",
        source_name="General Hospital",
        consciousness="alert",
        breathing="normal",
        substances=[{"substance": "2004", "route": "1", "source": "person"}],
        by=nurse,
    ).episode
    observations.stop_observations(episode, reason="stable for hours", by=nurse)
    met = {item["code"]: {"finding": "met"} for item in Checklist.objects.current("medical-clearance").items}
    clearances.clear(episode, basis=ClearanceBasis.CLEARED, findings=met, by=nurse)
    if number:
        point = {"channel": "sms", "value": number, "scopes": ["check_in"]}
        patients.verify(patients.add_contact_point(episode.patient, by=nurse, **point), by=nurse)
    episode.refresh_from_db()
    talk(
        episode,
        outcome="declined",
        may_contact_again=True,
        information_offered=True,
        by=staff[Role.COUNSELOR],
    )
    return CheckIn.objects.select_related("plan__episode", "duty").get(patient=episode.patient)


@transaction.atomic
def copies(check_in, many, *, numbers_from=0):
    """So many people who stand where this one stands. Returns the keys of their check-ins' duties."""
    patient, episode = check_in.patient_id, check_in.plan.episode
    text_to = {"value": f"'+' || ({numbers_from} + n)", "typed": "''"}
    begun = {"stage": "'referred'", "stage_at": "opened_at", "stage_reason": "''", "version": "1"}
    begun |= {"cleared_at": "NULL", "cleared_by_id": "NULL", "clearance_basis": "''", "clearance_lapses_at": "NULL"}
    ago = {"recorded_at": f"now() - interval '{LONG_AGO.days} days'"}
    rows = [
        (Patient, f"id = '{patient}'", {}),
        (ContactPoint, f"patient_id = '{patient}'", text_to),
        (Access, f"patient_id = '{patient}'", {}),
        (Episode, f"id = '{episode.pk}'", begun),
        (Duty, f"id = '{check_in.duty_id}'", {"because_of_id": "NULL"}),
        (DutyEvent, f"duty_id = '{check_in.duty_id}'", ago),
        (AftercarePlan, f"id = '{check_in.plan_id}'", {}),
        (CheckIn, f"id = '{check_in.pk}'", {}),
    ]
    with connection.cursor() as cursor:
        for model, where, columns in rows:
            cursor.execute(_copy(model, where, columns, {one for one, *_ in rows}), [many])
        _take_steps(cursor, episode, many)
        cursor.execute(f"SELECT {_key(_literal(check_in.duty_id))} FROM generate_series(1, %s) n", [many])
        return [row[0] for row in cursor]


def _key(of):
    """SQL for the key, of version 7, of the n-th copy."""
    digest = f"md5({of}::text || n)"
    return f"(left({of}::text, 14) || '7' || substr({digest}, 1, 3) || '-8' || substr({digest}, 4, 15))::uuid"


def _literal(key):
    return f"'{key}'::uuid"


def _copy(model, where, columns, copied):
    names, values = [], []
    for field in model._meta.concrete_fields:
        numbered = field.unique and not field.primary_key and not field.is_relation
        if field.get_internal_type() == "BigAutoField" or numbered:
            continue  # a number of their own
        names.append(f'"{field.column}"')
        own = field.primary_key or (field.remote_field and field.remote_field.model in copied)
        values.append(columns.get(field.column) or (_key(f'"{field.column}"') if own else f'"{field.column}"'))
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(values)} FROM {table}, generate_series(1, %s) n WHERE {where}"
    )


def _take_steps(cursor, episode, many):
    keys = f"SELECT {_key(_literal(episode.pk))} FROM generate_series(1, %s) n"
    for stage in (Stage.STABILIZING, Stage.ENGAGING, Stage.AFTERCARE):
        cursor.execute(
            f"UPDATE patients_episode SET stage = %s, stage_at = %s WHERE id IN ({keys})",
            [stage, episode.stage_at, many],
        )


def fall_due(cursor, duties, ago):
    """The moment of these check-ins was so long ago: they stand before the rung that asks. As `owner`."""
    cursor.execute(
        "UPDATE duties_duty d SET due_at = m, anchor_at = m, anchor_offset = interval '0', next_action_at = m,"
        " clock_set_at = now() - interval '10 days', round = 0, next_rung = (SELECT min(position) FROM duties_rung r"
        " WHERE r.ladder_id = d.ladder_id AND r.\"offset\" >= interval '0')"
        " FROM (SELECT now() - %s::interval AS m) AS moment WHERE d.id = ANY(%s)",
        [ago, duties],
    )
