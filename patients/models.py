"""The person, the thread of care they are on, and who may see them."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Facility, Membership, User, a_known_zone, by_whom, clinical
from audit.models import Record, Rows, history, together

from .codes import Channel, Frequency, Language, Route, Scope, Source, Substance


class PatientRows(Rows):
    """Rows about a person: visible to whoever Access lets see the person, and to nobody else."""

    patient_path = "patient"

    def visible_to(self, user, roles):
        """Rows of the people this user may see in one of these roles."""
        reached = Access.objects.reaching(user, roles).filter(
            patient=models.OuterRef(f"{self.patient_path}_id" if self.patient_path != "pk" else "pk")
        )
        return self.filter(models.Exists(reached))


class Patients(PatientRows):
    """People."""

    patient_path = "pk"

    def lock_survivor(self, pk):
        """The record this one was merged into, or itself, locked; a merge that is under way is waited for."""
        person = self.lock(self.get(pk=pk).survivor().pk)
        while person.merged_into_id:
            person = self.lock(person.merged_into_id)
        return person

    def survivors(self):
        """Those not merged into another record and not entered in error."""
        return self.right().filter(merged_into=None)


@clinical
class Patient(Record):
    """A person in care."""

    preferred_name = models.CharField(max_length=200, help_text="what to call them; “Unknown” until they say")
    legal_name = models.CharField(max_length=200, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=5, choices=Language, default=Language.ENGLISH)
    zone = models.CharField(max_length=64, blank=True, validators=[a_known_zone], help_text="empty: the facility's")
    death_reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_reported_by = by_whom(editable=False)
    death_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    death_confirmed_by = by_whom(editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates", editable=False
    )

    objects = Patients.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_reported_death_has_who", "death_reported_at", "death_reported_by"),
            together("a_confirmed_death_has_who", "death_confirmed_at", "death_confirmed_by"),
            models.CheckConstraint(
                name="a_death_is_reported_before_it_is_confirmed",
                condition=Q(death_confirmed_at=None) | Q(death_reported_at__isnull=False),
                violation_error_code="death_not_reported",
                violation_error_message="A death is reported first and confirmed by somebody after that.",
            ),
            models.CheckConstraint(
                name="nobody_is_merged_into_themselves",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_code="merged_into_self",
                violation_error_message="A record cannot be merged into itself.",
            ),
            models.CheckConstraint(
                name="a_person_has_a_name_to_be_called",
                condition=~Q(preferred_name=""),
                violation_error_code="name_missing",
                violation_error_message="Give a name to call the person, or “Unknown”.",
            ),
        ]
        indexes = [models.Index(fields=["merged_into"], name="patient_duplicates")]

    def __str__(self):
        return self.preferred_name

    def survivor(self):
        """The record this one was merged into, or itself."""
        return self.merged_into.survivor() if self.merged_into_id else self

    def records(self):
        """Every record of this person: the survivor and those merged into it."""
        survivor = self.survivor()
        return Patient.objects.filter(Q(pk=survivor.pk) | Q(merged_into=survivor))

    def is_reported_dead(self):
        """Was this person's death reported, on whichever of their records?"""
        return self.records().exclude(death_reported_at=None).exists()

    def tz(self, facility):
        """The person's time zone, or the facility's when theirs is not known."""
        return ZoneInfo(self.zone or facility.zone)


class AccessRows(Rows):
    """Grants of sight."""

    def current(self, now=None):
        """Those in force."""
        now = now or timezone.now()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)

    def reaching(self, user, roles):
        """Those through which this user, in one of these roles, sees somebody.

        The pair counts: a grant to a facility opens only for a role held at that facility.
        """
        mine = Membership.objects.active().filter(user=user.pk, role__in=roles)
        here = Q(facility__in=mine.values("facility"))
        personal = Q(user=user.pk) & Q(models.Exists(mine))
        return self.current().filter(here | personal)


class Because(models.TextChoices):
    """Why somebody may see a person."""

    HANDOVER = "handover", "Handed over here"
    REFERRAL = "referral", "Referred here"
    PLACEMENT = "placement", "Placed here"
    CARE_TEAM = "care_team", "On the care team"
    AFTERCARE = "aftercare", "Followed up from here"
    MERGE = "merge", "Records merged"
    TRANSFER = "transfer", "Transferred here"
    BREAK_GLASS = "break_glass", "Emergency access"


