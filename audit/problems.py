"""Every refusal as application/problem+json (RFC 9457): a stable code, a sentence for people, never a traceback."""

import json
import logging
from functools import cache
from http import HTTPStatus

from django.apps import apps
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    ValidationError,
)
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TRY_AGAIN = ("try_again", "The system was busy and nothing was saved. Please try again.")
# Raised by triggers that belong to every record, and by the database's own unnamed rules.
OF_EVERY_RECORD = {
    "a_key_is_a_uuid_version_7": ("key_not_version_7", "A key brought along is a UUID of version 7."),
    "a_key_never_changes": ("key_changed", "A key never changes."),
}
# Wrong fields that a client may want to tell apart without reading them.
TELLING = {"in_the_future", "phone_malformed", "email_malformed"}
KEY_TAKEN = ("key_taken", "There is a row with this key already.")
GONE = ("referred_row_missing", "Something this refers to is not there any more.")


class Problem(exceptions.APIException):
    """A refusal that is about the request itself: raise it anywhere below a view."""

    def __init__(self, status, code, sentence):
        self.status_code, self.code = status, code
        super().__init__(sentence, code)


class Refused(ValidationError):
    """A refusal that says more than a sentence, or leaves something behind though the verb is rolled back.

    `members` go into the problem; `shown` are rows it shows, for the access log; `then` is called once the
    verb's transaction is rolled back, and is a transaction of its own. `instead` is what can be done in its place:
    (row, name of the verb, what is said in it already), which is offered and never done by itself.
    """

    def __init__(self, message, code, *, members=None, shown=(), then=None, instead=None):
        super().__init__(message, code)
        self.members, self.shown, self.then, self.instead = dict(members or {}), shown, then, instead
        if instead:
            row, verb, said = instead
            self.members["instead"] = {"of": row._meta.model_name, "id": str(row.pk), "verb": verb, "said": said}


@cache
def constraint_refusals():
    """Constraint name to (code, sentence), from every model's constraints and `refusals`."""
    found = dict(OF_EVERY_RECORD)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.violation_error_code:
                found[constraint.name] = (
                    constraint.violation_error_code,
                    str(constraint.get_violation_error_message()),
                )
        found.update(getattr(model, "refusals", {}))
    return found


def refusal(exc):
    """(code, sentence) for people. Raises the exception itself when it is our bug and not a refusal."""
    if isinstance(exc, ValidationError):
        return _of_validation(exc)
    if isinstance(exc, IntegrityError):
        return _of_constraint(exc)
    if isinstance(exc, OperationalError):
        if _sqlstate(exc) not in {"40001", "40P01"}:
            log.error("the database could not answer: %s", exc)
        return TRY_AGAIN
    raise exc


def gaps(exc):
    """The sentences of a refusal that was raised as a list of what is in the way; otherwise none."""
    if isinstance(exc, ValidationError) and not hasattr(exc, "message") and not hasattr(exc, "error_dict"):
        return list(exc.messages)
    return []


def _of_validation(exc):
    if hasattr(exc, "error_dict"):
        first = next(error for errors in exc.error_dict.values() for error in errors)
        return first.code or "invalid", " ".join(exc.messages)
    code = exc.error_list[0].code or "refused"
    listed = gaps(exc)
    return code, f"In the way: {'; '.join(listed)}." if listed else exc.messages[0]


def _of_constraint(exc):
    name = getattr(getattr(exc.__cause__, "diag", None), "constraint_name", None) or ""
    known = constraint_refusals().get(name)
    if known is None and _sqlstate(exc) == "23505" and name.endswith("_pkey"):
        known = KEY_TAKEN
    if known is None and _sqlstate(exc) == "23503":
        known = GONE
    if known is None:
        raise exc
    return known


def _sqlstate(exc):
    return getattr(exc.__cause__, "sqlstate", None)


def body(request, status, code, detail, **more):
    """The members of a problem."""
    members = {
        "type": f"urn:throughline:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        **_writable({"detail": str(detail), **more}),
    }
    request_id = getattr(request, "request_id", None)
    if request_id:
        members["instance"] = f"urn:uuid:{request_id}"
    request.refusal = code  # for the access log
    return members


def _writable(said):
    """A refusal repeats what was sent: JSON can carry half a character (a lone surrogate), UTF-8 cannot."""
    if isinstance(said, str):
        return said.encode(errors="replace").decode()
    if isinstance(said, dict):
        return {_writable(name): _writable(below) for name, below in said.items()}
    return [_writable(below) for below in said] if isinstance(said, list) else said


def plain(request, status, code, detail):
    """A problem as a plain Django response, for where there is no view."""
    members = body(request, status, code, detail)
    return HttpResponse(json.dumps(members), status=status, content_type=MEDIA_TYPE)


