"""Our own log of the bladder: ketamine hurts it, and some signs cannot wait (domain 6.4)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

# What is asked, as the instrument “bladder-log” has it; which of the signs cannot wait is its data.
SIGNS = ("visible_blood", "incontinence", "cannot_pass", "fever_and_flank_pain")
ASKED = (*SIGNS, "cramps")
COUNTED = {"voids": 80, "nocturia": 40, "urgency": 10, "pain": 10, "max_volume_ml": 2000}


def counted(name, help_text):
    """A number of the log."""
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(COUNTED[name])], help_text=help_text
    )


def possible():
    """Every number is one that people have."""
    condition = Q()
    for name, highest in COUNTED.items():
        condition &= Q(**{name: None}) | Q(**{f"{name}__lte": highest})
    return condition


def something():
    """At least one thing was said."""
    condition = ~Q(analgesics="") | ~Q(note="")
    for name in (*COUNTED, *ASKED):
        condition |= Q(**{f"{name}__isnull": False})
    return condition


class BladderEntries(PatientRows):
    """Entries."""

    def unreviewed(self):
        """Those with a sign nobody has looked at."""
        return self.right().filter(reviewed_at=None, duty__isnull=False)


@clinical
class BladderEntry(Record):
    """How the bladder was over a day, as the person says. It never changes; a mistake is marked, and logged again."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="bladder_entries", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="bladder_entries")
    logged_at = models.DateTimeField()
    logged_by = by_whom(null=False, blank=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False, help_text="when it was written down")
    voids = counted("voids", "times in 24 hours")
    nocturia = counted("nocturia", "times in the night")
    urgency = counted("urgency", "0 none, 10 cannot hold it")
    pain = counted("pain", "0 none, 10 the worst")
    visible_blood = models.BooleanField(null=True, blank=True, help_text="blood to be seen in the urine")
    incontinence = models.BooleanField(null=True, blank=True, help_text="urine was lost")
    cannot_pass = models.BooleanField(null=True, blank=True, help_text="cannot pass urine now")
    fever_and_flank_pain = models.BooleanField(null=True, blank=True, help_text="fever with pain in the flank")
    cramps = models.BooleanField(null=True, blank=True, help_text="cramps in the upper belly")
    analgesics = models.CharField(max_length=200, blank=True, help_text="what was taken against the pain")
    max_volume_ml = counted("max_volume_ml", "the most passed at once, ml")
    note = models.CharField(max_length=1000, blank=True)
    red_flags = ArrayField(models.CharField(max_length=100), default=list, blank=True, editable=False)
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="bladder_entry", editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = by_whom(editable=False)
    finding = models.CharField(max_length=1000, blank=True, editable=False)

    objects = BladderEntries.as_manager()

    refusals = {
        "a_bladder_entry_never_changes": (
            "entry_fixed",
            "An entry never changes. Mark it as entered in error and log another.",
        ),
        "a_bladder_sign_is_reviewed": ("review_open", "This is ended by a prescriber who says what was found."),
    }

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "bladder entries"
        constraints = [
            together("a_bladder_review_has_who", "reviewed_at", "reviewed_by"),
            models.CheckConstraint(
                name="a_bladder_entry_is_possible",
                condition=possible(),
                violation_error_code="not_plausible",
                violation_error_message="A number is outside what is possible. Check what was typed.",
            ),
            models.CheckConstraint(
                name="a_bladder_entry_says_something",
                condition=something(),
                violation_error_code="nothing_logged",
                violation_error_message="Write down at least one thing.",
            ),
            models.CheckConstraint(
                name="a_bladder_sign_is_owed_a_review",
                condition=Q(red_flags=[]) | Q(duty__isnull=False),
                violation_error_code="review_owed",
                violation_error_message="A sign that cannot wait is owed a review by somebody.",
            ),
            models.CheckConstraint(
                name="a_bladder_review_says_what_was_found",
                condition=Q(reviewed_at=None) | ~Q(finding=""),
                violation_error_code="reason_missing",
                violation_error_message="Say what was found.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-logged_at"], name="bladder_of_a_person")]

    def __str__(self):
        return f"{self.patient}: {', '.join(self.red_flags) or 'bladder log'}"

    def as_answers(self):
        """What was said, as answers to the instrument: {item: whole number}."""
        said = {name: getattr(self, name) for name in (*COUNTED, *SIGNS)}
        return {name: int(value) for name, value in said.items() if value is not None}

    def advice(self):
        """What to say to the person about what they said; nothing when there is nothing (domain 6.4)."""
        if not self.cramps:
            return ""
        return (
            "Cramps in the upper belly: liver and bile ducts are looked at. People often treat these themselves, "
            "with more of what they use or with opioids: ask, warn against both, and offer something else."
        )


def symptoms(said, limits):
    """What of this bladder log counts as a symptom, by limits that are data: [{code, text, at_least | is}]."""
    found = []
    for limit in limits:
        value = said.get(limit["code"])
        if value is None:
            continue
        if ("at_least" in limit and value >= limit["at_least"]) or ("is" in limit and value == limit["is"]):
            found.append(limit["text"])
    return found
