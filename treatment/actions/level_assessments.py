"""Assessing the level of care, signing it, and what is owed after: a second signature, the next look (domain 2)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from accounts.actions import refuse
from accounts.models import Role
from duties import actions as duties
from duties.models import Duty
from patients import actions as patients
from patients.actions import at_stage, needs
from patients.models import Episode, Stage

from ..models import (
    Checklist,
    LevelAssessmentKind,
    LevelMapping,
    LevelOfCareAssessment,
    LevelStandard,
    Placement,
    Step,
)
from ..models.levels import LEVELS, RATED, Edition

SIGN_WITHIN = timedelta(hours=24)
COSIGN_WITHIN = timedelta(hours=72)  # our default
REVIEW_AFTER = timedelta(days=30)  # our default, for a level without a standard
AT_MOST = timedelta(days=90)
WHILE_PLACED = {LevelAssessmentKind.ADMISSION, LevelAssessmentKind.CONTINUED_STAY}
ENDED = {Stage.AFTERCARE, Stage.CLOSED}


@needs(at_stage(*set(Stage) - {Stage.CLOSED}))
@transaction.atomic
def assess_level(episode, *, by, at=None, id=None, **fields):
    """Which level of care the person needs, as a draft that its assessor signs.

    The edition, and the level the person is placed at, are those of their program unless said. Raises what `_rate`
    raises; not_on_checklist; level_assessment_begun.
    """
    episode = Episode.objects.lock(episode.pk)
    at = at or timezone.now()
    assess_level.require(episode)
    main = episode.placements.open().filter(track="main").select_related("program", "facility").first()
    program = main.program if main and main.program.level_of_care else None
    fields["edition"] = fields.get("edition") or (program.asam_edition if program else Edition.FOURTH)
    if program and program.asam_edition == fields["edition"]:
        fields.setdefault("placed", program.level_of_care)
    assessment = LevelOfCareAssessment(
        patient_id=episode.patient_id,
        facility=main.facility if main else episode.facility,
        episode=episode,
        placement=main,
        assessed_at=at,
        assessed_by=by,
    )
    if id:
        assessment.id = id
    _write(assessment, fields)
    assessment.sign_duty = duties.open(
        "sign_level",
        facility=assessment.facility,
        episode=episode,
        owner=by,
        owner_role=Role.COUNSELOR,
        due_at=at + SIGN_WITHIN,
        by=by,
        at=at,
    )
    assessment.save(force_insert=True)
    return assessment


def is_draft(assessment):
    """Raise error_marked or level_assessment_signed."""
    _require_right(assessment)
    if assessment.signed_at:
        message = LevelOfCareAssessment.refusals["a_signed_level_assessment_never_changes"][1]
        raise ValidationError(message, code="level_assessment_signed")


def is_whole(assessment):
    """Raise ratings_missing, with the list, while the mapping asks for more, or level_missing.

    Of somebody who is in a program, where they are placed is said too: what differs from the indicated level is
    explained (domain 2.4).
    """
    if assessment.mapping is not None:  # which decides on all of them
        done = {(one["dimension"], one["subdimension"]) for one in assessment.ratings}
        missing = [" ".join(filter(None, key)) for key in assessment.mapping.rated() if key not in done]
        if missing:
            raise ValidationError(
                "Not rated yet: dimension %(which)s.", code="ratings_missing", params={"which": ", ".join(missing)}
            )
    if not (assessment.indicated and assessment.recommended):
        refuse(LevelOfCareAssessment, "a_signed_level_assessment_says_a_level")
    if not assessment.placed and assessment.kind in WHILE_PLACED and _program_level(assessment):
        raise ValidationError("Say at which level the person is placed.", code="level_missing")


def _program_level(assessment):
    """The level of the program the person is in, where it is one of this edition; else nothing."""
    program = assessment.placement and assessment.placement.program
    return program.level_of_care if program and program.asam_edition == assessment.edition else ""


@needs(is_draft)
@transaction.atomic
def amend_level(assessment, *, by, at=None, **fields):
    """Change a draft. Raises level_assessment_signed, not_the_author, error_marked, and what assessing raises."""
    assessment = _locked(assessment)
    amend_level.require(assessment)
    is_assessed_by(assessment, by)
    _write(assessment, fields)
    assessment.save()
    assessment.refresh_from_db()
    return assessment


def _write(assessment, fields):
    ratings, answers = fields.pop("ratings", None), fields.pop("needs", None)
    stated = fields.pop("indicated", None)
    for field, value in fields.items():
        setattr(assessment, field, value)
    if answers:
        assessment.checklist = Checklist.objects.current("level-needs")
        if set(answers) - {item["code"] for item in assessment.checklist.items}:
            raise ValidationError("This is not on the checklist.", code="not_on_checklist")
        assessment.needs = {**assessment.needs, **answers}
    day = assessment.assessed_at.astimezone(assessment.facility.tz()).date()
    assessment.mapping = LevelMapping.objects.in_force(assessment.facility, assessment.edition, day)
    _rate(assessment, assessment.ratings if ratings is None else ratings, stated)


def _rate(assessment, ratings, stated):
    """The ratings, and the level they come to: by the site's mapping where one is loaded, else as the assessor says.

    Tokens are texts and never averaged (domain 2.3). Raises dimension_not_rated, rated_twice, token_unknown,
    level_unknown, or indicated_by_mapping for a level that the mapping does not come to.
    """
    edition, mapping, seen = assessment.edition, assessment.mapping, set()
    tokens = mapping.rated() if mapping else {}
    found = []
    for one in ratings:
        key = (one["dimension"], one.get("subdimension") or "")
        where = {"which": " ".join(filter(None, key)), "token": one["token"]}
        if one["dimension"] not in RATED[edition] or (mapping and key not in tokens):
            message = "Dimension %(which)s is not rated in this edition."
            raise ValidationError(message, code="dimension_not_rated", params=where)
        if key in seen:
            raise ValidationError("Dimension %(which)s is rated twice.", code="rated_twice", params=where)
        seen.add(key)
        level = one.get("min_level") or ""
        if mapping and one["token"] not in tokens[key]:
            message = "“%(token)s” is no rating of dimension %(which)s in the mapping that is loaded."
            raise ValidationError(message, code="token_unknown", params=where)
        if level and level not in LEVELS[edition].values:
            raise ValidationError("There is no such level of care in this edition.", code="level_unknown")
        found.append({**one, "subdimension": key[1], "min_level": tokens[key][one["token"]] if mapping else level})
    assessment.ratings = found
    if mapping is None:
        assessment.indicated = assessment.indicated if stated is None else stated
        return
    assessment.indicated = mapping.indicates([one["min_level"] for one in found])
    if stated and stated != assessment.indicated:
        raise ValidationError(
            "The mapping that is loaded comes to “%(level)s”. Recommend another level where you see it differently.",
            code="indicated_by_mapping",
            params={"level": assessment.indicated or "no level yet"},
        )


@needs(is_draft, is_whole)
@transaction.atomic
def sign_level(assessment, *, next_review_at=None, by, at=None):
    """Sign an assessment: from now on the database lets nobody change it.

    It is owed again by the time its level asks for, in place of what was owed before; nothing more is where the
    person leaves treatment. Where the credential does not sign alone, somebody owes a second signature.
    Raises level_assessment_signed, not_the_author, ratings_missing, level_missing, review_too_rare.
    """
    assessment = _locked(assessment)
    at = at or timezone.now()
    sign_level.require(assessment)
    is_assessed_by(assessment, by)
    assessment.signed_at, assessment.signed_by = at, by
    assessment.signs_alone = signs_alone(assessment.credential)
    wanted = {}
    if not assessment.signs_alone:
        wanted["cosign_duty"] = _owed(assessment, "cosign_level", at + COSIGN_WITHIN, role=Role.SUPERVISOR)
    if assessment.kind != LevelAssessmentKind.DISCHARGE and assessment.episode.stage not in ENDED:
        assessment.next_review_due_at = next_review_at or at + _review_after(assessment)
        if not at < assessment.next_review_due_at <= at + AT_MOST:
            raise ValidationError("The level of care is assessed again within 90 days.", code="review_too_rare")
        wanted["review_duty"] = _owed(assessment, "level_review", assessment.next_review_due_at, owner=by)
    duties.resolve_each(_reviews_owed(assessment), by=by, at=at, reason="assessed")
    for field, duty in zip(wanted, duties.open_all([*wanted.values()], by=by, at=at) if wanted else (), strict=True):
        setattr(assessment, field, duty)
    assessment.save()
    if assessment.sign_duty.is_open():
        duties.resolve(assessment.sign_duty, by=by, at=at, reason="signed")
    assessment.refresh_from_db()
    return assessment


def _owed(assessment, slug, due_at, *, owner=None, role=Role.COUNSELOR):
    """By the assessor where that is their work there, else by the role."""
    owner = owner if owner is not None and owner.is_at(assessment.facility, [role]) else None
    about = {"facility": assessment.facility, "episode": assessment.episode}
    return {"slug": slug, "owner": owner, "owner_role": role, "due_at": due_at, **about}


def _review_after(assessment):
    level = assessment.placed or assessment.recommended
    standard = LevelStandard.objects.best(assessment.facility, assessment.edition, level)
    return standard.review_after if standard else REVIEW_AFTER


def _accepted(patient):
    """Marks the look that a person was offered after treatment and accepted; assessing them answers it."""
    return f"level:{patient}"


def owe_a_look(patient, *, facility, episode, due_at, by, at):
    """A new look at the level of care was offered to the person, who accepted it: owed once (domain 7.3)."""
    owner = by if by.is_at(facility, [Role.COUNSELOR]) else None
    duties.open(
        "level_assessment",
        facility=facility,
        patient=patient,
        episode=episode,
        owner=owner,
        owner_role=Role.COUNSELOR,
        due_at=due_at,
        once=_accepted(patient.pk),
        note="Offered after a warning sign, and accepted.",
        by=by,
        at=at,
    )


def _reviews_owed(assessment):
    """The duties to assess the level: after an admission, of an earlier assessment, of a move made without one.

    And the one that the person accepted after treatment.
    """
    episode = assessment.episode_id
    assessed = LevelOfCareAssessment.objects.filter(episode=episode, review_duty__isnull=False)
    moved = Step.objects.filter(episode=episode, review_duty__isnull=False)
    placed = Placement.objects.filter(episode=episode, level_duty__isnull=False)
    keys = Q(pk__in=assessed.values("review_duty")) | Q(pk__in=moved.values("review_duty"))
    keys |= Q(pk__in=placed.values("level_duty"))
    accepted = Q(patient=assessment.patient_id, once=_accepted(assessment.patient_id))
    return Duty.objects.filter(keys & Q(episode=episode) | accepted)


def is_owed_a_look(episode):
    """Is the level to be assessed again already? To be asked along with something else."""
    signed = LevelOfCareAssessment.objects.right().filter(episode=episode, review_duty__isnull=False)
    return Exists(signed.filter(review_duty__closed_at=None))


def first_look(episode, program, *, at, owner):
    """What is owed by an admission: [duty to open], by the program's days, unless a look is owed (domain 2)."""
    if program.level_due is None or program.looked_at:
        return []
    owed = {"owner": owner, "owner_role": Role.COUNSELOR, "due_at": at + program.level_due}
    return [{"slug": "level_assessment", "facility": program.facility, "episode": episode, **owed}]