@history
class Access(Record):
    """Who may see a person: a facility or a user, why, from when, until when. All visibility reads only this."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="access")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(max_length=20, choices=Because)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = AccessRows.as_manager()

    class Meta:
        verbose_name_plural = "access"
        constraints = [
            models.CheckConstraint(
                name="access_is_to_a_facility_or_a_user",
                condition=Q(facility=None, user__isnull=False) | Q(facility__isnull=False, user=None),
                violation_error_code="access_to_whom",
                violation_error_message="Access is given to a facility or to a user, never both or neither.",
            ),
            models.CheckConstraint(
                name="access_ends_after_it_starts",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
                violation_error_code="ends_before_start",
                violation_error_message="Access ends after it starts.",
            ),
            models.UniqueConstraint(
                fields=["patient", "facility", "user", "because"],
                condition=Q(until_at=None),
                nulls_distinct=False,
                name="access_is_given_once_per_reason",
                violation_error_code="access_given",
                violation_error_message="This access is given already.",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "patient"], name="access_by_facility"),
            models.Index(fields=["user", "patient"], name="access_by_user"),
            models.Index(fields=["patient", "facility"], name="access_by_patient"),
        ]

    def __str__(self):
        return f"{self.patient_id} to {self.facility_id or self.user_id}"

    @classmethod
    def grant(cls, patient, *, because, at, facility=None, user=None, until=None):
        """Let a facility or a user see a person: every record of theirs, whichever is at hand."""
        grants = (
            cls(patient=person, facility=facility, user=user, because=because, from_at=at, until_at=until)
            for person in patient.records()
        )
        cls.objects.bulk_create(grants, ignore_conflicts=True)  # given already: nothing to do


class Entry(models.TextChoices):
    """How an episode began."""

    OVERDOSE = "overdose", "Overdose"
    SELF = "self", "Asked themselves"
    OTHER_PROVIDER = "other_provider", "Another provider"
    COURT = "court", "Court"
    RETURN = "return", "Came back"


class Stage(models.TextChoices):
    """Where on the road a person is."""

    REFERRED = "referred", "Referred"
    STABILIZING = "stabilizing", "Stabilizing"
    ENGAGING = "engaging", "Engaging"
    INTAKE = "intake", "Intake"
    TREATMENT = "treatment", "Treatment"
    AFTERCARE = "aftercare", "Aftercare"
    CLOSED = "closed", "Closed"


class ClearanceBasis(models.TextChoices):
    """On what ground a person may begin treatment."""

    CLEARED = "cleared", "Medically cleared"
    SCREENED = "screened", "Screened by a nurse"
    NOT_NEEDED = "not_needed", "Not needed"
    OVERRIDDEN = "overridden", "Overridden by a prescriber"


class CloseReason(models.TextChoices):
    """Why an episode ended."""

    COMPLETED = "completed", "Completed"
    DECLINED = "declined", "Declined, no contact wanted"
    WITHDREW = "withdrew", "Withdrew"
    LOST = "lost", "Lost to contact"
    TRANSFERRED = "transferred", "Arrived elsewhere"
    DIED = "died", "Died"
    ADMINISTRATIVE = "administrative", "Administrative"


class Episodes(PatientRows):
    """Episodes."""

    along = ("patient", "facility")

    def open(self):
        """Those not closed and not entered in error."""
        return self.right().filter(closed_at=None)

    def open_first(self):
        """One that is open, then those closed, the last of them first."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")


@clinical
class Episode(Record):
    """One thread of care, from how a person came to the day it is closed."""

    NEXT = {
        Stage.REFERRED: {Stage.STABILIZING, Stage.ENGAGING, Stage.INTAKE, Stage.CLOSED},
        # Back to where they were sent out from, or on to the talk.
        Stage.STABILIZING: {Stage.ENGAGING, Stage.INTAKE, Stage.TREATMENT, Stage.CLOSED},
        Stage.ENGAGING: {Stage.INTAKE, Stage.AFTERCARE, Stage.CLOSED},
        Stage.INTAKE: {Stage.TREATMENT, Stage.STABILIZING, Stage.CLOSED},
        Stage.TREATMENT: {Stage.AFTERCARE, Stage.STABILIZING, Stage.CLOSED},
        Stage.AFTERCARE: {Stage.TREATMENT, Stage.CLOSED},
        Stage.CLOSED: set(),
    }

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="episodes")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=20, choices=Entry)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REFERRED, editable=False)
    stage_at = models.DateTimeField(editable=False)
    stage_by = by_whom(null=False, blank=False, editable=False)
    stage_reason = models.CharField(max_length=500, blank=True, editable=False)
    opened_at = models.DateTimeField()
    opened_by = by_whom(null=False, blank=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_episodes"
    )
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    cleared_by = by_whom(editable=False)
    clearance_basis = models.CharField(max_length=20, choices=ClearanceBasis, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = by_whom(editable=False)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True, editable=False)

    objects = Episodes.as_manager()

    # Raised by triggers: sentences for people.
    refusals = {
        "a_stage_is_never_skipped": ("stage_skipped", "This step does not follow from where the person is."),
        "an_episode_begins_as_referred": ("stage_skipped", "An episode begins as referred."),
        "a_step_is_not_before_the_last": (
            "before_last_step",
            "This is earlier than the last step recorded for the person. Check the time.",
        ),
        "an_episode_keeps_its_person": ("person_changed", "An episode stays with its person."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(closed_at=None, entered_in_error_at=None),
                name="one_open_episode_per_person",
                violation_error_code="episode_open",
                violation_error_message="This person already has an open episode.",
            ),
            models.CheckConstraint(
                name="closed_has_when_who_and_why",
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(close_reason="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_at=None, closed_by=None, close_reason=""),
                violation_error_code="closing_half_recorded",
                violation_error_message="Closing an episode records when, by whom and why.",
            ),
            models.CheckConstraint(
                name="clearance_has_when_who_and_basis",
                condition=Q(cleared_at=None, cleared_by=None, clearance_basis="")
                | Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(clearance_basis=""),
                violation_error_code="clearance_half_recorded",
                violation_error_message="Clearance records when, by whom and on what basis.",
            ),
            models.CheckConstraint(
                name="treatment_means_cleared",
                condition=~Q(stage=Stage.TREATMENT) | Q(cleared_at__isnull=False),
                violation_error_code="not_cleared",
                violation_error_message="The person has not been medically cleared for treatment.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "-opened_at"], name="episodes_of_a_person"),
            models.Index(fields=["facility", "stage"], condition=Q(closed_at=None), name="open_episodes_here"),
        ]

    def __str__(self):
        return f"{self.patient}, {self.get_entry_display().lower()} {self.opened_at:%Y-%m-%d}"

    def move_to(self, stage, *, by, at, reason="", **changes):
        """Take the next step on the road; the trigger writes the event. Raises stage_skipped."""
        if stage not in self.NEXT[self.stage]:
            raise ValidationError(
                "The person is at “%(here)s”; “%(there)s” does not follow from there.",
                code="stage_skipped",
                params={"here": self.get_stage_display().lower(), "there": Stage(stage).label.lower()},
            )
        self.stage, self.stage_at, self.stage_by, self.stage_reason = stage, at, by, reason
        for field, value in changes.items():
            setattr(self, field, value)
        self.save(update_fields=["stage", "stage_at", "stage_by", "stage_reason", *changes])

    def require(self, *stages):
        """Raise wrong_stage unless the person is at one of these stages."""
        if self.stage not in stages:
            raise ValidationError(
                "This cannot be done while the person is at “%(here)s”.",
                code="wrong_stage",
                params={"here": self.get_stage_display().lower()},
            )


class EpisodeEvents(PatientRows):
    """Steps."""


class EpisodeEvent(models.Model):
    """One step of an episode, written by the database when the stage changes. Append-only."""

    id = models.BigAutoField(primary_key=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="events")
    from_stage = models.CharField(max_length=20, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=20, choices=Stage)
    at = models.DateTimeField(help_text="when it happened")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(db_default=models.functions.Now())

    objects = EpisodeEvents.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["patient", "-at"], name="steps_of_a_person")]

    def __str__(self):
        return f"{self.from_stage or 'new'} → {self.to_stage}"


