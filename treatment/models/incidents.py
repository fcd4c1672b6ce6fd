"""Incidents: what happened, who was in it, who was told, the review and what follows from it."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Facility, Role, User, by_whom, clinical
from audit.models import Record, Rows
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows, Supporter

from .departures import Departure
from .doses import Dose
from .medication_orders import MedicationOrder
from .observations import EmergencyWarning
from .rounds import AHEAD

REVIEWS = frozenset({Role.SUPERVISOR, Role.PRIVACY})  # who read every incident of their place


class IncidentKind(models.TextChoices):
    """What kind of thing happened."""

    FALL = "fall", "Fall"
    SELF_HARM = "self_harm", "Self-harm or suicide attempt"
    OVERDOSE = "overdose", "Overdose on site"
    MEDICAL = "medical", "Medical emergency"
    ASSAULT = "assault", "Assault or fight"
    ABUSE = "abuse", "Suspected abuse or neglect"
    LEAVING = "leaving", "Left or missing"
    MEDICATION = "medication", "Medication error"
    RESTRAINT = "restraint", "Restraint or seclusion"
    CONTRABAND = "contraband", "Drugs or weapons found"
    PROPERTY = "property", "Property lost or damaged"
    CONFIDENTIALITY = "confidentiality", "Confidentiality"
    DEATH = "death", "Death"
    OTHER = "other", "Other"


class Factor(models.TextChoices):
    """What contributed."""

    STAFFING = "staffing", "Staffing"
    HANDOFF = "handoff", "Something was not passed on"
    RULES = "rules", "A rule was missing, unclear or not followed"
    TRAINING = "training", "Training"
    PLACE = "place", "The building or its equipment"
    SYSTEM = "system", "Records or software"
    MEDICINE = "medicine", "Medication"
    USE = "use", "Use or withdrawal"
    HEALTH = "health", "Health of the person"
    OTHERS = "others", "Other people"
    NONE = "none", "Nothing that could be changed"


class PartIn(models.TextChoices):
    """How somebody was part of it."""

    AFFECTED = "affected", "It happened to them"
    INVOLVED = "involved", "They took part"
    WITNESS = "witness", "They saw or heard it"


class ToldWhom(models.TextChoices):
    """Who was told."""

    PRESCRIBER = "prescriber", "Prescriber"
    SUPERVISOR = "supervisor", "Supervisor"
    ADMIN = "admin", "Administrator"
    EMERGENCY = "emergency", "Emergency services"
    POLICE = "police", "Police"
    INSURER = "insurer", "Insurer or lawyer"
    OTHER = "other", "Somebody else; no family here"


class IncidentState(models.TextChoices):
    """Where the review stands."""

    REPORTED = "reported", "Reported"
    REVIEW = "review", "Under review"
    SIGNED = "signed", "Signed off"


class ReportOutcome(models.TextChoices):
    """How an outside report ended."""

    MADE = "made", "They were told"
    NOT_NEEDED = "not_needed", "Not needed here"


class Incidents(Rows):
    """Incidents."""

    def open(self):
        """Those nobody has signed off."""
        return self.right().filter(signed_at=None)

    def visible_to(self, user, roles):
        """Those of the places one reviews, and one's own reports. Who runs the place sees those about nobody."""
        people = IncidentPerson.objects.right().filter(incident=models.OuterRef("pk"))
        here = Q(facility__in=user.places_as(REVIEWS & set(roles)))
        own = Q(reported_by=user.pk) if user.places_as(roles) else Q(pk__in=[])
        runs = Q(~models.Exists(people), facility__in=user.places_as({Role.ADMIN} & set(roles)))
        return self.filter(here | own | runs)


