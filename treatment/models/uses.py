"""What follows from what a person uses: rules as plain functions, and what is owed because of them."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.codes import Rank, Substance
from patients.models import Episode, Patient, PatientRows

MORNING = time(6)  # until then it is still night (domain default)
REVIEW_HOLDS_FOR = timedelta(hours=72)  # for use of which nobody knows when it was last (domain default)


def asks_for_harm_reduction(uses):
    """Injecting, snorting and smoking are riskier than swallowing: harm reduction is offered (domain 10)."""
    return any(use.has_riskier_route() for use in uses)


def asks_for_withdrawal_review(uses):
    """The substances whose withdrawal a prescriber reviews before the first night (domain 6.3)."""
    return sorted({use.substance for use in uses if use.needs_withdrawal_review()})


def primary(uses):
    """The substance that matters most: the one ranked so or, when none is, the only one there is."""
    ranked = [use for use in uses if use.rank == Rank.PRIMARY]
    if ranked:
        return ranked[0]
    known = [use for use in uses if use.substance not in {Substance.NONE, Substance.UNKNOWN}]
    return known[0] if len(known) == 1 else None


def asks_for_opioid_medication(uses):
    """Opioids first: medication for opioid use disorder is offered, or a referral (domain 10)."""
    first = primary(uses)
    return first is not None and first.is_opioid()


def before_the_night(facility, at):
    """When the night begins at the facility; at once when it has begun (domain 6.3)."""
    local = at.astimezone(facility.tz())
    if local.time() < MORNING:
        return at
    return max(at, datetime.combine(local.date(), facility.night_from, facility.tz()))


class Offers(PatientRows):
    """Offers."""

    def planned(self):
        """Those owed and not made yet."""
        return self.right().filter(offered_at=None)


class HarmReduction(models.TextChoices):
    """What can be offered to somebody who goes on using."""

    SAFER_ROUTE = "safer_route", "A talk about safer ways of taking it"
    NALOXONE = "naloxone", "Naloxone, against opioids in what is sold as something else"
    STERILE_EQUIPMENT = "sterile_equipment", "Sterile equipment"
    DRUG_CHECKING = "drug_checking", "Drug checking"
    INFECTION_TESTS = "infection_tests", "Tests for infections"
    TEXT = "text", "Something to read"


class Response(models.TextChoices):
    """What the person said to an offer. Saying no never needs a reason."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    LATER = "later", "Not now: ask again"


