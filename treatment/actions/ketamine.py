"""Ketamine that is prescribed: speaking with who gives it, and looking after the person when it stops."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from duties import actions as duties
from patients import actions as patients
from patients.actions import needs
from patients.models import Patient

from ..models import MoodReview, PrescribedKetamine, PrescriberContact
from ..models.ketamine import REVIEWS_AFTER
from .uses import open_episode

CALL_WITHIN = timedelta(hours=4)  # the same day, when a review finds a reason to worry [D]


@transaction.atomic
def record_prescribed(patient, *, facility, by, at=None, **fields):
    """The person is given ketamine by somebody. Raises prescriber_missing, starts_later."""
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    started_on = fields.get("started_on")
    if started_on and started_on > at.astimezone(facility.tz()).date():
        raise ValidationError("It began on a day that is still to come.", code="starts_later")
    return PrescribedKetamine.objects.create(
        patient=patient, facility=facility, recorded_at=at, recorded_by=by, **fields
    )


def is_given(prescribed):
    """Raises stopped_already."""
    if prescribed.stopped_at or prescribed.entered_in_error_at:
        raise ValidationError("This was stopped already.", code="stopped_already")


def may_be_called(prescribed):
    """Raises consent_missing: a prescriber learns nothing without the person's word (42 CFR Part 2)."""
    if prescribed.entered_in_error_at:
        raise ValidationError("This is marked as entered in error.", code="error_marked")
    if prescribed.permitted_at is None:
        raise ValidationError("The person has not allowed us to speak with the prescriber.", code="consent_missing")


def _locked(prescribed):
    Patient.objects.lock(prescribed.patient_id)
    return PrescribedKetamine.objects.select_related("facility", "patient").lock(prescribed.pk)


@transaction.atomic
def permit_contact(prescribed, *, by, at=None):
    """The person allows us to speak with the prescriber. Said again, it is dated anew."""
    prescribed = _locked(prescribed)
    prescribed.permitted_at, prescribed.permitted_by = at or timezone.now(), by
    prescribed.save(update_fields=["permitted_at", "permitted_by"])
    return prescribed


@needs(may_be_called)
@transaction.atomic
def withdraw_permission(prescribed, *, by, at=None):
    """The person allows it no longer. Raises consent_missing."""
    prescribed = _locked(prescribed)
    withdraw_permission.require(prescribed)
    prescribed.permitted_at = prescribed.permitted_by = None
    prescribed.save(update_fields=["permitted_at", "permitted_by"])
    return prescribed


@needs(may_be_called)
@transaction.atomic
def contact_prescriber(prescribed, *, spoke_with, words, by, at=None):
    """The prescriber was spoken or written to. Raises consent_missing."""
    prescribed = _locked(prescribed)
    contact_prescriber.require(prescribed)
    return PrescriberContact.objects.create(
        patient=prescribed.patient,
        facility=prescribed.facility,
        prescribed=prescribed,
        spoke_with=spoke_with,
        words=words,
        contacted_at=at or timezone.now(),
        contacted_by=by,
    )


@needs(is_given)
@transaction.atomic
def stop(prescribed, *, reason, by, at=None):
    """It is given no longer: mood is reviewed 1, 2 and 4 weeks after (domain 10). Raises stopped_already."""
    prescribed = _locked(prescribed)
    stop.require(prescribed)
    at = at or timezone.now()
    prescribed.stopped_at, prescribed.stopped_by, prescribed.stop_reason = at, by, reason
    prescribed.save(update_fields=["stopped_at", "stopped_by", "stop_reason"])
    episode = open_episode(prescribed.patient)
    for week, after in REVIEWS_AFTER.items():
        review = MoodReview(
            patient=prescribed.patient,
            facility=episode.facility if episode else prescribed.facility,
            prescribed=prescribed,
            week=week,
        )
        review.duty = duties.open(
            "mood_review",
            facility=review.facility,
            patient=prescribed.patient,
            episode=episode,
            owner_role=Role.PRESCRIBER,
            due_at=at + after,
            note=str(review),
            by=by,
            at=at,
        )
        review.save(force_insert=True)
    return prescribed


def is_owed(review):
    """Raises reviewed_already."""
    if review.reviewed_at or review.entered_in_error_at:
        raise ValidationError("This was reviewed already.", code="reviewed_already")


def has_opened(review, at=None):
    """Raises review_too_early: how somebody is on the day it stops says nothing about the weeks after (domain 10)."""
    opens_at = review.opens_at()
    if (at or timezone.now()) < opens_at:
        raise ValidationError(
            "This review is of a later week: it may be recorded from %(day)s on. Worried now? Ask about suicide.",
            code="review_too_early",
            params={"day": f"{opens_at.astimezone(review.facility.tz()):%A, %B %d}"},
        )


@needs(is_owed)
@transaction.atomic
def record_mood_review(review, *, mood, asked_about_suicide, concern, by, at=None):
    """How the person is; a reason to worry owes a call the same day.

    Raises reviewed_already, review_too_early, finding_missing.
    """
    Patient.objects.lock(review.patient_id)
    episode = open_episode(review.patient)
    review = MoodReview.objects.select_related("facility", "duty", "patient", "prescribed").lock(review.pk)
    record_mood_review.require(review)
    at = at or timezone.now()
    has_opened(review, at)
    review.reviewed_at, review.reviewed_by = at, by
    review.mood, review.asked_about_suicide, review.concern = mood, asked_about_suicide, concern
    review.save()
    if review.duty.is_open():
        duties.resolve(review.duty, by=by, at=at, reason="reviewed")
    if concern:
        duties.open(
            "contact",
            facility=episode.facility if episode else review.facility,
            patient=review.patient,
            episode=episode,
            owner_role=Role.COUNSELOR,
            due_at=at + CALL_WITHIN,
            note="A reason to worry was found after prescribed ketamine stopped; see the review, ask about suicide.",
            by=by,
            at=at,
        )
    review.refresh_from_db()
    return review


@transaction.atomic
def mark_error(prescribed, *, reason, by, at=None):
    """It was never so; the reviews it called for are not owed."""
    Patient.objects.lock(prescribed.patient_id)
    prescribed = patients.mark_error(prescribed, reason=reason, by=by, at=at)
    for review in prescribed.reviews.planned().select_related("duty"):
        patients.mark_error(review, reason=reason, by=by, at=at)
        if review.duty.is_open():
            duties.cancel(review.duty, by=by, at=at, reason="entered in error")
    return prescribed
