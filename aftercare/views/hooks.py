"""What the provider of text messages tells us. Signed by it; taken once; answered at once, with nothing to say."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import User
from messaging import actions as messaging
from messaging.channels import sms

from ..actions import exchanges

log = logging.getLogger(__name__)

NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
LARGEST = 32_000  # bytes; a text of ten parts is under two thousand letters
LONGEST = {"MessageSid": 64, "From": 254, "Body": 4000, "MessageStatus": 20, "ErrorCode": 10}


def _hook(act):
    """A view around `act`: 403 unsigned, 413 too large, 400 what cannot be read, 503 what must come again."""

    @csrf_exempt
    @require_POST
    def view(request):
        request.actor = (None, "provider of texts")
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return _refused(request, 413, "too_large")
        try:
            form = request.POST
        except RequestDataTooBig:
            return _refused(request, 413, "too_large")
        except Exception:  # a body of another shape: nothing of it can be signed
            return _refused(request, 400, "malformed")
        if not sms.verified(request):
            return _refused(request, 403, "not_signed")
        said = {name: form.get(name, "").replace("\x00", "").strip() for name in LONGEST}
        if any(len(said[name]) > most for name, most in LONGEST.items() if name != "Body"):
            return _refused(request, 400, "malformed")
        system = User.objects.system()
        request.acting.name(system)
        try:
            known = act(request, said, system)
        except Exception:  # whatever it was: it is sent again, and must not be lost
            log.exception("what the provider told us was not kept")
            return _refused(request, 503, "try_again")
        return HttpResponse(NOTHING_TO_SAY, content_type="text/xml") if known else _refused(request, 400, "malformed")

    return view


def _refused(request, status, code):
    request.refusal = code
    return HttpResponse(status=status)


def _text_in(request, said, by):
    if not (said["MessageSid"] and said["From"]):
        return False
    received = exchanges.hear(
        provider=sms.PROVIDER,
        provider_id=said["MessageSid"],
        number=said["From"],
        body=said["Body"][: LONGEST["Body"]],
        by=by,
    )
    if received.inbound.patient_id:
        request.patients.add(received.inbound.patient_id)
    return True


def _receipt(request, said, by):
    if not (said["MessageSid"] and said["MessageStatus"]):
        return False
    messaging.receipt(
        provider=sms.PROVIDER,
        provider_id=said["MessageSid"],
        status=said["MessageStatus"],
        code=said["ErrorCode"],
    )
    return True


text_in = _hook(_text_in)
receipt = _hook(_receipt)
