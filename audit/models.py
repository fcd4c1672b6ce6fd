"""Keys, versions and the record of who opened or did what."""

import secrets
import time
import uuid

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from .planned import Planned


def uuid7():
    """A UUID version 7 (RFC 9562): milliseconds, their fraction in 12 bits, then chance."""
    ms, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    return uuid.UUID(int=ms << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62))


class UUIDv7(models.Func):
    """PostgreSQL 18's own uuidv7()."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()


class Rows(models.QuerySet):
    """The queryset every record starts from."""

    along = ()  # read together with a locked row, because every verb asks for them

    def read_along(self):
        """These rows with what every verb asks for."""
        return self.select_related(*self.along) if self.along else self

    def lock(self, pk):
        """The row, locked for this transaction. Order everywhere: patient, episode, placement, bed, duty."""
        rows = self.read_along()
        if rows.query.where or rows.query.annotations or rows.query.deferred_loading[0]:
            return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)
        key = type(self), self.model, repr(rows.query.select_related)
        if key not in _locks:
            _locks[key] = Planned(
                lambda pk: rows.order_by().select_for_update(no_key=True, of=("self",)).filter(pk=pk), uuid.UUID
            )
        row = _locks[key].first(self.model._meta.pk.to_python(pk))
        if row is None:
            raise self.model.DoesNotExist
        return row

    def right(self):
        """Rows not marked as entered in error."""
        return self.filter(entered_in_error_at=None)


_locks = {}  # how a row is locked, with what is read along


class Record(models.Model):
    """A row with a UUIDv7 key and a version that only the database's trigger moves."""

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUIDv7(), editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = Rows.as_manager()

    class Meta:
        abstract = True


def together(name, *fields):
    """A constraint: these columns are all empty or all filled."""
    none = models.Q(**{f"{field}__isnull": True for field in fields})
    every = models.Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(
        name=name,
        condition=none | every,
        violation_error_code="half_recorded",
        violation_error_message=f"{' and '.join(fields)} are recorded together or not at all.",
    )


def history(model, *, exclude=()):
    """Keep every state of every row in a table of its own, written by the database's triggers."""
    tracker = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=pghistory.ObjForeignKey(related_name="history", db_index=True),
        context_id_field=None,
        exclude=exclude,
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
    )
    return tracker(model)


class AccessEvent(models.Model):
    """One request: who opened or did what, about whom, and what came of it. Append-only, partitioned by month.

    The database's key is (at, id); `id` alone is Django's. No foreign keys, so that every app may be named here.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    user = models.UUIDField(null=True, help_text="key of the user, none when not signed in")
    username = models.CharField(max_length=150, blank=True)
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=500)
    action = models.CharField(max_length=200, blank=True, help_text="the route's name")
    status = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=100, blank=True, help_text="the refusal's code")
    patients = ArrayField(models.UUIDField(), default=list)
    ip = models.GenericIPAddressField(null=True)
    request_id = models.UUIDField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.method} {self.path}"

    @classmethod
    def write(cls, **told):
        """Write one. Every request does, so it is one statement made once and not by the ORM each time."""
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO audit_accessevent (at, "user", username, method, path, action, status, code,'
                " patients, ip, request_id) VALUES (%(at)s, %(user)s, %(username)s, %(method)s, %(path)s,"
                " %(action)s, %(status)s, %(code)s, %(patients)s::uuid[], %(ip)s::inet, %(request_id)s)",
                {"at": timezone.now(), **told},
            )


class RequestKey(models.Model):
    """The first answer to a verb sent under an Idempotency-Key, written in the verb's own transaction."""

    id = models.BigAutoField(primary_key=True)
    user = models.UUIDField()
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body")
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_request_key")]

    def __str__(self):
        return self.key
