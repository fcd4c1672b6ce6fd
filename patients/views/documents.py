"""Papers and pictures about people."""

import hashlib
from types import SimpleNamespace

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import JSONParser, MultiPartParser

from accounts.models import CARE
from audit.problems import Problem

from .. import actions
from ..actions.documents import may_be_shown
from ..models import Document, Patient
from ..models.documents import DocumentContent, MediaType
from ..serializers import AmendDocumentInput, DocumentInput, DocumentSerializer
from .bases import Reads, Schema, Verb, find
from .errors import mark_error
from .told import Told

AROUND_A_FILE = 100_000  # what else a form may hold


class Documents(Reads):
    """Papers and pictures."""

    model = Document
    serializer_class = DocumentSerializer
    filterset_fields = ["patient", "facility", "kind"]
    told = (
        Told("documents", "{kind}: {title}", at="added_at", by="added_by"),
        Told("documents", "photo not to be shown", at="consent_withdrawn_at", by="consent_withdrawn_by"),
    )

    def get_queryset(self):
        """Without mistakes, and without photos whose consent was taken back."""
        return super().get_queryset().listed()


class DocumentFile(Reads):
    """What is in a document: handed out as a file to keep, never shown in place."""

    model = Document
    serializer_class = DocumentSerializer
    allowed_roles = Documents.allowed_roles
    pagination_class = None
    filter_backends = []
    schema = Schema()

    @extend_schema(responses={(200, media_type): OpenApiTypes.BINARY for media_type in MediaType.values})
    def retrieve(self, request, *args, **kwargs):
        """The bytes."""
        return handed_out(find(request, Documents, self.allowed_roles, self.kwargs["pk"]))


def handed_out(document):
    """A document as a file, under the type found in its bytes. Raises consent_withdrawn."""
    may_be_shown(document)
    content = DocumentContent.objects.values_list("content", flat=True).get(document=document)
    headers = {
        "Content-Disposition": f'attachment; filename="{document.file_name()}"',
        "X-Content-Type-Options": "nosniff",
    }
    kind = "text/plain; charset=utf-8" if document.media_type == "text/plain" else document.media_type
    return HttpResponse(bytes(content), content_type=kind, headers=headers)


def parts(request):
    """A request with what is in its fields and files for a body: a form has many ways to be written."""
    if not request.content_type.startswith("multipart/"):
        return request
    told = hashlib.sha256()
    for name, value in sorted(request.data.items()):
        part = value.read() if hasattr(value, "read") else str(value).encode()
        told.update(f"{name} {len(part)}\n".encode() + part)
        if hasattr(value, "seek"):
            value.seek(0)
    return SimpleNamespace(
        headers=request.headers,
        user=request.user,
        method=request.method,
        get_full_path=request.get_full_path,
        body=told.digest(),
    )


class AddDocument(Verb):
    """patients.actions.add_document"""

    noun, answer = Patient, Document
    name, label = "add-document", "Add a document"
    description = "A paper or a picture. A photo of the person needs their consent, and is shown beside their name."
    allowed_roles = CARE
    serializer_class = DocumentInput
    parser_classes = [MultiPartParser, JSONParser]

    def measure(self, request):
        """A file may be larger than what people type."""
        if not request.content_type.startswith("multipart/"):
            return super().measure(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.DOCUMENT_MAX_BYTES + AROUND_A_FILE:
            raise Problem(413, "too_large", "This is larger than the system accepts.")

    def sent(self, request):
        """What is in the fields and the file, however the form was written."""
        return parts(request)

    def act(self, row, data, by):
        """Add."""
        return actions.add_document(row, content=data.pop("file").read(), **data, by=by)


class AmendDocument(Verb):
    """patients.actions.amend_document"""

    noun = Document
    name, label = "amend", "Correct"
    description = "Correct its title or its date; every earlier state is kept."
    allowed_roles = CARE
    serializer_class = AmendDocumentInput

    def act(self, row, data, by):
        """Amend."""
        return actions.amend_document(row, **data, by=by)


class WithdrawPhotoConsent(Verb):
    """patients.actions.withdraw_consent"""

    noun = Document
    name, label = "withdraw-consent", "The person takes back consent"
    description = "The person does not want this photo shown any more: nobody sees it from now on."
    confirm = "Nobody will see this photo again. Go on?"
    allowed_roles = CARE
    needs = actions.withdraw_consent.needs

    def act(self, row, data, by):
        """Withdraw."""
        return actions.withdraw_consent(row, **data, by=by)


MarkDocumentError = mark_error(Document)