def signs_alone(credential):
    """Does somebody with this credential sign without a second signature? Data, since states differ."""
    items = Checklist.objects.current("level-assessors").items
    return any(item["code"] == credential and item["alone"] for item in items)


def waits_for_cosignature(assessment):
    """Raise not_signed, cosigned_already, or cosignature_not_owed where the assessor signs alone."""
    _require_right(assessment)
    if assessment.signed_at is None:
        raise ValidationError("This assessment is a draft still.", code="not_signed")
    if assessment.cosigned_at:
        raise ValidationError("This assessment has its second signature.", code="cosigned_already")
    if assessment.signs_alone:
        raise ValidationError("The assessor signs alone.", code="cosignature_not_owed")


@needs(waits_for_cosignature)
@transaction.atomic
def cosign_level(assessment, *, credential, by, at=None):
    """The second signature, by somebody who signs alone. Raises cosigner_unlicensed, second_signature_same."""
    assessment = _locked(assessment)
    cosign_level.require(assessment)
    at = at or timezone.now()
    if not signs_alone(credential):
        raise ValidationError(
            "With this credential nobody signs alone, so it is no second signature.", code="cosigner_unlicensed"
        )
    assessment.cosigned_at, assessment.cosigned_by, assessment.cosigner_credential = at, by, credential
    assessment.save(update_fields=["cosigned_at", "cosigned_by", "cosigner_credential"])
    if assessment.cosign_duty.is_open():
        duties.resolve(assessment.cosign_duty, by=by, at=at, reason="co-signed")
    assessment.refresh_from_db()
    return assessment