@clinical
class Incident(Record):
    """Something that happened and should not have: reported by anybody, reviewed and signed by somebody else.

    It stands in no chart: what belongs in a person's own stands in `IncidentPerson`.
    """

    NEXT = {
        IncidentState.REPORTED: [IncidentState.REVIEW],
        IncidentState.REVIEW: [IncidentState.SIGNED],
        IncidentState.SIGNED: [],
    }

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=IncidentKind)
    severity = models.PositiveSmallIntegerField(help_text="from 1, no harm, to 5, death or lasting harm")
    checklist = models.ForeignKey(
        "treatment.Checklist", on_delete=models.PROTECT, related_name="+", help_text="what the severities mean"
    )
    state = models.CharField(max_length=10, choices=IncidentState, default=IncidentState.REPORTED, editable=False)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200, help_text="where, in words")
    facts = models.TextField(max_length=4000, help_text="what was seen and heard; no guesses")
    done_at_once = models.TextField(max_length=2000, blank=True)
    staff = models.ManyToManyField(User, related_name="+", blank=True, help_text="who of the staff was there")
    departure = models.ForeignKey(
        Departure, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    emergency_warning = models.ForeignKey(
        EmergencyWarning, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents"
    )
    medication_order = models.ForeignKey(
        MedicationOrder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        help_text="whose medication was wrong, where no one dose is meant",
    )
    dose = models.ForeignKey(Dose, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    reported_at = models.DateTimeField()
    reported_by = by_whom(null=False, blank=False, db_index=True)
    page_duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="incident_page", editable=False
    )
    review_duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="incident_review")
    review_began_at = models.DateTimeField(null=True, blank=True, editable=False)
    review_began_by = by_whom(editable=False)
    conclusion = models.TextField(max_length=8000, blank=True, editable=False)
    factors = ArrayField(models.CharField(max_length=20, choices=Factor), default=list, blank=True, editable=False)
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = by_whom(editable=False)

    objects = Incidents.as_manager()

    refusals = {
        "a_report_never_changes": (
            "report_fixed",
            "What was reported never changes. Write what you found beside it.",
        ),
        "a_signed_incident_never_changes": (
            "incident_signed",
            "This incident is signed off. Add an addendum instead.",
        ),
        "an_incident_goes_step_by_step": (
            "wrong_state",
            "An incident is reported, then reviewed, then signed off.",
        ),
        "an_incident_is_signed_off": ("incident_open", "This is ended by signing the incident off."),
        "a_grave_incident_is_taken_up": ("incident_open", "This is ended by beginning the review."),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_severity_is_from_1_to_5",
                condition=Q(severity__range=(1, 5)),
                violation_error_code="off_the_scale",
                violation_error_message="Severity goes from 1 to 5.",
            ),
            models.CheckConstraint(
                name="an_incident_is_where_its_state_says",
                condition=Q(
                    state="reported", review_began_at=None, review_began_by=None, signed_at=None, signed_by=None
                )
                | Q(
                    state="review",
                    review_began_at__isnull=False,
                    review_began_by__isnull=False,
                    signed_at=None,
                    signed_by=None,
                )
                | Q(
                    state="signed",
                    review_began_at__isnull=False,
                    review_began_by__isnull=False,
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                ),
                violation_error_code="half_recorded",
                violation_error_message="A review and a signature record when and by whom.",
            ),
            models.CheckConstraint(
                name="nobody_reviews_their_own_report",
                condition=(Q(review_began_by=None) | ~Q(review_began_by=F("reported_by")))
                & (Q(signed_by=None) | ~Q(signed_by=F("reported_by"))),
                violation_error_code="own_report",
                violation_error_message="Somebody else reviews and signs what you reported.",
            ),
            models.CheckConstraint(
                name="what_is_signed_off_has_a_conclusion",
                condition=Q(signed_at=None) | ~Q(conclusion="") & ~Q(factors=[]),
                violation_error_code="conclusion_missing",
                violation_error_message="Write what you found and what contributed before you sign.",
            ),
            models.CheckConstraint(
                name="a_medication_error_names_a_dose_or_an_order",
                condition=Q(medication_order=None, dose=None)
                | Q(kind=IncidentKind.MEDICATION) & (Q(medication_order=None) | Q(dose=None)),
                violation_error_code="not_a_medication_error",
                violation_error_message="Only a medication error names what was ordered: one dose, or the order.",
            ),
            models.CheckConstraint(
                name="an_incident_is_reported_after_it_happened",
                condition=Q(happened_at__lte=F("reported_at") + AHEAD),
                violation_error_code="in_the_future",
                violation_error_message="An incident is reported once it has happened.",
            ),
        ]
        indexes = [models.Index(fields=["facility", "-happened_at"], name="incidents_of_a_place")]

    def __str__(self):
        return f"{self.get_kind_display()}, severity {self.severity}"

    def severity_item(self):
        """What the severity means, as data."""
        return next(item for item in self.checklist.items if item["code"] == str(self.severity))

    def move_to(self, state, *, by, at):
        """Take the next step; the caller saves."""
        if state not in self.NEXT[self.state]:
            code, sentence = self.refusals["an_incident_goes_step_by_step"]
            raise ValidationError(sentence, code=code)
        self.state = state
        if state == IncidentState.REVIEW:
            self.review_began_at, self.review_began_by = at, by
        else:
            self.signed_at, self.signed_by = at, by


class IncidentPeople(PatientRows):
    """People in incidents."""


