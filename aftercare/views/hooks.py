"""What the providers of texts and email tell us. Signed by them; taken once; answered with nothing to say."""

import logging

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import User
from messaging import actions as messaging
from messaging.channels import email, sms

from ..actions import exchanges

log = logging.getLogger(__name__)

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


WHAT = {sms: "texts", email: "email"}


def _hook(channel, read, act):
    """A view: 403 what is not signed, 413 too large, 400 what cannot be read, 503 what must be sent again."""

    @csrf_exempt
    @require_POST
    def view(request):
        request.actor = None, f"provider of {WHAT[channel]}"  # for the access log
        try:
            if int(request.META.get("CONTENT_LENGTH") or 0) > channel.LARGEST:
                return _refused(request, 413, "too_large")
            request.POST  # noqa: B018 - of another shape, nothing of it can be signed
            if not channel.verified(request):
                return _refused(request, 403, "not_signed")
            told = read(request)
        except Exception:
            return _refused(request, 400, "malformed")
        if told is None or any("\x00" in value for said in told for value in said.values()):
            return _refused(request, 400, "malformed")
        system = User.objects.system()
        request.acting.name(system)
        try:
            for said in told:
                request.patients |= act(said, system)
        except Exception:  # whatever it was: it is sent again, and must not be lost
            log.exception("what the provider told us was not kept")
            return _refused(request, 503, "try_again")
        return HttpResponse(NOTHING_TO_SAY, content_type="text/xml")

    return view


def _refused(request, status, code):
    request.refusal = code
    return HttpResponse(status=status)


def _heard(said, by):
    found = exchanges.hear(**said, by=by).inbound.patient_id
    return {found} - {None}


def _learned(said, by):
    messaging.receipt(**said)
    return set()


text_in = _hook(sms, sms.messages_of, _heard)
text_receipt = _hook(sms, sms.receipts_of, _learned)
mail_receipt = _hook(email, email.receipts_of, _learned)
