"""What people are written, as versioned data."""

from uuid import UUID

from django.db import models
from django.db.models import Case, F, Q, Value, When

from accounts.models import Facility, by_whom
from audit.models import Record, Rows, together
from audit.planned import Planned
from patients.codes import Channel, Language


class Written(models.TextChoices):
    """Channels that carry words."""

    EMAIL = Channel.EMAIL.value, Channel.EMAIL.label
    SMS = Channel.SMS.value, Channel.SMS.label


class Texts(Rows):
    """Texts."""

    def published(self):
        """Those in use, now or once."""
        return self.filter(published_at__isnull=False)

    def current(self, slug, channel, language, facility):
        """The edition in force: the person's language before English, the facility's own before the shared."""
        return CURRENT.first(slug, str(channel), str(language), facility and facility.pk)

    def in_force(self, slug, channel, language, facility):
        """That edition, with those it comes before."""
        own_language = Case(When(language=language, then=Value(0)), default=Value(1))
        return (
            self.published()
            .filter(Q(facility=facility) | Q(facility=None), slug=slug, channel=channel)
            .filter(language__in=[language, Language.ENGLISH])
            .order_by(own_language, F("facility").asc(nulls_last=True), "-edition")
        )


CURRENT = Planned(lambda *asked: Text.objects.in_force(*asked)[:1], str, str, str, UUID)


class Text(Record):
    """What people are written, by one channel, in one language. Published editions never change."""

    slug = models.SlugField(max_length=50, help_text="what it is for: check_in, opted_out")
    channel = models.CharField(max_length=10, choices=Written)
    language = models.CharField(max_length=5, choices=Language)
    edition = models.PositiveIntegerField(default=1)
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="none: every place"
    )
    subject = models.CharField(max_length=100, blank=True, help_text="of an email")
    body = models.TextField(
        max_length=2000,
        help_text="{from_whom}, {name}, {phone}, {link} are filled in; [in brackets] is left out when one is empty",
    )
    written_at = models.DateTimeField(editable=False)
    written_by = by_whom(null=False, blank=False, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = by_whom(editable=False)

    objects = Texts.as_manager()

    refusals = {
        "a_published_text_never_changes": (
            "text_published",
            "A published text never changes; write a new edition.",
        )
    }

    class Meta:
        ordering = ["slug", "channel", "language", "-edition"]
        constraints = [
            together("a_publishing_has_who", "published_at", "published_by"),
            models.UniqueConstraint(
                fields=["slug", "channel", "language", "facility", "edition"],
                nulls_distinct=False,
                name="one_text_per_edition",
                violation_error_code="edition_taken",
                violation_error_message="This edition of the text exists already.",
            ),
            models.CheckConstraint(
                name="an_email_has_a_subject_and_a_text_message_none",
                condition=Q(channel="email") & ~Q(subject="") | Q(channel="sms", subject=""),
                violation_error_code="subject_of_an_email",
                violation_error_message="An email has a subject, a text message has none.",
            ),
        ]

    def __str__(self):
        return f"{self.slug}, {self.get_channel_display().lower()} in {self.get_language_display()} {self.edition}"