@clinical
class IncidentPerson(Record):
    """Somebody's own part in an incident, for their own chart: nobody else is named in it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="people")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="incidents", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="incidents")
    happened_at = models.DateTimeField()
    part_in = models.CharField(max_length=10, choices=PartIn)
    part = models.CharField(max_length=2000, help_text="their own part alone, for their chart: name nobody else")
    injury = models.CharField(max_length=500, blank=True)
    added_at = models.DateTimeField()
    added_by = by_whom(null=False, blank=False)
    supporter = models.ForeignKey(
        Supporter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    supporter_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    supporter_told_by = by_whom(editable=False)
    supporter_told = models.CharField(max_length=500, blank=True, editable=False, help_text="what they were told")

    objects = IncidentPeople.as_manager()

    refusals = {
        "what_stands_in_a_chart_stays": (
            "part_fixed",
            "This stands in the chart. Mark it as entered in error and write it again.",
        )
    }

    class Meta:
        verbose_name, verbose_name_plural = "part in an incident", "incidents of people"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "patient"],
                condition=Q(entered_in_error_at=None),
                name="once_in_an_incident",
                violation_error_code="in_it_already",
                violation_error_message="This person is part of the incident already.",
            ),
            models.CheckConstraint(
                name="a_part_is_in_words",
                condition=~Q(part=""),
                violation_error_code="part_missing",
                violation_error_message="Say what belongs in this person's own chart.",
            ),
            models.CheckConstraint(
                name="family_is_told_on_the_record",
                condition=Q(supporter=None, supporter_told_at=None, supporter_told_by=None, supporter_told="")
                | Q(supporter__isnull=False, supporter_told_at__isnull=False, supporter_told_by__isnull=False)
                & ~Q(supporter_told=""),
                violation_error_code="half_recorded",
                violation_error_message="Say whom you told, when, and what.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-happened_at"], name="incidents_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {self.get_part_in_display().lower()}"


class IncidentEntry(models.Model):
    """Something added to an incident: who was told, or an addendum. Append-only."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="entries")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    told_whom = models.CharField(max_length=12, choices=ToldWhom, blank=True, help_text="empty: an addendum")
    words = models.CharField(max_length=2000)
    at = models.DateTimeField(help_text="when they were told, or when it was added")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    by = by_whom(null=False, blank=False)

    class Meta:
        verbose_name_plural = "incident entries"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_incident_entry_is_in_words",
                condition=~Q(words=""),
                violation_error_code="words_missing",
                violation_error_message="Say it in words.",
            )
        ]

    def __str__(self):
        return f"Told: {self.get_told_whom_display().lower()}" if self.told_whom else "Addendum"


class Settling(Rows):
    """Rows that wait to be done."""

    def open(self):
        """Those not done."""
        return self.right().filter(done_at=None)


@clinical
class IncidentReport(Record):
    """Somebody outside who must be told of an incident, by a stated time, as the site's rules say."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reports")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=50, help_text="of the rule")
    to = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=50, blank=True)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="incident_report")
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = by_whom(editable=False)
    outcome = models.CharField(max_length=12, choices=ReportOutcome, blank=True, editable=False)
    words = models.CharField(
        max_length=1000,
        blank=True,
        editable=False,
        help_text="what was said, to whom, with which reference; or why not",
    )

    objects = Settling.as_manager()

    refusals = {
        "an_outside_report_is_settled": ("report_open", "Say that they were told, or why it is not needed here.")
    }

    class Meta:
        verbose_name, verbose_name_plural = "outside report", "outside reports"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "code"],
                condition=Q(entered_in_error_at=None),
                name="an_outside_report_is_owed_once",
                violation_error_code="report_owed",
                violation_error_message="This report is owed already.",
            ),
            models.CheckConstraint(
                name="an_outside_report_ends_with_who_and_how",
                condition=Q(done_at=None, done_by=None, outcome="", words="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome="") & ~Q(words=""),
                violation_error_code="half_recorded",
                violation_error_message="Say who was told what, or why it is not needed.",
            ),
        ]

    def __str__(self):
        return self.to


class IncidentActions(Settling):
    """Actions."""

    def visible_to(self, user, roles):
        """Those of the places one reviews, and those one owes."""
        here = Q(facility__in=user.places_as(REVIEWS & set(roles)))
        return self.filter(here | Q(owner=user.pk)) if user.places_as(roles) else self.none()


@clinical
class IncidentAction(Record):
    """Something that was decided after an incident: somebody owes it by then."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="actions")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, help_text="what is to be done; name nobody who is treated")
    owner = by_whom(null=False, blank=False)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="incident_action")
    decided_at = models.DateTimeField()
    decided_by = by_whom(null=False, blank=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = by_whom(editable=False)
    done_words = models.CharField(max_length=1000, blank=True, editable=False, help_text="what was done")

    objects = IncidentActions.as_manager()

    refusals = {"an_action_is_done": ("action_open", "Say what was done.")}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="an_action_is_done_in_words",
                condition=Q(done_at=None, done_by=None, done_words="")
                | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_words=""),
                violation_error_code="half_recorded",
                violation_error_message="Say what was done.",
            ),
        ]

    def __str__(self):
        return self.words
