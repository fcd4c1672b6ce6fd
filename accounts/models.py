"""Who acts, where, and as what."""

from datetime import UTC, datetime, time, timedelta
from functools import cached_property, lru_cache, partial
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from audit.models import Record, Rows, history, together
from audit.planned import Planned

# Nobody is ever asked for all that somebody did, so that there is no index unless a list is of what is one's own.
by_whom = partial(
    models.ForeignKey,
    "accounts.User",
    on_delete=models.PROTECT,
    related_name="+",
    null=True,
    blank=True,
    db_index=False,
)


def clinical(model):
    """A fact about a person: its history is kept, it is never deleted, and a mistake is marked and stays."""
    model.add_to_class("entered_in_error_at", models.DateTimeField(null=True, blank=True, editable=False))
    model.add_to_class("entered_in_error_by", by_whom(editable=False))
    model.add_to_class("entered_in_error_reason", models.CharField(max_length=500, blank=True, editable=False))
    model._meta.constraints = [
        *model._meta.constraints,
        together(f"{model._meta.model_name}_error_has_who", "entered_in_error_at", "entered_in_error_by"),
    ]
    model._meta.original_attrs["constraints"] = model._meta.constraints
    return history(model)


class Role(models.TextChoices):
    """What somebody is at a place."""

    ADMIN = "admin", "Administrator"
    INTAKE = "intake", "Intake"
    NURSE = "nurse", "Nurse"
    PRESCRIBER = "prescriber", "Prescriber"
    COUNSELOR = "counselor", "Counselor"
    SUPERVISOR = "supervisor", "Supervisor"
    TECHNICIAN = "technician", "Technician"
    AFTERCARE = "aftercare", "Aftercare coach"
    PRIVACY = "privacy", "Privacy officer"
    ANALYST = "analyst", "Analyst"


EVERYONE = frozenset(Role.values)
# Those who open charts. Administrators run the place and analysts count; neither reads about a person.
CARE = EVERYONE - {Role.ADMIN, Role.ANALYST, Role.PRIVACY}
CHART = CARE | {Role.PRIVACY}


class Users(Rows):
    """Users."""

    def active_at(self, facility, role):
        """Those who hold this role at this facility today."""
        return self.filter(
            is_active=True,
            memberships__facility=facility,
            memberships__role=role,
            memberships__ended_at=None,
        )


class Accounts(UserManager.from_queryset(Users)):
    """Users, with the one that acts when no person does."""

    def system(self):
        """The system user: scheduled work is done, and signed, by it."""
        return self.get(username="system")

    def at_work(self, pk):
        """Whoever has this key and a post somewhere, with the posts they hold: one statement. None: there is none."""
        posts = HELD(self.model._meta.pk.to_python(pk))
        if not posts:
            return None
        user = posts[0].user
        user.posts = posts
        return user