class ContactPoints(PatientRows):
    """Ways to reach people."""

    def usable(self, channel, scope):
        """Verified, working, and agreed to for this purpose: the only ones a machine may write to."""
        return self.right().filter(
            channel=channel,
            scopes__contains=[scope],
            verified_at__isnull=False,
            consented_at__isnull=False,
            broken_at=None,
            revoked_at=None,
        )


@clinical
class ContactPoint(Record):
    """An address or number of a person, and what it may be used for."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contact_points")
    channel = models.CharField(max_length=10, choices=Channel)
    value = models.CharField(max_length=254)
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is tried first")
    safe_to_leave_message = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = by_whom(editable=False)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope), default=list, blank=True, help_text="agreed to"
    )
    consented_at = models.DateTimeField(null=True, blank=True, editable=False)
    consented_by = by_whom(editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = by_whom(editable=False)
    broken_at = models.DateTimeField(null=True, blank=True, editable=False)
    broken_by = by_whom(editable=False)

    objects = ContactPoints.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            together("a_verification_has_who", "verified_at", "verified_by"),
            together("a_consent_has_who", "consented_at", "consented_by"),
            together("a_revocation_has_who", "revoked_at", "revoked_by"),
            together("a_broken_mark_has_who", "broken_at", "broken_by"),
            models.CheckConstraint(
                name="scopes_are_consented_to",
                condition=Q(scopes=[]) | Q(consented_at__isnull=False),
                violation_error_code="scope_without_consent",
                violation_error_message="What a contact point may be used for needs the person's agreement.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "channel"], name="contacts_of_a_person")]

    def __str__(self):
        return f"{self.get_channel_display()} of {self.patient}"


class SubstanceUses(PatientRows):
    """What people use."""


@clinical
class SubstanceUse(Record):
    """What a person uses: drug, route, frequency, amount, first and last use, and who said so."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="substance_uses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    substance = models.CharField(max_length=4, choices=Substance)
    route = models.CharField(max_length=2, choices=Route, default=Route.UNKNOWN)
    frequency = models.CharField(max_length=2, choices=Frequency, default=Frequency.UNKNOWN)
    amount = models.CharField(max_length=200, blank=True, help_text="purity and route unknown: as told")
    first_used_on = models.DateField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=20, choices=Source)
    noted_at = models.DateTimeField()
    noted_by = by_whom(null=False, blank=False)

    objects = SubstanceUses.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="use_is_not_in_the_future",
                condition=Q(last_used_at=None) | Q(last_used_at__lte=F("noted_at")),
                violation_error_code="use_in_the_future",
                violation_error_message="The last use is after the time it was noted.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-noted_at"], name="use_of_a_person")]

    def __str__(self):
        return self.get_substance_display()