def problem(exc, context):
    """DRF's exception handler. What it does not know is our bug: None, and Django answers 500."""
    request = getattr(context.get("request"), "_request", context.get("request"))
    described = _describe(exc)
    if described is None:
        return None
    status, code, detail, more = described
    response = Response(body(request, status, code, detail, **more), status=status, content_type=MEDIA_TYPE)
    if getattr(exc, "auth_header", None):
        response["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        response["Retry-After"] = f"{exc.wait:.0f}"
    return response


def _describe(exc):
    """(status, code, sentence, further members), or None."""
    if isinstance(exc, exceptions.ValidationError):
        fields = _flat(exc.detail)
        codes = {error["code"] for errors in fields.values() for error in errors}
        if codes == {"does_not_exist"}:  # well said, about something that is not there, or not for them
            return 404, "not_found", "Something named here does not exist, or not for you.", {"fields": fields}
        code = codes.pop() if len(codes) == 1 and codes <= TELLING else "invalid"
        return 400, code, "Some of what was sent cannot be read as meant.", {"fields": fields}
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, _code(exc), exc.detail, {}
    if isinstance(exc, ValidationError) and hasattr(exc, "error_dict"):
        fields = {
            field: [{"code": error.code or "invalid", "detail": " ".join(error.messages)} for error in errors]
            for field, errors in exc.error_dict.items()
        }
        return 400, "invalid", "Some of what was sent cannot be read as meant.", {"fields": fields}
    if isinstance(exc, (ValidationError, IntegrityError, OperationalError)):
        try:
            code, sentence = refusal(exc)
        except IntegrityError:
            return None
        status = 503 if (code, sentence) == TRY_AGAIN else 409
        listed = gaps(exc)
        more = {"gaps": listed} if listed else getattr(exc, "members", {})
        return status, code, sentence, more
    if isinstance(exc, DataError):
        log.warning("the database could not store a value: %s", exc)
        return 400, "invalid", "A value that was sent cannot be stored.", {}
    if isinstance(exc, Http404):
        return 404, "not_found", "This does not exist, or not for you.", {}
    if isinstance(exc, PermissionDenied):
        return 403, "wrong_role", "Your role at this place does not allow this.", {}
    if isinstance(exc, RequestDataTooBig):
        return 413, "too_large", "This is larger than the system accepts.", {}
    # Undecodable bytes: a token that is no text, for one.
    if isinstance(exc, (SuspiciousOperation, TooManyFieldsSent, UnicodeDecodeError)):
        return 400, "malformed", "The request cannot be read.", {}
    if isinstance(exc, RecursionError):
        return 400, "malformed", "The request is nested too deeply.", {}
    return None


CODES = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "not_signed_in",
    exceptions.AuthenticationFailed: "not_signed_in",
    exceptions.PermissionDenied: "wrong_role",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "throttled",
}


def _code(exc):
    if isinstance(exc, Problem):
        return exc.code
    if str(exc.detail).startswith("CSRF Failed"):
        return "csrf_failed"
    return CODES.get(type(exc), "refused")


def _flat(detail, path=""):
    """DRF's nested error detail as {path: [{code, detail}]}; paths like substances.0.route."""
    found = {}
    if isinstance(detail, dict):
        for key, below in detail.items():
            step = "" if key == "non_field_errors" else str(key)
            found |= _flat(below, ".".join(filter(None, [path, step])))
        return found
    if not isinstance(detail, list):
        detail = [detail]
    for position, below in enumerate(detail):
        if isinstance(below, (dict, list)):
            found |= _flat(below, f"{path}.{position}" if path else str(position))
        else:
            found.setdefault(path, []).append({"code": getattr(below, "code", "invalid"), "detail": str(below)})
    return found


def _in_api(request):
    return request.path.startswith("/api/")


def bad_request(request, exception):
    """Django's 400, outside any view."""
    if not _in_api(request):
        return defaults.bad_request(request, exception)
    described = _describe(exception) or (400, "malformed", "The request cannot be read.", {})
    return plain(request, *described[:3])


def permission_denied(request, exception):
    """Django's 403, outside any view."""
    if not _in_api(request):
        return defaults.permission_denied(request, exception)
    return plain(request, 403, "wrong_role", "Your role at this place does not allow this.")


def not_found(request, exception):
    """Django's 404, outside any view."""
    if not _in_api(request):
        return defaults.page_not_found(request, exception)
    return plain(request, 404, "not_found", "There is nothing at this address.")


def server_error(request):
    """Django's 500: our bug, with the request's id to find it by."""
    if not _in_api(request):
        return defaults.server_error(request)
    return plain(request, 500, "our_bug", "This is our mistake, and nothing was saved. It has been recorded.")
