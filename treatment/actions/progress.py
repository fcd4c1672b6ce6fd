"""What a session worked on: said while its note is a draft, asked for when it is signed."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from audit.planned import Planned
from patients.models import Episode

from ..models import NoObjective, Objective, Session, SessionNote, SessionObjective, TreatmentPlan
from ..models.progress import BY_ITSELF
from ..models.sessions import CAME

ASK = "Say which objectives of the plan were worked on, or why none was."


def link(session, *, worked_on=None, no_objective="", no_objective_words="", by, at):
    """Write down what a session worked on, in place of what was said before; nothing where nothing is given.

    `worked_on` are [{"objective", "progress", "words"}]. Raises worked_on_or_not, rated_twice,
    objective_not_in_plan, or plan_in_force for a session that “had no plan” while one was in force.
    """
    if not worked_on and not no_objective:
        return
    if worked_on and no_objective:
        raise ValidationError("Rate objectives, or say why none was worked on: not both.", code="worked_on_or_not")
    if no_objective in BY_ITSELF:
        raise ValidationError("This is filled in by itself when it is so.", code="plan_in_force")
    rows = worked_on or [{"no_objective": no_objective, "words": no_objective_words}]
    keys = [row.get("objective") for row in rows]
    if len(set(keys)) < len(keys):
        raise ValidationError("An objective is rated once in a session.", code="rated_twice")
    if worked_on and objectives_of(session).filter(pk__in=keys).count() < len(keys):
        raise ValidationError("This is no objective of the person’s plan.", code="objective_not_in_plan")
    _take_back([session], by=by, at=at)
    SessionObjective.objects.bulk_create(_row(session, by=by, at=at, **said) for said in rows)


def objectives_of(session):
    """The objectives that went on in the plan that was in force when the session was held."""
    plans = TreatmentPlan.objects.in_force_at(session.started_at).filter(episode=session.episode_id)
    return Objective.objects.going_on().filter(plan__in=plans)


def _take_back(sessions, *, by, at):
    SessionObjective.objects.standing().filter(session__in=sessions).update(removed_at=at, removed_by=by)


def _row(session, *, by, at, objective=None, progress="", no_objective="", words=""):
    return SessionObjective(
        patient_id=session.patient_id,
        facility_id=session.facility_id,
        session=session,
        objective_id=objective,
        progress=progress,
        no_objective=no_objective,
        words=words,
        noted_at=at,
        noted_by=by,
    )


def _silent(sessions):
    """Those of these sessions of which nothing is said, with whether a plan was in force."""
    planned = TreatmentPlan.objects.in_force_at(OuterRef("started_at")).filter(episode=OuterRef("episode"))
    said = SessionObjective.objects.standing().filter(session=OuterRef("pk"))
    held = Session.objects.filter(pk__any_of=sessions).filter(~Exists(said))
    # Whole rows of a group take longer than the rest.
    return held.annotate(is_planned=Exists(planned)).only("attendance").order_by("pk")


SILENT = Planned(_silent, list)


def require_linked(notes, *, by, at):
    """Before these notes are signed: fill in what goes by itself, and raise worked_on_missing with how many lack it.

    As many statements for many notes as for one. Whoever did not come worked on nothing; where no plan was in force
    when the session was held, there was none to work on.
    """
    silent = SILENT([note.session_id for note in notes])
    missing = [session for session in silent if session.attendance in CAME and session.is_planned]
    if missing:
        raise ValidationError(
            ASK if len(notes) == 1 else "%(missing)s of the notes do not say what was worked on, or why nothing was.",
            code="worked_on_missing",
            params={"missing": len(missing)},
        )
    if silent:
        why = {"came": list(CAME), "none_yet": NoObjective.NO_PLAN_YET, "no_show": NoObjective.NO_SHOW}
        asked = {**why, "at": at, "by": by.pk, "sessions": [session.pk for session in silent]}
        with connection.cursor() as cursor:
            cursor.execute(BY_THEMSELVES, asked)


# In plain SQL: of a group's signing, to make a row each in Python and write them took a fifth.
BY_THEMSELVES = """
INSERT INTO treatment_sessionobjective
    (id, version, patient_id, facility_id, session_id, progress, words, no_objective, noted_at, noted_by_id)
SELECT uuidv7(), 1, patient_id, facility_id, id, '', '',
    CASE WHEN attendance = ANY(%(came)s) THEN %(none_yet)s ELSE %(no_show)s END, %(at)s, %(by)s
FROM treatment_session WHERE id = ANY(%(sessions)s)
"""


@transaction.atomic
def rate_group(group, *, ratings, no_objective="", no_objective_words="", by, at=None):
    """What each person in a group worked on, in as many statements for many as for one.

    `ratings` is {key of an objective: {"progress", "words"}}: an objective says whose it is. `no_objective` is said
    of everybody else who came, whose note is a draft of one's own and says nothing yet. The first row that was
    written. Raises nothing_to_sign, objective_not_in_plan, or worked_on_missing where nothing is said of anybody.
    """
    at = at or timezone.now()
    notes = SessionNote.objects.drafts().written_by(by).filter(session__group=group)
    notes = list(notes.select_related("session").order_by("pk").select_for_update(no_key=True, of=("self",)))
    if not notes:
        raise ValidationError("You have no draft of this group to write in.", code="nothing_to_sign")
    sessions = {note.session.episode_id: note.session for note in notes}
    found = list(objectives_of_group(group).filter(episode__in=sessions, pk__in=list(ratings)))
    if len(found) < len(ratings):
        raise ValidationError("This is no objective of anybody’s plan here.", code="objective_not_in_plan")
    rated = {one.episode_id for one in found}
    _take_back([sessions[key] for key in rated], by=by, at=at)
    rows = [_row(sessions[one.episode_id], objective=one.pk, **ratings[str(one.pk)], by=by, at=at) for one in found]
    if no_objective:
        if no_objective in BY_ITSELF:
            raise ValidationError("This is filled in by itself when it is so.", code="plan_in_force")
        said = SessionObjective.objects.standing().filter(session__in=list(sessions.values()))
        said = set(said.values_list("session", flat=True))
        rest = [one for key, one in sessions.items() if key not in rated and one.pk not in said]
        why = {"no_objective": no_objective, "words": no_objective_words}
        rows += [_row(session, **why, by=by, at=at) for session in rest]
    if not rows:
        raise ValidationError(ASK, code="worked_on_missing")
    return SessionObjective.objects.bulk_create(rows)[0]


def objectives_of_group(group):
    """The objectives that went on, when the group was held, in the plans of those who came."""
    episodes = Episode.objects.filter(sessions__in=group.sessions.right().filter(attendance__in=CAME))
    plans = TreatmentPlan.objects.in_force_at(group.started_at).filter(episode__in=episodes)
    rows = Objective.objects.going_on().filter(plan__in=plans).select_related("patient")
    return rows.order_by("patient__preferred_name", "patient_id", "pk")
