"""Papers and pictures about a person."""

from django.db import models
from django.db.models import Q

from accounts.models import Facility, by_whom, clinical
from audit.models import Record, together

from .access import PatientRows
from .people import Patient


class DocumentKind(models.TextChoices):
    """What a document is."""

    CONSENT_FORM = "consent_form", "Consent form"
    REFERRAL_LETTER = "referral_letter", "Referral letter"
    LAB_RESULT = "lab_result", "Lab result"
    IDENTIFICATION = "identification", "Identification"
    PHOTO = "photo", "Photo of the person"
    OTHER = "other", "Other"


class MediaType(models.TextChoices):
    """What may be kept, told from the bytes themselves and never from what the sender calls them."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    TEXT = "text/plain", "Plain text"

    @classmethod
    def of(cls, content):
        """The type of these bytes, or None for one that is not kept."""
        for start, found in ((b"%PDF-", cls.PDF), (b"\x89PNG\r\n\x1a\n", cls.PNG), (b"\xff\xd8\xff", cls.JPEG)):
            if content.startswith(start):
                return found
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return None
        return cls.TEXT if all(letter.isprintable() or letter in "\t\r\n\f\ufeff" for letter in text) else None


IMAGES = (MediaType.PNG, MediaType.JPEG)
ENDINGS = {MediaType.PDF: "pdf", MediaType.PNG: "png", MediaType.JPEG: "jpg", MediaType.TEXT: "txt"}


class Documents(PatientRows):
    """Documents."""

    def listed(self):
        """Those people look for: no mistakes, and no photo whose consent was taken back."""
        return self.right().filter(consent_withdrawn_at=None)

    def photo(self):
        """The newest photo the person agreed to, or None."""
        return self.listed().filter(kind=DocumentKind.PHOTO).order_by("-added_at", "-pk").first()


@clinical
class Document(Record):
    """A paper or picture about a person; what is in it stands in a table of its own."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="documents", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DocumentKind)
    title = models.CharField(max_length=200)
    dated_on = models.DateField(null=True, blank=True, help_text="the date it bears")
    media_type = models.CharField(max_length=20, choices=MediaType, editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="bytes")
    sha256 = models.CharField(max_length=64, editable=False)
    consented_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="to be shown in a photo")
    consented_by = by_whom(editable=False, help_text="who asked the person")
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    consent_withdrawn_by = by_whom(editable=False)
    added_at = models.DateTimeField(editable=False)
    added_by = by_whom(null=False, blank=False, editable=False)

    objects = Documents.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            together("a_photo_consent_has_who", "consented_at", "consented_by"),
            together("a_withdrawn_photo_consent_has_who", "consent_withdrawn_at", "consent_withdrawn_by"),
            models.CheckConstraint(
                name="a_document_has_a_title",
                condition=~Q(title=""),
                violation_error_code="title_missing",
                violation_error_message="Give the document a title.",
            ),
            models.CheckConstraint(
                name="a_document_is_not_empty",
                condition=Q(size__gt=0),
                violation_error_code="file_empty",
                violation_error_message="This file is empty.",
            ),
            models.CheckConstraint(
                name="a_photo_needs_consent",
                condition=~Q(kind="photo") | Q(consented_at__isnull=False),
                violation_error_code="consent_missing",
                violation_error_message="A photo of the person needs their consent.",
            ),
            models.CheckConstraint(
                name="a_photo_is_an_image",
                condition=~Q(kind="photo") | Q(media_type__in=["image/png", "image/jpeg"]),
                violation_error_code="photo_not_an_image",
                violation_error_message="A photo is a PNG or a JPEG.",
            ),
            models.CheckConstraint(
                name="consent_is_withdrawn_where_it_was_given",
                condition=Q(consent_withdrawn_at=None) | Q(consented_at__isnull=False),
                violation_error_code="no_consent_given",
                violation_error_message="There is no consent to take back.",
            ),
        ]
        indexes = [models.Index(fields=["patient", "-added_at"], name="documents_of_a_person")]

    def __str__(self):
        return self.title

    def file_name(self):
        """A name for the file that no system trips over; it says nothing about the person."""
        return f"document-{str(self.pk)[-12:]}.{ENDINGS[self.media_type]}"


class DocumentContents(PatientRows):
    """What is in documents."""


class DocumentContent(models.Model):
    """The bytes of a document: written once with its row, in its transaction and in its backup, never changed."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="content")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()

    objects = DocumentContents.as_manager()

    def __str__(self):
        return str(self.document_id)
