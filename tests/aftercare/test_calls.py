"""The call list holds calls, and nothing else that a check-in led to."""

from datetime import timedelta

from aftercare.actions import check_ins
from aftercare.models import CheckIn
from duties import actions as duties
from messaging.actions import send
from tests.given import ago, in_aftercare


def test_looking_into_a_message_is_no_call_and_outlives_the_answer(clinic):
    episode = in_aftercare(clinic, at=ago(days=2), email="")
    check_in = CheckIn.objects.open().get()
    now = check_in.due_at + timedelta(minutes=1)
    duties.tick(now)
    send(now)
    review = episode.duties.open().get(ladder__slug="message_review")
    assert not CheckIn.objects.unanswered(now).exists()

    check_ins.answer(check_in, how="call", by=clinic.aftercare, at=now + timedelta(hours=1))
    review.refresh_from_db()
    assert review.is_open()
