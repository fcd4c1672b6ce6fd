"""Who wants no more messages at all is asked nothing more: it is their choice, and no miss (domain 7.5)."""

from django.db import transaction
from django.utils import timezone

from accounts.actions import refuse
from audit.models import uuid7
from messaging import actions as messaging
from messaging.models import OptOut
from patients.codes import Channel

from ..models import AnswerDraft, AnsweredBy
from . import drafts, plans


@transaction.atomic
def opt_out(patient, *, channel="", how, by, at=None):
    """The person said to one of us that they do not want to be written to, by this channel or at all.

    At all: nor to be called, and their plans end as withdrawn. Raises opted_out when all of it was said before.
    """
    at = at or timezone.now()
    if channel:
        return messaging.opt_out(patient, channel=channel, how=how, by=by, at=at).opt_out
    [stopped, _], new = messaging.stop_each(patient, ["", Channel.PHONE], how=how, by=by, at=at)
    if not new:
        refuse(OptOut, "one_opt_out_per_channel")
    withdraw(stopped.patient, reason=how, by=by, at=at)
    return stopped.opt_out


@transaction.atomic
def stop_by_email(point, *, by, at=None):
    """They said by a click in an email that they want no more: the same as STOP in a text, said once or again."""
    at = at or timezone.now()
    said = {"provider": "email", "provider_id": str(uuid7()), "number": point.value, "body": "STOP"}
    stopped = messaging.receive(**said, channel=Channel.EMAIL, at=at).opted_out
    for one in stopped:
        withdraw(one.patient, reason="said by a click in an email that they want no more", by=by, at=at)
    return stopped


def withdraw(patient, *, reason, by, at):
    """No more check-ins are asked of somebody who wants no messages; their conversation ends.

    Returns the plans that ended.
    """
    ended = plans.locked_of(patient)
    for plan in ended:
        talking = AnswerDraft.objects.in_conversation().filter(check_in__plan=plan).read_along()
        for draft in talking.select_for_update(no_key=True, of=("self",)):
            draft.check_in.plan = plan
            drafts.send_in(draft.check_in, how=AnsweredBy.SMS, draft=draft, plan=plan, last=True, by=by, at=at)
        plans.withdraw_locked(plan, reason=reason, by=by, at=at)
    return ended
