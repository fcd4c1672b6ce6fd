"""Medications as versioned data: what they are made of, what they count as, and what is known for each indication."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q

from audit.models import Record, Rows

from ..medication_safety import Catalog, Drug


class Schedule(models.TextChoices):
    """Controlled substances by schedule (21 CFR 1308)."""

    TWO = "2", "Schedule II"
    THREE = "3", "Schedule III"
    FOUR = "4", "Schedule IV"
    FIVE = "5", "Schedule V"


class MedicationRoute(models.TextChoices):
    """How a medication gets into the body."""

    ORAL = "oral", "By mouth"
    SUBLINGUAL = "sublingual", "Under the tongue"
    NASAL = "nasal", "Into the nose"
    INHALED = "inhaled", "Inhaled"
    TOPICAL = "topical", "On the skin"
    TRANSDERMAL = "transdermal", "Patch"
    RECTAL = "rectal", "Rectally"
    INTRAMUSCULAR = "intramuscular", "Into a muscle"
    SUBCUTANEOUS = "subcutaneous", "Under the skin"
    INTRAVENOUS = "intravenous", "Into a vein"
    OTHER = "other", "Other"


class Evidence(models.TextChoices):
    """What a use rests on."""

    LABELED = "labeled", "Labeled use"
    TRIALS = "trials", "Trials; off-label"
    CASES = "cases", "Case reports only; off-label"
    NONE = "none", "This use is not in the catalog"


class Counsel(models.TextChoices):
    """What a person is told about a medication (domain 6.6)."""

    BLOCKADE = "blockade", "Do not try to overcome the blockade with opioids: that can kill."
    BEFORE_OPIOIDS = "before_opioids", "Tell every clinician and dentist before any opioid is given."
    WALLET_CARD = "wallet_card", "A wallet card or bracelet that names naltrexone was offered."
    NALOXONE = "naloxone", "Naloxone was offered, and how to use it was shown."
    TOLERANCE = "tolerance", "Tolerance to opioids is low now: a dose of before can kill."
    REVERSAL = "reversal", "An overdose-reversal agent was offered or discussed."
    RASH = "rash", "Any rash: stop it, and call us the same day."
    GAP = "gap", "After more than a few missed days, do not go on with the same dose: call us."


class Medications(Rows):
    """Medications."""

    def current(self):
        """The newest edition of each."""
        newest = self.model.objects.filter(slug=OuterRef("slug")).order_by("-edition").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))

    def catalog(self):
        """The newest editions as rules read them, in one statement."""
        rows = {row.slug: row for row in self.current()}
        return Catalog({slug: (row.drug(), [row.name, *row.synonyms]) for slug, row in rows.items()}, rows)


class Medication(Record):
    """A medication. Editions never change; orders keep the one they were written with."""

    slug = models.SlugField()
    edition = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=100)
    synonyms = ArrayField(models.CharField(max_length=100), default=list, blank=True, help_text="brand names")
    ingredients = ArrayField(models.CharField(max_length=50), help_text="what it is made of, as words")
    classes = ArrayField(models.CharField(max_length=50), default=list, blank=True, help_text="what rules know it as")
    rxnorm = models.CharField("RxNorm code", max_length=20, blank=True, help_text="of the ingredient")
    rxnorm_verified_on = models.DateField(
        "RxNorm code verified on", null=True, blank=True, help_text="empty: written from memory, to be verified"
    )
    schedule = models.CharField(max_length=1, choices=Schedule, blank=True, help_text="empty: not controlled")
    routes = ArrayField(models.CharField(max_length=20, choices=MedicationRoute), help_text="usual ones")
    evidence = models.JSONField(default=list, blank=True, help_text="[{indication, level, says, source}]")
    counsel = models.JSONField(default=dict, blank=True, help_text="{start | stop | each: [code]}")
    monitoring = models.JSONField(default=dict, blank=True, help_text="{check, months, then_every_months}")
    source = models.CharField(max_length=500)

    objects = Medications.as_manager()

    refusals = {
        "a_medication_never_changes": ("medication_published", "Editions never change. Publish a new edition."),
    }

    class Meta:
        ordering = ["name", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="one_medication_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the medication exists already.",
            ),
            models.CheckConstraint(
                name="a_medication_says_where_from",
                condition=~Q(source="") & Q(ingredients__len__gt=0),
                violation_error_code="source_missing",
                violation_error_message="Say what it is made of, and where that is from.",
            ),
            models.CheckConstraint(
                name="a_verified_code_is_there",
                condition=Q(rxnorm_verified_on=None) | ~Q(rxnorm=""),
                violation_error_code="code_missing",
                violation_error_message="There is no code to verify.",
            ),
        ]

    def __str__(self):
        return self.name

    def drug(self):
        """As rules know it."""
        return Drug(self.name, frozenset(self.ingredients), frozenset(self.classes))

    def shares(self, other):
        """Is something of the same in both?"""
        return bool({*self.ingredients} & {*other.ingredients})

    def known_for(self, indication):
        """(level, sentence) of what is known for this indication, in the words of the catalog."""
        wanted = indication.strip().lower()
        for entry in self.evidence:
            if entry["indication"].lower() == wanted:
                return Evidence(entry["level"]), f"{entry['says']} ({entry['source']})"
        return Evidence.NONE, ""