@transaction.atomic
def mark_error(assessment, *, reason, by, at=None):
    """It was a mistake: nothing is owed because of it, and what it replaced is owed again."""
    at = at or timezone.now()
    Episode.objects.lock(assessment.episode_id)
    assessment = patients.mark_error(assessment, reason=reason, by=by, at=at)
    of_it = [assessment.sign_duty_id, assessment.review_duty_id, assessment.cosign_duty_id]
    closed = duties.cancel_each(Duty.objects.filter(pk__in=of_it), by=by, at=at, reason="entered in error")
    if assessment.review_duty_id in closed:
        _owe_again(assessment, by=by, at=at)
    return assessment


def _owe_again(assessment, *, by, at):
    """The look that this assessment stood for, by whoever owes such looks there."""
    before = LevelOfCareAssessment.objects.signed().filter(episode=assessment.episode_id).first()
    if before is not None and before.next_review_due_at:
        due_at = max(before.next_review_due_at, at)
        before.review_duty = duties.open(**_owed(before, "level_review", due_at), by=by, at=at)
        before.next_review_due_at = due_at
        before.save(update_fields=["review_duty", "next_review_due_at"])
    elif before is None:
        _owe_first(assessment, by=by, at=at)


def _owe_first(assessment, *, by, at):
    """The first look, which the admission asked for, where the person still is."""
    asked = Placement.objects.open().filter(episode=assessment.episode_id, level_duty__isnull=False)
    placement = asked.select_related("program", "facility", "episode").first()
    if placement is not None and placement.program.level_due is not None:
        due_at = at + placement.program.level_due
        placement.level_duty = duties.open(**_owed(placement, "level_assessment", due_at), by=by, at=at)
        placement.save(update_fields=["level_duty"])


def _locked(assessment):
    Episode.objects.lock(assessment.episode_id)
    along = ("episode", "placement__program")
    return LevelOfCareAssessment.objects.select_related(*along).lock(assessment.pk)


def _require_right(assessment):
    if assessment.entered_in_error_at:
        raise ValidationError("This assessment is marked as entered in error.", code="error_marked")


def is_assessed_by(assessment, user):
    """Raises not_the_author."""
    if assessment.assessed_by_id != user.pk:
        raise ValidationError("Only its assessor writes and signs an assessment.", code="not_the_author")
