"""Papers and pictures about a person."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ..models import Document, Patient
from ..models.documents import DocumentContent, DocumentKind, MediaType
from .needs import needs


@transaction.atomic
def add_document(patient, *, facility, kind, title, content, consented=False, dated_on=None, by, at=None):
    """Keep a document with what is in it. `consented`: the person agreed to be shown in a photo.

    Raises file_empty, file_too_large, file_type_not_kept, consent_missing, photo_not_an_image.
    """
    patient, at = Patient.objects.lock(patient.pk), at or timezone.now()
    if len(content) > settings.DOCUMENT_MAX_BYTES:
        raise ValidationError(
            "This file is larger than %(most)s MB.",
            code="file_too_large",
            params={"most": settings.DOCUMENT_MAX_BYTES // 1_000_000},
        )
    media_type = MediaType.of(content)
    if media_type is None:
        raise ValidationError("PDF, PNG, JPEG and plain text are kept. This is none.", code="file_type_not_kept")
    agreed = {"consented_at": at, "consented_by": by} if consented and kind == DocumentKind.PHOTO else {}
    document = Document.objects.create(
        patient=patient,
        facility=facility,
        kind=kind,
        title=title,
        dated_on=dated_on,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=at,
        added_by=by,
        **agreed,
    )
    DocumentContent.objects.create(document=document, patient=patient, content=content)
    return document


@transaction.atomic
def amend_document(document, *, by, at=None, **fields):
    """Correct its title or date; another file is another document."""
    document = Document.objects.lock(document.pk)
    for field, value in fields.items():
        setattr(document, field, value)
    document.save(update_fields=list(fields))
    return document


def has_consent(document):
    """Raises no_consent_given or consent_withdrawn."""
    if document.consented_at is None:
        raise ValidationError("There is no consent to take back.", code="no_consent_given")
    may_be_shown(document)


def may_be_shown(document):
    """Raises consent_withdrawn."""
    if document.consent_withdrawn_at:
        raise ValidationError("The person took back their consent to this photo.", code="consent_withdrawn")


@needs(has_consent)
@transaction.atomic
def withdraw_consent(document, *, by, at=None):
    """The person does not want this photo shown any more: nobody sees it from now on."""
    document = Document.objects.lock(document.pk)
    withdraw_consent.require(document)
    document.consent_withdrawn_at, document.consent_withdrawn_by = at or timezone.now(), by
    document.save(update_fields=["consent_withdrawn_at", "consent_withdrawn_by"])
    return document
