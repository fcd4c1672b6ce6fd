"""A verb on a page of its own: a small form, the same action as the API's, and a refusal as a sentence."""

import json
import re
from hashlib import sha256
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import Model
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from rest_framework.response import Response

from audit import idempotency
from audit.problems import Problem, refusal

from ..views import about
from ..views.bases import VERBS, once
from .forms import VerbForm

# Hidden in the form: sent twice it is done once; what was last seen of the row; what was shown of its consequences.
KEY, VERSION, SEEN = "_key", "_version", "_seen"
NEXT = "_next"  # where to go once it is done
SENT_ALREADY = "This form was sent once already. Open it again to do this once more."


def carry_out(admin, request, verb, row, facility):
    """Show the form, or do the verb; what was typed is kept whatever comes of it."""
    serializer = verb.input(request.user)
    zone = f"{timezone.localtime():%Z}" if facility else "UTC"
    kept = admin.corrects.get(verb.name, ()) if row is not None else ()
    form = VerbForm(
        serializer,
        row=row,
        kept=kept,
        data=request.POST or None,
        files=request.FILES or None,
        zone_name=zone,
        begun={} if request.method == "POST" else request.GET.dict(),
    )
    refused, status, preview = None, 200, None
    if request.method == "POST" and not _has_seen(request, verb, form):
        preview = _preview(request, verb, row, form)
    if request.method == "POST" and preview is None:
        refused, status, made = _try(request, verb, row, form)
        if by_script(request):
            return _told(row, form, refused, status)
        if made is not None:
            return HttpResponseRedirect(admin.done(request, verb, row, made))
    stale = status == 412
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": verb.label,
        "subtitle": str(row) if row is not None else None,
        "verb": verb,
        "form": form,
        "media": form.media,
        "row": row,
        "person": admin.person_of(row) if row is not None else None,
        "refused": refused,
        "preview": preview,
        "facility": facility,
        "key": uuid4() if request.method != "POST" else request.POST.get(KEY) or uuid4(),
        "version": request.POST.get(VERSION) if request.method == "POST" and not stale else _version(row),
        "next": asked_back(request),
        "back": asked_back(request) or admin.back_to(row),
        "shown": admin.shown_before(request, verb, row),
    }
    return TemplateResponse(request, "admin/verb.html", context, status=status)


def by_script(request):
    """Does a script ask, which saves what is typed while the page stays?"""
    return request.headers.get("Accept") == "application/json"


def asked_back(request):
    """The page of ours that sent the user here, if it wants them back."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT, "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""


def _told(row, form, refused, status):
    """What came of it, for a script: the version that is stored now, and words for people."""
    if refused is None and status != 302:
        wrong = " ".join(error for errors in form.errors.values() for error in errors)
        refused = {"code": "invalid", "sentence": wrong}
    if refused:
        said = {"code": refused["code"], "sentence": refused["sentence"], "version": _version(row)}
        return JsonResponse(said, status=status)
    return JsonResponse({"version": _version(row), "saved": f"{timezone.localtime():%H:%M}"})


def _version(row):
    """The row's version as it is now."""
    if not hasattr(row, "version"):  # none, or one that never changes
        return ""
    return type(row)._default_manager.values_list("version", flat=True).get(pk=row.pk)


def _try(request, verb, row, form):
    """(refusal, status, row made): exactly one of refusal and row, or neither when fields are wrong."""
    content = form.content()
    asked = verb.input(request.user, data=content)
    if not asked.is_valid():
        form.blame(asked.errors)
        request.refusal = "invalid"
        return None, 400, None
    data = dict(asked.validated_data)
    about(request, *(value for value in data.values() if isinstance(value, Model)))
    try:
        return None, 302, _once(request, verb, row, data, content)
    except Problem as problem:
        caught = problem
        code, sentence, status = problem.code, str(problem.detail), problem.status_code
        sentence = SENT_ALREADY if code == "key_reused" else sentence
    except (ValidationError, IntegrityError, OperationalError) as exc:
        caught = exc
        code, sentence = refusal(exc)
        status = 409
        if hasattr(exc, "error_dict"):
            form.blame({("" if key == "__all__" else key): found for key, found in exc.message_dict.items()})
    except DataError as exc:
        caught = exc
        code, sentence, status = "invalid", "A value that was typed cannot be stored.", 400
    request.refusal = code
    said = {"code": code, "sentence": sentence, "candidates": getattr(caught, "members", {}).get("candidates", [])}
    return {**said, "instead": _instead(request, caught)}, status, None


def _instead(request, caught):
    """The verb a refusal leads to, with its form filled in: where it may be done now, by whoever was refused."""
    if not getattr(caught, "instead", None):
        return None
    row, name, said = caught.instead
    verb = next(one for one in VERBS[type(row)] if one.name == name)
    if verb.why_not(row) or not verb.allows(request.user, row):
        return None
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_do", args=[row.pk, name])
    return {"label": verb.label, "help": verb.description, "url": f"{page}?{urlencode(said)}"}


def _has_seen(request, verb, form):
    """Was what this verb would do shown before, for what is typed now?"""
    return not hasattr(verb, "preview") or request.POST.get(SEEN) == _digest(form)


def _preview(request, verb, row, form):
    """What the verb would do, shown before its button; None when a field is wrong."""
    asked = verb.input(request.user, data=form.content())
    if not asked.is_valid():
        return None
    data = dict(asked.validated_data)
    about(request, *(value for value in data.values() if isinstance(value, Model)))
    return {"shown": verb.preview(row, data), "template": verb.preview_template, "seen": _digest(form)}


def _digest(form):
    """Stands for what is typed."""
    return sha256(json.dumps(form.content(), sort_keys=True, default=str).encode()).hexdigest()


def _in_words(value):
    """What JSON has no word for; a file by what is in it."""
    if not hasattr(value, "chunks"):
        return str(value)
    told = sha256(value.read()).hexdigest()
    value.seek(0)
    return told


def _once(request, verb, row, data, content):
    """Do it in one transaction; a form sent twice is done once, as the API does with its Idempotency-Key."""
    version = request.POST.get(VERSION) or None
    if version is not None:
        version = int(version) if re.fullmatch("[0-9]{1,9}", version) else 0  # nonsense is none of its versions
    made = []

    def act():
        made.append(verb.do(request.user, row, data, version))
        return Response({"model": made[0]._meta.label, "pk": str(made[0].pk)}, status=verb.status)

    asked = SimpleNamespace(
        headers={idempotency.HEADER: request.POST[KEY]} if request.POST.get(KEY) else {},
        user=request.user,
        method="POST",
        get_full_path=request.get_full_path,
        body=json.dumps(content, sort_keys=True, default=_in_words).encode(),
    )
    answer = once(request, asked, act)
    if not made:  # done before, and answered again
        if not by_script(request):
            messages.info(request, "This was done already.")
        return apps.get_model(answer.data["model"])._default_manager.get(pk=answer.data["pk"])
    about(request, made[0])
    return made[0]