@partial(history, exclude=["password", "last_login"])
class User(Record, AbstractUser):
    """Somebody who signs in, or the system itself."""

    mobile = models.CharField(
        max_length=16, blank=True, db_default="", help_text="for texts about what is critical: +12125550123"
    )
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_by = by_whom(editable=False)

    objects = Accounts()

    class Meta:
        constraints = [
            together("leaving_has_who", "left_at", "left_by"),
            models.CheckConstraint(
                name="a_mobile_number_is_international",
                condition=Q(mobile="") | Q(mobile__regex=r"^\+[1-9][0-9]{6,14}$"),
                violation_error_code="phone_malformed",
                violation_error_message="This is not a phone number that takes text messages.",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def posts(self):
        """The memberships in force: read once, since a request reads its user anew."""
        return POSTS(self.pk) if self.is_active else []

    def roles_anywhere(self):
        """The roles this user holds at any place."""
        return {post.role for post in self.posts}

    def is_licensed_at(self, facility, day):
        """Does this user hold a license to practice at this place, in force on that day?"""
        return any(post.facility_id == facility.pk and post.is_licensed(day) for post in self.posts)

    def places_as(self, roles):
        """Keys of the places where this user holds one of these roles: the pair counts."""
        return sorted({post.facility_id for post in self.posts if post.role in roles})

    def holds(self, role):
        """The condition that this user has, at the place of a row, the role its column `role` names."""
        found = Q(pk__in=[])
        for place in self.places_as(EVERYONE):
            held = {post.role for post in self.posts if post.facility_id == place}
            found |= Q(**{"facility": place, f"{role}__in": held})
        return found

    def is_at(self, facility, roles):
        """Does this user hold one of these roles at this place?"""
        return facility.pk in self.places_as(roles)


def a_known_zone(value):
    """Refuse a name that is no IANA time zone."""
    if value not in available_timezones():
        raise ValidationError("“%(value)s” is not a time zone.", code="zone_unknown", params={"value": value})


def nine_to_five():
    """Working hours of a weekday office: {weekday 0-6: [opens, closes]}."""
    return {str(day): ["09:00", "17:00"] for day in range(5)}


# Whom to call when somebody must come at once, and to talk to at any hour: only where this was verified (domain 7.3).
KNOWN_NUMBERS = {"US": ("911", "988")}


@history
class Facility(Record):
    """A place with its own clock, staff and working hours; a scope of visibility inside the program."""

    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, default="UTC", validators=[a_known_zone])
    working_hours = models.JSONField(
        default=nine_to_five, blank=True, help_text='weekday (0 is Monday) to ["09:00", "17:00"]'
    )
    holidays = ArrayField(models.DateField(), default=list, blank=True)
    phone = models.CharField(max_length=30, blank=True, help_text="the number given in messages")
    sender_name = models.CharField(
        max_length=60,
        default="Your contact",
        help_text="neutral: names no program, substance, recovery or treatment",
    )
    quiet_from = models.TimeField(default=time(21), help_text="the person's local time: 21:00, or earlier")
    quiet_until = models.TimeField(default=time(8), help_text="the next morning: 08:00, or later")
    most_a_day = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="messages a machine sends to one person on one day, all channels together"
    )
    most_in_7_days = models.PositiveSmallIntegerField(
        default=3, db_default=3, help_text="the same within any seven days; answers to the person do not count"
    )
    night_from = models.TimeField(default=time(22), help_text="withdrawal is reviewed before the first night begins")
    logged_within = models.DurationField(
        default=timedelta(hours=24),
        db_default=timedelta(hours=24),
        help_text="after the end of a session; later it is a late entry, and a planned one is owed",
    )
    country = models.CharField(
        max_length=2,
        default="US",
        db_default="US",
        validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters, as in US or GB.", code="country_malformed")],
        help_text="two letters (ISO 3166): which emergency numbers people here are given",
    )
    emergency_number = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text="people here are told to call it when somebody must come at once; empty in the US: 911",
    )
    talk_number = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text="somebody to talk to at any hour, known to answer; empty in the US: 988",
    )
    last_resort_name = models.CharField(
        max_length=200, blank=True, db_default="", editable=False, help_text="paged when nobody on the rota answers"
    )
    last_resort_phone = models.CharField(max_length=32, blank=True, db_default="", editable=False)
    last_resort_email = models.EmailField(blank=True, db_default="", editable=False)
    sends_to_patients_at = models.DateTimeField(null=True, blank=True, editable=False)
    sends_to_patients_by = by_whom(editable=False)

    class Meta:
        verbose_name_plural = "facilities"
        ordering = ["name"]
        constraints = [
            together("sending_has_who", "sends_to_patients_at", "sends_to_patients_by"),
            # They are the hours without messages, from an evening to the next morning, the whole night at least.
            models.CheckConstraint(
                name="quiet_hours_cover_the_night",
                condition=Q(quiet_from__gt=F("quiet_until"), quiet_from__lte=time(21), quiet_until__gte=time(8)),
                violation_error_code="quiet_hours_too_short",
                violation_error_message="Nobody is written to before 08:00 or after 21:00: quiet hours begin at "
                "21:00 or earlier, and end the next morning at 08:00 or later.",
            ),
            models.CheckConstraint(
                name="whoever_is_written_to_knows_whom_to_call",
                condition=Q(sends_to_patients_at=None) | Q(country__in=list(KNOWN_NUMBERS)) | ~Q(emergency_number=""),
                violation_error_code="emergency_number_missing",
                violation_error_message="Give the emergency number here first; only that of the US is known.",
            ),
            models.CheckConstraint(
                name="a_last_resort_can_be_reached",
                condition=Q(last_resort_name="", last_resort_phone="", last_resort_email="")
                | ~Q(last_resort_name="") & ~Q(last_resort_phone="") & ~Q(last_resort_email=""),
                violation_error_code="last_resort_incomplete",
                violation_error_message="Give the name, the phone number and the email of the last resort.",
            ),
        ]

    def __str__(self):
        return self.name

    def emergency(self):
        """Whom people here call when somebody must come at once; empty where nobody said."""
        return self.emergency_number or KNOWN_NUMBERS.get(self.country, ("", ""))[0]

    def talk(self):
        """Somebody to talk to at any hour; empty where nobody said."""
        return self.talk_number or KNOWN_NUMBERS.get(self.country, ("", ""))[1]

    def tz(self):
        """The facility's time zone."""
        return ZoneInfo(self.zone)

    def is_open_on(self, day):
        """Is this a working day here?"""
        return str(day.weekday()) in self.working_hours and day not in self.holidays

    def hours_on(self, day):
        """(opens, closes) as instants, or None on a day off."""
        return _instants(day, self.zone, *self.working_hours[str(day.weekday())]) if self.is_open_on(day) else None

    def after_working(self, instant, delta):
        """The instant that lies `delta` of working time after `instant` (before it, when negative).

        A facility with no working day in the next year works around the clock: a clock must not fall silent.
        """
        forward = delta >= timedelta(0)
        left = abs(delta)
        day = instant.astimezone(self.tz()).date()
        for _ in range(366):
            hours = self.hours_on(day)
            if hours:
                opens, closes = hours
                start, end = (max(opens, instant), closes) if forward else (opens, min(closes, instant))
                if start <= end and start < closes and end > opens:
                    if left <= end - start:
                        return start + left if forward else end - left
                    left -= end - start
            day += timedelta(days=1 if forward else -1)
        return instant + delta


