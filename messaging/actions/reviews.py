"""Every stop that nobody decided is looked into by somebody."""

import duties.actions as duties
from accounts.models import Role, User
from duties.models import Notice

from .ways import REVIEW_WITHIN, every_record, may_call, owe_review

REVIEWS = {
    "no_contact_point": "There is no address or number a machine may write to.",
    "refused": "The message was refused for good.",
    "unconfirmed": "The message may or may not have arrived. It is not sent again.",
    "undelivered": "The message was taken, and did not arrive.",
    "unwanted": "They marked a message as unwanted. No more goes out by this way: ask what they want.",
    "told_to_stop": "Their provider says that they want no texts. None go out any more: ask what they want.",
    "tries": "The message was not taken.",
    "template": "The message could not be written.",
}
NOBODY = {
    "nobody_there": ("nobody", "No active {role} at {facility}"),
    "nobody_paged": ("unpaged", "A page for {role} at {facility} reached nobody on shift, and no last resort."),
}


def review(item, reason, now):
    """Once for a person and reason, once for a member or role of staff. What does not work is owed elsewhere."""
    if reason in NOBODY:
        _nobody(item, reason, now)
    elif isinstance(item, Notice) and not item.to_patient:
        _about_staff(item, reason, now)
        if item.critical and reason in ("tries", "template"):
            _nobody(item, "nobody_paged", now)
    elif item.patient is None or reason not in REVIEWS or (reason == "no_contact_point" and _call_instead(item, now)):
        return
    else:
        duty = getattr(item, "duty", None)
        owe_review(
            item.patient,
            kind=reason,
            note=REVIEWS[reason],
            at=now,
            facility=item.facility,
            episode=duty and duty.episode,
            because_of=duty,
        )


def _call_instead(notice, now):
    """No machine may write: somebody calls, at the time the message was for, if the person agreed to calls."""
    person = notice.patient.survivor()
    if not may_call(every_record(person)):
        return False
    duties.open(
        "contact",
        facility=notice.facility,
        patient=notice.patient,
        episode=notice.duty.episode,
        owner=notice.duty.owner if notice.duty.owner_role == Role.AFTERCARE else None,
        owner_role=Role.AFTERCARE,
        due_at=max(now, notice.duty.due_at),
        because_of=notice.duty,
        once=f"contact:{notice.patient_id}",
        note="No machine may write to the person: call instead.",
        by=User.objects.system(),
        at=now,
    )
    return True


def _nobody(notice, reason, now):
    """At once, however late it is, and once for those it was for: what is critical may be known to nobody."""
    role = notice.get_to_role_display().lower() or str(notice.to_user)
    mark, note = NOBODY[reason]
    duties.open(
        "nobody_there",
        facility=notice.facility,
        owner_role=Role.ADMIN,
        due_at=now,
        because_of=notice.duty,
        once=f"{mark}:{notice.to_role or notice.to_user_id}",
        note=note.format(role=role, facility=notice.facility),
        by=User.objects.system(),
        at=now,
    )


def _about_staff(notice, reason, now):
    duties.open(
        "message_review",
        facility=notice.facility,
        owner_role=Role.ADMIN,
        due_at=notice.facility.after_working(now, REVIEW_WITHIN),
        because_of=notice.duty,
        once=f"message:{notice.to_user_id or notice.to_role}:{reason}",
        note=f"To {notice.to_user or notice.get_to_role_display()}: {REVIEWS[reason]}",
        by=User.objects.system(),
        at=now,
    )
