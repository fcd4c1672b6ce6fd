"""What the chaos is made of: copies that stand where the first stands, and a provider that can keep silent."""

import threading
import urllib.request
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection

from aftercare.management.commands.check_promise import findings
from aftercare.models import CheckIn
from duties import actions as duties
from duties.models import Duty, DutyEvent, Kind, Notice
from local import crowd
from local.chaos import Provider
from patients.models import ContactPoint, EpisodeEvent


def test_copies_stand_where_the_first_stands_and_fall_due_once(db):
    place, staff = crowd.a_place("Harbor House", sends=True)
    first = crowd.somebody(place, staff, number="+12125550100")
    owed = crowd.copies(first, 3, numbers_from=16_460_000_000)
    copied = CheckIn.objects.filter(duty__in=owed).select_related("plan__episode")
    assert len({one.patient_id for one in copied}) == len({one.plan.episode_id for one in copied}) == 3
    assert {one.plan.episode.stage for one in copied} == {first.plan.episode.stage}
    assert EpisodeEvent.objects.filter(episode=copied[0].plan.episode, to_stage="aftercare").count() == 1
    numbers = ContactPoint.objects.filter(patient__in=[one.patient_id for one in copied]).values_list("value")
    assert {value for (value,) in numbers} == {f"+1646000000{n}" for n in (1, 2, 3)}
    with connection.cursor() as cursor:
        crowd.fall_due(cursor, owed, timedelta(seconds=1))
    moved = Duty.objects.filter(pk__in=owed)
    now = moved.first().due_at + timedelta(seconds=1)
    for _ in range(2):
        duties.tick(now)
    assert DutyEvent.objects.filter(duty__in=owed, kind=Kind.RUNG, late_by_us=False).count() == 3
    assert Notice.objects.filter(duty__in=owed, to_patient=True).count() == 3
    assert not list(findings(now))


def test_a_provider_that_holds_has_the_message_and_does_not_answer():
    provider = Provider()
    provider.start()
    provider.does = "hold"
    posted = urlencode({"To": "+12125550123", "Body": "Hello"}).encode()
    address = f"{provider.url}/2010-04-01/Accounts/AC1/Messages.json"
    answers = []
    sender = threading.Thread(target=lambda: answers.append(urllib.request.urlopen(address, posted, 10).status))
    sender.start()
    assert provider.holding.wait(10)
    assert [one["to"] for one in provider.taken] == ["+12125550123"]
    assert not answers
    provider.let_go.set()
    sender.join(10)
    assert answers == [201]
    provider.shutdown()
    provider.server_close()