@lru_cache(maxsize=1000)
def _instants(day, zone, *times):
    """Times of a day on the wall clock of a zone, as instants. The clock asks for the same ones again and again."""
    return tuple(datetime.combine(day, time.fromisoformat(text), ZoneInfo(zone)).astimezone(UTC) for text in times)


class Memberships(Rows):
    """Memberships."""

    def active(self):
        """Those not ended, of users who have not left."""
        return self.filter(ended_at=None, user__is_active=True)


@history
class Membership(Record):
    """The pair role × place: what a user may do, and where."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    began_at = models.DateTimeField()
    began_by = by_whom(null=False, blank=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = by_whom(editable=False)
    license_number = models.CharField(
        max_length=60,
        blank=True,
        db_default="",
        editable=False,
        help_text="empty: not licensed, so notes are co-signed",
    )
    license_expires_on = models.DateField(null=True, blank=True, editable=False)
    supervisor = by_whom(editable=False, help_text="who co-signs; empty: any supervisor here")

    objects = Memberships.as_manager()

    class Meta:
        ordering = ["facility", "role"]
        constraints = [
            together("a_membership_end_has_who", "ended_at", "ended_by"),
            models.CheckConstraint(
                name="a_license_has_a_number_and_an_end",
                condition=Q(license_number="", license_expires_on=None)
                | ~Q(license_number="") & Q(license_expires_on__isnull=False),
                violation_error_code="license_incomplete",
                violation_error_message="A license has a number and a day on which it expires.",
            ),
            models.UniqueConstraint(
                fields=["user", "facility", "role"],
                condition=Q(ended_at=None),
                name="one_membership_per_role_and_place",
                violation_error_code="already_a_member",
                violation_error_message="This person already holds this role at this place.",
            ),
        ]
        indexes = [models.Index(fields=["facility", "role"], condition=Q(ended_at=None), name="members_here")]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()} at {self.facility}"

    def is_licensed(self, day):
        """Is there a license, in force on that day?"""
        return self.license_expires_on is not None and self.license_expires_on >= day


class Shift(models.TextChoices):
    """What somebody is on call as."""

    ON_CALL = "on_call", "Clinician on call"
    LEAD = "lead", "Lead on call"


# Who may be on call as what: a page wants somebody who may decide about a person [D].
MAY_BE_ON_CALL = {
    Shift.ON_CALL: frozenset({Role.NURSE, Role.PRESCRIBER, Role.COUNSELOR, Role.SUPERVISOR}),
    Shift.LEAD: frozenset({Role.PRESCRIBER, Role.SUPERVISOR}),
}


class OnCallShifts(Rows):
    """Shifts on call."""

    def standing(self):
        """Those not called off, of people who still hold a role there that may stand them."""
        held = Membership.objects.active().filter(user=OuterRef("user"), facility=OuterRef("facility"))
        fits = Q(pk__in=[])
        for kind, roles in MAY_BE_ON_CALL.items():
            fits |= Q(Exists(held.filter(role__in=roles)), kind=kind)
        return self.filter(fits, canceled_at=None)

    def at(self, facility, instant, kind=None):
        """Those that cover an instant at a place, of one kind or of any."""
        rows = self.standing().filter(facility=facility, starts_at__lte=instant, ends_at__gt=instant)
        return rows.filter(kind=kind) if kind else rows

    def gaps(self, facility, start, end, kind=Shift.ON_CALL):
        """Stretches of a time at a place when nobody stands: [(from, until)], in order."""
        rows = self.standing().filter(facility=facility, kind=kind, starts_at__lt=end, ends_at__gt=start)
        found, covered = [], start
        for starts_at, ends_at in rows.order_by("starts_at").values_list("starts_at", "ends_at"):
            if starts_at > covered:
                found.append((covered, starts_at))
            covered = max(covered, ends_at)
        return [*found, (covered, end)] if covered < end else found


@history
class OnCallShift(Record):
    """Somebody is on call at a place, from then until then. Nobody is paged off shift."""

    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="on_call_shifts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="on_call_shifts")
    kind = models.CharField(max_length=10, choices=Shift, default=Shift.ON_CALL)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_at = models.DateTimeField(editable=False)
    planned_by = by_whom(null=False, blank=False, editable=False)
    instead_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    canceled_at = models.DateTimeField(null=True, blank=True, editable=False)
    canceled_by = by_whom(editable=False)
    cancel_reason = models.CharField(max_length=500, blank=True, editable=False)

    objects = OnCallShifts.as_manager()

    class Meta:
        ordering = ["-starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_shift_lasts_a_while",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_code="shift_empty",
                violation_error_message="A shift ends after it begins.",
            ),
            models.CheckConstraint(
                name="a_canceled_shift_has_who_and_why",
                condition=Q(canceled_at=None, canceled_by=None, cancel_reason="")
                | Q(canceled_at__isnull=False, canceled_by__isnull=False) & ~Q(cancel_reason=""),
                violation_error_code="half_recorded",
                violation_error_message="Calling off a shift records when, by whom and why.",
            ),
            ExclusionConstraint(
                name="nobody_stands_one_shift_twice",
                expressions=[
                    ("facility", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (
                        Func("starts_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(canceled_at=None),
                violation_error_code="on_call_already",
                violation_error_message="They are on call here then already.",
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "ends_at"], condition=Q(canceled_at=None), name="shifts_here"),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_kind_display().lower()} at {self.facility}"

    def require_coming(self, at=None):
        """Raise shift_canceled when it was called off, shift_over when it was over by then, or is by now."""
        if self.canceled_at:
            raise ValidationError("This shift was called off.", code="shift_canceled")
        if self.ends_at <= (at or timezone.now()):
            raise ValidationError("This shift is over.", code="shift_over")


POSTS = Planned(
    lambda user: Membership.objects.filter(user=user, ended_at=None).order_by("facility_id", "role"), UUID
)
HELD = Planned(
    lambda user: Membership.objects.active().filter(user=user).select_related("user").order_by("facility_id", "role"),
    UUID,
)
