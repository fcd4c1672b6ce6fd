"""What is measured in a laboratory or looked at with a device, and the checks that ketamine asks for (domain 6.4)."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together
from duties.models import Duty
from patients.models import Episode, Patient, PatientRows

DATA = json.loads((Path(__file__).parent.parent / "data" / "investigations.json").read_text())
MEASURES, NAMES = DATA["kinds"], DATA["names"]
MICROMOLES = {"creatinine": Decimal("88.42"), "bilirubin": Decimal("17.1")}  # µmol/L in a mg/dL


class Kind(models.TextChoices):
    """What is ordered."""

    URINALYSIS = "urinalysis", "Urinalysis"
    URINE_CULTURE = "urine_culture", "Urine culture"
    RENAL = "renal", "Creatinine and eGFR"
    LIVER = "liver", "Liver panel"
    CK = "ck", "CK"
    ECG = "ecg", "ECG"
    PREGNANCY = "pregnancy", "Pregnancy test"
    RENAL_ULTRASOUND = "renal_ultrasound", "Ultrasound of the kidneys and urinary tract"
    POST_VOID_RESIDUAL = "post_void_residual", "Urine left after passing it"
    BILIARY_ULTRASOUND = "biliary_ultrasound", "Ultrasound of the bile ducts"
    HCV = "hcv", "Hepatitis C"
    HIV = "hiv", "HIV"
    HEPATITIS_B = "hepatitis_b", "Hepatitis B"
    STI = "sti", "Sexually transmitted infections"
    OTHER = "other", "Something else"


def measure_name(code):
    """A measure as people call it."""
    return NAMES.get(code, code.replace("_", " ").capitalize())


def checked(kind, values):
    """Values as they are stored: {measure: {value, unit, low, high, out} or {found}}.

    Raises unknown_measure, unit_unknown, value_missing, reference_crossed.
    """
    kept = {}
    for code, told in values.items():
        if code not in MEASURES[kind]:
            raise ValidationError(f"“{code}” is not measured here.", code="unknown_measure")
        units = MEASURES[kind][code].get("units")
        if units is None:
            if told.get("found") is None:
                raise ValidationError(f"{measure_name(code)}: found, or not found?", code="value_missing")
            kept[code] = {"found": told["found"]}
        else:
            kept[code] = _number(code, told, units)
    return kept


def _number(code, told, units):
    value, unit = told.get("value"), told.get("unit") or (units[0] if len(units) == 1 else "")
    if value is None:
        raise ValidationError(f"{measure_name(code)}: how much?", code="value_missing")
    if unit not in units:
        raise ValidationError(f"{measure_name(code)} is given in {' or '.join(units)}.", code="unit_unknown")
    low, high = told.get("low"), told.get("high")
    if low is not None and high is not None and low > high:
        raise ValidationError(f"{measure_name(code)}: the reference is crossed.", code="reference_crossed")
    out = "low" if low is not None and value < low else "high" if high is not None and value > high else ""
    limits = {name: str(limit) for name, limit in (("low", low), ("high", high)) if limit is not None}
    return {"value": str(value), "unit": unit, **limits, "out": out}


def micromoles(code, told):
    """A stored value in µmol/L, whichever unit it came in; None where there is none."""
    if not told:
        return None
    try:
        value = Decimal(told["value"])
    except (KeyError, InvalidOperation):
        return None
    return value * MICROMOLES[code] if told["unit"] == "mg/dL" else value


def in_words(values):
    """Values on one line."""
    return ", ".join(_said(code, told) for code, told in values.items())


def _said(code, told):
    if "found" in told:
        return f"{measure_name(code)} {'found' if told['found'] else 'not found'}"
    out = f" ({told['out']})" if told["out"] else ""
    return f"{measure_name(code)} {told['value']} {told['unit']}{out}"


class BodyChecks(PatientRows):
    """Checks."""

    def open(self):
        """Those that are to be made."""
        return self.right().filter(ended_at=None)

    def due(self, until):
        """Those to be made before then."""
        return self.open().filter(duty__due_at__lt=until)


@clinical
class BodyCheck(Record):
    """Urine, kidneys and liver, looked at after a number of weeks: one set is owed at a time (domain 6.4)."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="body_checks", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="body_checks")
    checklist = models.ForeignKey(
        "treatment.Checklist", on_delete=models.PROTECT, related_name="+", help_text="the schedule"
    )
    step = models.PositiveSmallIntegerField(help_text="0 is the first")
    name = models.CharField(max_length=100)
    anchor_at = models.DateTimeField(help_text="when the weeks began")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="body_check", editable=False)
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    stop_reason = models.CharField(max_length=500, blank=True, editable=False, help_text="why no more are made")

    objects = BodyChecks.as_manager()

    refusals = {
        "a_body_check_is_made_or_stopped": (
            "check_open",
            "This is ended by the results of the set, or by stopping the checks with a reason.",
        )
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("the_end_of_a_check_has_who", "ended_at", "ended_by"),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(ended_at=None, entered_in_error_at=None),
                name="one_body_check_at_a_time",
                violation_error_code="check_open",
                violation_error_message="A check is to be made already.",
            ),
            models.UniqueConstraint(
                fields=["episode", "step"],
                condition=Q(entered_in_error_at=None),
                name="each_body_check_once",
                violation_error_code="check_made",
                violation_error_message="This check was made already.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-began_at"], name="body_checks_of_a_person")]

    def __str__(self):
        return f"Bladder, kidneys and liver: {self.name.lower()}"


