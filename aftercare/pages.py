"""The page a person answers on: no sign-in, no cookie, no script needed, one check-in, once.

Whoever holds the phone sees nothing until the person's own word was given. From then on each form carries a pass:
signed, for this link alone, good for half an hour. It stands in the form and never in an address, so no other site
can have it, and Django's cookie against forged forms has nothing to add. The word is asked again whenever the
link is opened anew. What was typed is written down and never written out.
"""

import base64
import hashlib
import json
import logging
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from csp.decorators import csp_replace
from django.conf import settings
from django.core.cache import cache as counts
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import Facility, User
from audit.middleware import client_ip
from messaging.channels import email
from patients.codes import Language
from patients.models import ContactPoint

from .actions import drafts, links, opting_out, reachability, wishes
from .models import AnswerDraft, LinkEnd

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLE, SCRIPT = ((HERE / "templates" / "aftercare" / name).read_text() for name in ("page.css", "page.js"))
AT_ONCE = 4  # questions on a page: few enough for a small screen and a tired person
IDLE = 30 * 60  # seconds a pass is good for
A_MINUTE = 60  # pages of one link, or of one address that knows no link, in a minute
LARGEST = 64_000  # bytes of a form
PASS = TimestampSigner(salt="aftercare.pages")


def _hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


# Nothing is loaded from anywhere: the style and the script stand in the page, and these two alone may.
POLICY = {
    "default-src": ["'none'"],
    "style-src": [_hash(STYLE)],
    "script-src": [_hash(SCRIPT)],
    "img-src": ["data:"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
HEADERS = {
    "Cache-Control": "no-store, max-age=0",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@cache
def _words():
    return json.loads((HERE / "data" / "page.json").read_text())


@dataclass
class Asked:
    """One request for one link: who asks, in which language, when."""

    request: object
    link: object
    language: str
    now: object
    by: User
    presence: object = None

    def answer(self, template, status=200, **context):
        """A page, in their language."""
        numbers = _numbers(self.language, self.link and self.link.facility)
        return _page(template, status, self.language, numbers=numbers, presence=self.presence, **context)


def _numbers(language, facility=None):
    """Lines that answer at any hour: of the place, or of one in this system's country where it is not known which."""
    place = facility or Facility.objects.filter(country=settings.PHONE_REGION).first()
    place = place or Facility(country=settings.PHONE_REGION)
    return [
        SimpleNamespace(label=one[language], number=one["number"], dial=re.sub(r"[^\d+]", "", one["number"]))
        for one in reachability.numbers_of(place)
    ]


def _page(template, status, language, **context):
    other = "es" if language == "en" else "en"
    context = {
        "words": _words()[language],
        "language": language,
        "other": other,
        "exit_url": settings.EXIT_URL,
        "style": mark_safe(STYLE),
        "script": mark_safe(SCRIPT),
        **context,
    }
    written = render_to_string(f"aftercare/{template}.html", context)
    response = HttpResponse(written, status=status, headers=HEADERS)
    response._has_been_logged = True  # Django would write the address, which is a secret, to its log
    return response


@csp_replace(POLICY)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, token):
    """The page behind a link. A link that is wrong, over, locked or unknown answers the same, whichever it is."""
    link = links.find(token)
    if _is_too_large(request):
        request.refusal = "too_large"
        return _page("said", 413, "en", other="", numbers=_numbers("en"), **_heading("en", "slow"))
    asked = Asked(request, link, _language(request, link), timezone.now(), User.objects.system())
    request.actor = asked.by.pk, "person by link"  # for the access log
    if link is not None:
        request.patients.add(link.patient_id)
    if request.method == "POST" and hasattr(request, "acting"):
        request.acting.name(asked.by)
    if _too_many(link, request):
        return _said(asked, "slow", status=429)
    if link is not None and link.ended_how == LinkEnd.SENT:
        return _said(asked, "thanks")
    if link is None or not link.is_alive(asked.now, settings.LINK_GRACE) or links.word_of(link) is None:
        return _gone(request)
    if request.method != "POST":
        return _gate(asked)
    try:
        return _step(asked)
    except ValidationError as refusal:
        request.refusal = refusal.error_list[0].code or "refused"
        sent = links.find(token).ended_how == LinkEnd.SENT  # pressed twice: the first one was faster
        return _said(asked, "thanks") if sent else _gone(request)


def _is_too_large(request):
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not re.fullmatch("[0-9]{1,9}", length) or int(length) > LARGEST


def _language(request, link):
    """The one chosen on the page, or the person's, or English."""
    chosen = request.POST.get("l") or request.GET.get("l")
    if chosen in Language.values:
        return chosen
    return link.patient.survivor().language if link else Language.ENGLISH.value


def _too_many(link, request):
    """Counted where counts are kept; when they are lost, nobody is kept out."""
    key = f"page:{link.pk}" if link else f"page:{client_ip(request)}"
    try:
        counts.add(key, 0, A_MINUTE)
        return counts.incr(key) > A_MINUTE
    except Exception:
        log.warning("pages are not counted just now", exc_info=True)
        return False


def _gone(request):
    """The same bytes for whatever is not to be opened, in both languages: nobody learns which it was."""
    words = _words()
    spoken = {"numbers": _numbers("en"), "in_spanish": _numbers("es")}
    request.refusal = "link_over"
    return _page("gone", 404, "en", other="", both=words, **spoken)


def _said(asked, what, status=200):
    return asked.answer("said", status, **_heading(asked.language, what))


def _heading(language, what):
    words = _words()[language]
    return {"heading": words.get(f"{what}_title") or words["thanks_title"], "sentence": words[what]}


def _gate(asked, said=""):
    return asked.answer("gate", hint=links.word_of(asked.link).hint, said=_words()[asked.language].get(said, ""))


def _step(asked):
    form, link = asked.request.POST, asked.link
    step = form.get("step", "")
    if step == "enter":
        if links.enter(link, word=form.get("word", "")[:200], by=asked.by, at=asked.now):
            return _open(asked, "before")
        if links.find(asked.request.resolver_match.kwargs["token"]).ended_at:
            return _gone(asked.request)
        asked.request.refusal = "wrong_word"
        return _gate(asked, "wrong")
    try:
        if PASS.unsign(form.get("pass", ""), max_age=IDLE) != str(link.pk):
            raise BadSignature
    except SignatureExpired:
        return _gate(asked, "closed_meanwhile")
    except BadSignature:
        return _gate(asked)
    asked.presence = _danger(asked)
    return STEPS.get(step, _show)(asked)


def _danger(asked):
    """What stands above all else once something was said that may mean danger: numbers, and who is there now."""
    draft = asked.link.check_in.drafts.open().first()
    if draft and draft.alarmed_at:
        found = reachability.who_is_there(asked.link.facility, asked.now)
        return SimpleNamespace(sentence=found.sentence(asked.language))
    return SimpleNamespace(sentence="") if draft and drafts.has_dark_thoughts(draft.given) else None


def _open(asked, template, **context):
    """A page beyond the gate, with a fresh pass."""
    return asked.answer(template, **{"pass": PASS.sign(str(asked.link.pk)), "step": "show", **context})


def _show(asked, wrong=None):
    """The first questions not answered yet; after the last, sending."""
    draft = asked.link.check_in.drafts.open().first()
    questions = drafts.ahead(draft or AnswerDraft(check_in=asked.link.check_in))
    if not questions:
        words = _words()[asked.language]
        return _open(asked, "last", wishes=[(wish, words[f"wish_{wish}"]) for wish in wishes.WISHES])
    fields = [_field(asked, one, wrong or {}) for one in questions[:AT_ONCE]]
    return _open(asked, "section", fields=fields, errors=bool(wrong), about_use=any(one.about_use for one in fields))


def _field(asked, question, wrong):
    """A question as a form shows it. Only what could not be read just now is shown as it was typed."""
    words, language = _words()[asked.language], asked.language
    error = wrong.get(question.key)
    options = {
        "yes_no": [("yes", words["yes"]), ("no", words["no"])],
        "choice": [(str(value), label) for value, label in question.offered(language)],
        "choices": [(str(value), label) for value, label in question.offered(language)],
    }.get(question.kind)
    bounds = {"low": question.low, "high": question.high}
    return SimpleNamespace(
        key=question.key,
        ask=question.ask.get(language) or question.ask["en"],
        options=options,
        input={"choices": "checkbox", "text": "text", "scale": "number", "number": "number"}.get(
            question.kind, "radio"
        ),
        say=words["from_to"].format(**bounds) if question.kind in ("scale", "number") else "",
        typed=asked.request.POST.getlist(f"q.{question.key}")[:20] or [""] if error else [""],
        error=_sentence(error, words, bounds) if error else "",
        about_use=question.key in ABOUT_USE or question.key.endswith("_days"),
        **bounds,
    )


ABOUT_USE = {"used_other", "other_use"}


def _sentence(error, words, bounds):
    """What is wrong with an answer, in their language."""
    code = error.error_list[0].code
    if code in {"not_a_number", "answer_out_of_range"}:
        return words["needs_number"].format(**bounds)
    return words["please_answer"] if code == "required" else words["not_read"]


def _save(asked):
    """Keep what this page asked, and show the next one; what could not be read is asked again."""
    form = asked.request.POST
    said = {}
    for key in form.getlist("asked")[:50]:
        typed = [value for value in form.getlist(f"q.{key}") if value.strip()]
        said[key[:50]] = typed if len(typed) > 1 else typed[0] if typed else ""
    _, wrong = links.save(asked.link, said, by=asked.by, at=asked.now)
    asked.presence = _danger(asked)
    return _show(asked, wrong)


def _send(asked, wants_call=False):
    """What was saved is sent in, with how often they want to be asked where they said so."""
    wish = asked.request.POST.get("wish", "")
    wish = wish if wish in wishes.WISHES else ""
    try:
        _, granted = links.send_in(asked.link, wants_call=wants_call, wish=wish, by=asked.by, at=asked.now)
    except ValidationError as refusal:
        if refusal.error_list[0].code != "nothing_answered":
            raise
        return _show(asked)
    said = f"thanks_{wish}" if granted else "thanks_left" if wish else "thanks"
    return _said(asked, "thanks_call" if wants_call else said)


def _call(asked):
    """They would rather talk: what was saved is sent in with it."""
    return _send(asked, wants_call=True)


@csp_replace(POLICY)
@csrf_exempt  # a mail program presses the button by itself (RFC 8058); the token is what says who it is
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """No more messages, by a click in an email: asked once more, since mail scanners open whatever they find."""
    key = email.whose_stop(token)
    point = key and ContactPoint.objects.select_related("patient__merged_into").filter(pk=key).first()
    asked = Asked(request, None, _language(request, point), timezone.now(), User.objects.system())
    request.actor = asked.by.pk, "person by email"  # for the access log
    if _too_many(point, request):
        return _said(asked, "slow", status=429)
    if point is None:
        return _gone(request)
    request.patients.add(point.patient_id)
    if request.method != "POST":
        return asked.answer("stop")
    request.acting.name(asked.by)
    opting_out.stop_by_email(point, by=asked.by, at=asked.now)
    return _said(asked, "stopped")


STEPS = {"save": _save, "send": _send, "call": _call}
