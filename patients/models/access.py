"""Who may see a person: the only thing visibility reads."""

from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import Facility, User
from audit.models import Record, Rows, history
from audit.planned import Planned, moment

FIRST_KEY = UUID(int=0)


class AccessRows(Rows):
    """Grants of sight."""

    def current(self, now=None):
        """Those in force."""
        now = now or moment()
        return self.filter(Q(until_at=None) | Q(until_at__gt=now), from_at__lte=now)

    def reaching(self, user, roles, now=None):
        """Those through which this user, in one of these roles, sees somebody.

        The pair counts: a grant to a facility opens only for a role held at that facility.
        """
        places = user.places_as(roles)
        return self.current(now).filter(Q(facility__any_of=places) | Q(user=user.pk)) if places else self.none()

    def first_people(self, user, roles, *, after=None, many):
        """Keys of the first people this user sees in one of these roles, in order; of no record that was a mistake.

        The first of each scope are read from its index and merged: as quick on the last page as on the first.
        """
        places = user.places_as(roles)
        if not places:
            return RawSQL("SELECT NULL::uuid WHERE FALSE", [])
        way = (
            "(SELECT DISTINCT patient_id FROM patients_access WHERE {} = %s AND from_at <= %s"
            " AND (until_at IS NULL OR until_at > %s) AND patient_id > %s AND patient_id NOT IN"
            " (SELECT id FROM patients_patient WHERE entered_in_error_at IS NOT NULL) ORDER BY patient_id LIMIT %s)"
        )
        ways = [way.format("facility_id")] * len(places) + [way.format("user_id")]
        now, asked = timezone.now(), []
        for scope in [*places, user.pk]:
            asked += [scope, now, now, after or FIRST_KEY, many]
        return RawSQL(f"{' UNION '.join(ways)} ORDER BY patient_id LIMIT %s", [*asked, many])

    def roles(self, user, person):
        """Through which roles this user sees each record of a person, {key: roles}: by the pairs of `reaching`."""
        held = [(post.facility_id, post.role) for post in user.posts]
        places = list({facility for facility, _ in held})
        found = {}
        for patient, facility in GRANTS(places, user.pk, person.survivor().pk):
            reached = {role for place, role in held if facility in (None, place)}
            found[patient] = found.get(patient, set()) | reached
        return found


def _grants(places, user, survivor):
    records = Access.patient.field.related_model.objects.records_of(survivor).values("pk")
    seen = Access.objects.current().filter(Q(facility__any_of=places) | Q(user=user), patient__in=records)
    return seen.values_list("patient", "facility")


GRANTS = Planned(_grants, list, UUID, UUID)


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

    patient = models.ForeignKey("patients.Patient", on_delete=models.PROTECT, related_name="access", db_index=False)
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
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
        to = (getattr(facility, "pk", None), getattr(user, "pk", None), because, at, until)
        survivor = patient.survivor().pk
        with connection.cursor() as cursor:  # one statement, and nothing to do when it is given already
            cursor.execute(
                "INSERT INTO patients_access"
                " (id, version, patient_id, facility_id, user_id, because, from_at, until_at)"
                " SELECT uuidv7(), 1, id, %s, %s, %s, %s, %s FROM patients_patient"
                " WHERE id = %s OR merged_into_id = %s"
                " ON CONFLICT DO NOTHING",
                [*to, survivor, survivor],
            )


class Reaches(models.Func):
    """Does somebody current reach this person? What `reaching` says, for a row of any table.

    In plain SQL: every read asks it, and the ORM took longer to write it than the database to answer.
    """

    output_field = models.BooleanField()

    def __init__(self, person, places, user, at):
        super().__init__(models.F(person))
        self.asked = [places, user, at, at]

    def as_sql(self, compiler, connection, **kwargs):
        """An EXISTS about the column the person stands in."""
        person, params = compiler.compile(self.source_expressions[0])
        return (
            f"EXISTS (SELECT FROM patients_access reach WHERE reach.patient_id = {person}"
            " AND (reach.facility_id = ANY(%s) OR reach.user_id = %s)"
            " AND reach.from_at <= %s AND (reach.until_at IS NULL OR reach.until_at > %s))",
            [*params, *self.asked],
        )


class PatientRows(Rows):
    """Rows about a person: visible to whoever Access lets see the person, and to nobody else."""

    patient_path = "patient"

    def of(self, person):
        """Rows of this person, on whichever of their records they stand."""
        return self.filter(**{f"{self.patient_path}__in": person.records()})

    def visible_to(self, user, roles, now=None):
        """Rows of the people this user may see in one of these roles."""
        return self.filter(self.about_people_of(user, roles, now))

    def about_people_of(self, user, roles, now=None):
        """The condition that a row is about somebody this user may see in one of these roles."""
        places = user.places_as(roles)
        if not places:
            return Q(pk__in=[])
        return Q(Reaches(self.patient_path, places, user.pk, now or moment()))