class Investigations(PatientRows):
    """Investigations."""

    def open(self):
        """Those ordered and not done yet."""
        return self.right().filter(done_at=None, not_done_at=None)

    def due(self, until):
        """Those to be done before then."""
        return self.open().filter(due_at__lt=until)

    def done(self):
        """Those with a result."""
        return self.right().exclude(done_at=None)

    def unread(self):
        """Those with a result no clinician has read."""
        return self.done().filter(read_at=None)

    def latest(self, person, kind):
        """The newest result of this kind, or None."""
        return self.of(person).done().filter(kind=kind).order_by("-done_at", "-pk").first()

    def latest_values(self, person, codes):
        """{measure: {value, unit, low, high, out, at} or {found, at}}, the newest of each, in one statement."""
        kinds = [kind for kind, measures in MEASURES.items() if set(codes) & set(measures)]
        rows = self.of(person).done().filter(kind__in=kinds).order_by("-done_at", "-pk")
        found = {}
        for at, values in rows.values_list("done_at", "values")[:100]:
            for code in codes:
                if code in values:
                    found.setdefault(code, {**values[code], "at": at})
        return found


@clinical
class Investigation(Record):
    """Something that is measured or looked at: ordered, done or not done, and read by a clinician."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="investigations", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="investigations")
    body_check = models.ForeignKey(
        BodyCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="investigations", editable=False
    )
    kind = models.CharField(max_length=20, choices=Kind)
    what = models.CharField(max_length=200, blank=True, help_text="where it is something else: what")
    why = models.CharField(max_length=300, blank=True)
    ordered_at = models.DateTimeField()
    ordered_by = by_whom(null=False, blank=False)
    due_at = models.DateTimeField()
    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="investigation", editable=False
    )
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = by_whom(editable=False)
    values = models.JSONField(default=dict, blank=True, editable=False, help_text="{measure: {value, unit, …}}")
    report = models.TextField(blank=True, max_length=4000, editable=False, help_text="what it says, in its words")
    red_flags = models.JSONField(default=list, blank=True, editable=False, help_text="what cannot wait, in words")
    not_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    not_done_by = by_whom(editable=False)
    not_done_because = models.CharField(max_length=500, blank=True, editable=False)
    read_duty = models.ForeignKey(
        Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="investigations_to_read", editable=False
    )
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_by = by_whom(editable=False)
    reading = models.CharField(max_length=1000, blank=True, editable=False)

    objects = Investigations.as_manager()

    refusals = {
        "a_result_never_changes": (
            "results_fixed",
            "Results never change. Mark it as entered in error and order it again.",
        ),
        "an_investigation_is_done_or_not": (
            "investigation_open",
            "This is ended by its result, or by saying why it is not done.",
        ),
        "results_are_read_by_a_clinician": (
            "reading_open",
            "This is ended by a clinician who reads the result and says what follows.",
        ),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_result_has_who", "done_at", "done_by"),
            together("not_doing_it_has_who", "not_done_at", "not_done_by"),
            together("reading_a_result_has_who", "read_at", "read_by"),
            models.CheckConstraint(
                name="something_else_says_what",
                condition=~Q(kind=Kind.OTHER) | ~Q(what=""),
                violation_error_code="what_missing",
                violation_error_message="Say what it is.",
            ),
            models.CheckConstraint(
                name="a_result_says_something",
                condition=Q(done_at=None, values={}, report="", red_flags=[])
                | Q(done_at__isnull=False) & (~Q(values={}) | ~Q(report="")),
                violation_error_code="nothing_reported",
                violation_error_message="Write down at least one value, or what the report says.",
            ),
            models.CheckConstraint(
                name="an_investigation_is_done_or_is_not",
                condition=Q(done_at=None) | Q(not_done_at=None),
                violation_error_code="done_already",
                violation_error_message="It was done already.",
            ),
            models.CheckConstraint(
                name="not_doing_it_has_a_reason",
                condition=Q(not_done_at=None, not_done_because="")
                | Q(not_done_at__isnull=False) & ~Q(not_done_because=""),
                violation_error_code="reason_missing",
                violation_error_message="Say why it is not done.",
            ),
            models.CheckConstraint(
                name="what_was_read_was_done_and_has_words",
                condition=Q(read_at=None, reading="")
                | Q(read_at__isnull=False, done_at__isnull=False) & ~Q(reading=""),
                violation_error_code="words_missing",
                violation_error_message="Say what follows from it.",
            ),
            models.CheckConstraint(
                name="a_result_is_owed_a_reading",
                condition=Q(done_at=None) | Q(read_duty__isnull=False),
                violation_error_code="reading_owed",
                violation_error_message="A result is owed a reading by somebody.",
            ),
            models.CheckConstraint(
                name="an_order_is_owed",
                condition=Q(duty__isnull=False) | Q(body_check__isnull=False),
                violation_error_code="order_owed",
                violation_error_message="What is ordered is owed by somebody.",
            ),
            models.CheckConstraint(
                name="a_result_comes_after_its_order",
                condition=Q(done_at=None) | Q(done_at__gte=F("ordered_at")),
                violation_error_code="results_before_order",
                violation_error_message="It was done before it was ordered. Order it as of then.",
            ),
        ]
        indexes = [
            models.Index(fields=["patient", "kind", "-done_at"], name="results_of_a_kind"),
            models.Index(fields=["patient", "-ordered_at"], name="investigations_of_a_person"),
        ]

    def __str__(self):
        return self.what if self.kind == Kind.OTHER else self.get_kind_display()

    def in_short(self):
        """What was found, on one line."""
        return "; ".join(filter(None, [in_words(self.values), self.report[:200]]))

    def standing(self):
        """Where it stands, in words."""
        if self.not_done_at:
            return f"Not done: {self.not_done_because}"
        if self.done_at is None:
            return "To be done"
        return "Read" if self.read_at else "To be read"
