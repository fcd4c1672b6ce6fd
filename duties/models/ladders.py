"""Ladders: who hears, and when, about a kind of duty."""

from datetime import timedelta

from django.db import connection, models
from django.db.models import F, Q

from accounts.models import Facility, Role
from audit.models import Record, Rows


class Ladders(Rows):
    """Ladders."""

    def published(self, slug, facility):
        """Published editions for a facility, the one in force first: its own before the shared, new before old."""
        return self.filter(Q(facility=facility) | Q(facility=None), slug=slug, published_at__isnull=False).order_by(
            F("facility").asc(nulls_last=True), "-edition"
        )

    def current(self, slug, facility):
        """The edition in force."""
        return self.published(slug, facility).first()


class Ladder(Record):
    """Who hears, and when, about a kind of duty. Published editions never change; a duty keeps its own."""

    slug = models.SlugField(max_length=50)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, help_text="what is owed, in words: “Talk with the person”")
    keeps_thread = models.BooleanField(
        default=False, help_text="counts toward the promise that no open episode is without a duty"
    )
    critical = models.BooleanField(default=False, help_text="repeated until acknowledged, at any hour")
    stays_inside = models.BooleanField(
        default=False, help_text="staff are told in the program alone, at the bedside; never by e-mail"
    )
    resolve_within = models.DurationField(default=timedelta(hours=24), help_text="after somebody says “I have it”")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Ladders.as_manager()

    refusals = {
        "a_published_ladder_never_changes": (
            "ladder_published",
            "A published ladder never changes; publish a new edition.",
        ),
        "the_last_rung_repeats": ("last_rung_ends", "The last rung of a ladder must repeat."),
    }

    class Meta:
        ordering = ["slug", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "facility", "edition"],
                nulls_distinct=False,
                name="one_ladder_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the ladder exists already.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.slug} {self.edition})"


class Clock(models.TextChoices):
    """How a rung's offset is counted."""

    ELAPSED = "elapsed", "Elapsed time"
    WORKING = "working", "The facility's working time"


class Whom(models.TextChoices):
    """Who hears."""

    NOBODY = "nobody", "Nobody"
    OWNER = "owner", "Whoever owes it"
    SUPERVISOR = "supervisor", "The supervisors here"
    ADMIN = "admin", "The administrators here"
    PRIVACY = "privacy", "The privacy officers here"
    PRESCRIBER = "prescriber", "The prescribers here"
    NURSE = "nurse", "The nurses here"
    COUNSELOR = "counselor", "The counselors here"
    AFTERCARE = "aftercare", "The aftercare coaches here"
    ON_CALL = "on_call", "Whoever is on call"
    LEAD = "lead", "The lead on call, beside whoever is on call"
    LAST_RESORT = "last_resort", "The last resort, beside whoever is on call"
    PATIENT = "patient", "The person"


PAGED = (Whom.ON_CALL, Whom.LEAD, Whom.LAST_RESORT)  # resolved when the notice is handed over: shifts are swapped


class Rungs(Rows):
    """Rungs."""

    def current(self, slug, facility):
        """The rungs of the edition in force, in order and with their ladder."""
        return self.current_of([(slug, facility)])[0]

    def current_of(self, pairs):
        """The same for several pairs of slug and facility, in one small statement: a list of rungs for each.

        Published rungs never change, so each edition is read once a process.
        """
        if not pairs:
            return []
        asked = [(slug, facility and facility.pk) for slug, facility in pairs]
        with connection.cursor() as cursor:
            cursor.execute(IN_FORCE, [list(column) for column in zip(*asked, strict=True)])
            ladders = {(slug, facility): ladder for slug, facility, ladder in cursor}
        self._read(set(ladders.values()))
        return [_published.get(ladders.get(pair), []) for pair in asked]

    def of_published(self, ladder):
        """The rungs of the published ladder with this key, in order and with their ladder."""
        self._read({ladder})
        return _published[ladder]

    def _read(self, ladders):
        if new := {ladder for ladder in ladders if ladder not in _published}:
            read = {}
            for rung in self.filter(ladder__in=new).select_related("ladder").order_by("position"):
                read.setdefault(rung.ladder_id, []).append(rung)
            _published.update(read)


_published = {}  # ladder to its rungs

IN_FORCE = """
SELECT asked.slug, asked.facility, ladder.id
FROM (SELECT DISTINCT * FROM unnest(%s::text[], %s::uuid[]) AS pair (slug, facility)) AS asked
JOIN LATERAL (
    SELECT id FROM duties_ladder
    WHERE slug = asked.slug AND (facility_id = asked.facility OR facility_id IS NULL) AND published_at IS NOT NULL
    ORDER BY facility_id IS NULL, edition DESC LIMIT 1
) AS ladder ON true
"""


class Rung(Record):
    """One step of a ladder: at an offset from the due time, tell somebody or open a duty on another ladder."""

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="rungs", db_index=False)
    position = models.PositiveSmallIntegerField(help_text="0 is the first")
    offset = models.DurationField(help_text="from the due time; may be negative")
    clock = models.CharField(max_length=10, choices=Clock, default=Clock.ELAPSED)
    window = models.DurationField(
        default=timedelta(hours=24),
        help_text="for how long after its moment the telling is still worth doing",
    )
    repeat = models.DurationField(null=True, blank=True, help_text="the last rung must repeat")
    whom = models.CharField(max_length=20, choices=Whom, default=Whom.OWNER)
    template = models.SlugField(max_length=50, blank=True)
    fallback = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="to the person: 0 by the way they chose first, 1 by the next that this duty has not used yet",
    )
    opens = models.SlugField(max_length=50, blank=True, help_text="slug of the ladder of a duty to open")
    opens_for = models.CharField(max_length=20, choices=Role, blank=True, help_text="the role that owes it")

    objects = Rungs.as_manager()

    class Meta:
        ordering = ["ladder", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "position"],
                name="one_rung_per_position",
                violation_error_code="position_taken",
                violation_error_message="There is a rung at this position already.",
            ),
            models.CheckConstraint(
                name="a_repeat_takes_time",
                condition=Q(repeat=None) | Q(repeat__gte=timedelta(seconds=1)),
                violation_error_code="repeat_too_short",
                violation_error_message="A repeat takes at least a second.",
            ),
            models.CheckConstraint(
                name="a_rung_tells_or_opens",
                condition=~Q(whom=Whom.NOBODY) & ~Q(template="") | ~Q(opens=""),
                violation_error_code="rung_does_nothing",
                violation_error_message="A rung tells somebody, with a template, or opens a duty.",
            ),
        ]

    def __str__(self):
        return f"{self.ladder.slug} {self.position}"