@clinical
class HarmReductionOffer(Record):
    """Harm reduction, owed to somebody who injects, snorts or smokes: planned with a duty, then offered."""

    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, related_name="harm_reduction_offers", db_index=False
    )
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="harm_reduction_offers")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="harm_reduction_offer")
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    offered_by = by_whom(editable=False)
    offered = ArrayField(models.CharField(max_length=20, choices=HarmReduction), default=list, blank=True)
    response = models.CharField(max_length=10, choices=Response, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = Offers.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("harm_reduction_has_who", "offered_at", "offered_by"),
            models.CheckConstraint(
                name="harm_reduction_offered_says_what",
                condition=Q(offered_at=None, offered=[], response="")
                | Q(offered_at__isnull=False) & ~Q(offered=[]) & ~Q(response=""),
                violation_error_code="offer_empty",
                violation_error_message="Say what was offered, and what the person said.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(offered_at=None, entered_in_error_at=None),
                name="one_harm_reduction_offer_at_a_time",
                violation_error_code="offer_planned",
                violation_error_message="Harm reduction is to be offered already.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="harm_reduction_of_a_person")]

    def __str__(self):
        return f"Harm reduction for {self.patient}"


class MedicationResponse(models.TextChoices):
    """What came of offering medication for opioid use disorder."""

    ACCEPTED = "accepted", "Accepted, here"
    REFERRED = "referred", "Referred elsewhere"
    DECLINED = "declined", "Declined"
    LATER = "later", "Not now: ask again"


@clinical
class MedicationOffer(Record):
    """Medication for opioid use disorder or a referral, owed to somebody for whom opioids come first."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_offers", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="medication_offers")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="medication_offer")
    offered_at = models.DateTimeField(null=True, blank=True, editable=False)
    offered_by = by_whom(editable=False)
    response = models.CharField(max_length=10, choices=MedicationResponse, blank=True)
    medication = models.CharField(max_length=200, blank=True, help_text="what was offered, by name")
    referred_to = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = Offers.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_medication_offer_has_who", "offered_at", "offered_by"),
            models.CheckConstraint(
                name="a_medication_offered_has_a_response",
                condition=Q(offered_at=None, response="") | Q(offered_at__isnull=False) & ~Q(response=""),
                violation_error_code="response_missing",
                violation_error_message="Say what the person said.",
            ),
            models.CheckConstraint(
                name="a_referral_says_where_to",
                condition=~Q(response=MedicationResponse.REFERRED) | ~Q(referred_to=""),
                violation_error_code="referred_nowhere",
                violation_error_message="Say where the person was referred to.",
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(offered_at=None, entered_in_error_at=None),
                name="one_medication_offer_at_a_time",
                violation_error_code="offer_planned",
                violation_error_message="Medication is to be offered already.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="medication_offers_of_a_person")]

    def __str__(self):
        return f"Medication for opioid use disorder for {self.patient}"


class WithdrawalScale(models.TextChoices):
    """Scales of withdrawal, named only: their texts are not ours to carry."""

    CIWA_AR = "ciwa_ar", "CIWA-Ar"
    COWS = "cows", "COWS"
    CIWA_B = "ciwa_b", "CIWA-B"
    OTHER = "other", "Another scale"


class WithdrawalReviews(PatientRows):
    """Withdrawal reviews."""

    def planned(self):
        """Those owed and not done yet."""
        return self.right().filter(reviewed_at=None)


@clinical
class WithdrawalReview(Record):
    """A prescriber's look at what stopping may do, before the first night: planned with a duty, then done."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="withdrawal_reviews", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="withdrawal_reviews")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="withdrawal_review")
    substances = ArrayField(models.CharField(max_length=4, choices=Substance))
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = by_whom(editable=False)
    scale = models.CharField(max_length=10, choices=WithdrawalScale, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    taper = models.BooleanField(null=True, blank=True, help_text="is a taper or other medication needed?")
    plan = models.TextField(blank=True, max_length=4000, help_text="what is watched for, how often, what is given")

    objects = WithdrawalReviews.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_withdrawal_review_has_who", "reviewed_at", "reviewed_by"),
            models.CheckConstraint(
                name="a_withdrawal_review_has_a_plan",
                condition=Q(reviewed_at=None, plan="", taper=None)
                | Q(reviewed_at__isnull=False, taper__isnull=False) & ~Q(plan=""),
                violation_error_code="plan_missing",
                violation_error_message="Say whether a taper is needed, and what the plan is.",
            ),
            models.CheckConstraint(
                name="a_withdrawal_score_names_its_scale",
                condition=Q(score=None) | ~Q(scale="") & Q(score__lte=100),
                violation_error_code="scale_missing",
                violation_error_message="Say which scale the score is on; no score is above 100.",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(reviewed_at=None, entered_in_error_at=None),
                name="one_withdrawal_review_at_a_time",
                violation_error_code="review_planned",
                violation_error_message="A withdrawal review is owed already.",
            ),
        ]
        indexes = [models.Index(fields=["patient"], name="withdrawal_of_a_person")]

    def __str__(self):
        return f"Withdrawal review for {self.patient}"

    def covers(self, use):
        """Was this use looked at here: named, and not gone on with since?

        Of which nobody knows when it was last, 72 h are believed.
        """
        if use.substance not in self.substances:
            return False
        if use.last_used_at:
            return use.last_used_at <= self.reviewed_at
        return use.noted_at <= self.reviewed_at + REVIEW_HOLDS_FOR
