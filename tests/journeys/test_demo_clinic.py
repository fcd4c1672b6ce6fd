"""The demo clinic: loaded once, nobody dropped, nothing owed too late, and no message to anybody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Facility, User
from aftercare.management.commands import load_demo
from aftercare.models import CheckIn
from duties import actions as duties
from duties.models import Duty, DutyEvent, Notice
from messaging.actions import send
from patients.models import ContactPoint, Episode, Patient, Stage
from treatment.models import Bed

PASSWORD = "a-long-demo-password"


@pytest.fixture
def demo(db, settings):
    """A practice system with the clinic in it."""
    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    call_command("load_demo", verbosity=0)


@pytest.mark.slow
def test_loading_twice_makes_one_clinic(demo, client, capsys):
    before = Facility.objects.count(), Patient.objects.count(), Duty.objects.count(), Bed.objects.count()
    call_command("load_demo", verbosity=0)
    assert (Facility.objects.count(), Patient.objects.count(), Duty.objects.count(), Bed.objects.count()) == before
    assert set(Facility.objects.values_list("name", flat=True)) == {"Harbor House", "Practice clinic"}

    call_command("demo_logins")
    told = capsys.readouterr().out
    assert {"admin", "nurse", "counselor", "outsider", PASSWORD} <= set(told.split())
    assert "@" not in told
    assert client.login(username="nurse", password=PASSWORD)
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.slow
def test_everybody_is_on_the_road_and_nobody_is_dropped(demo):
    stages = set(Episode.objects.values_list("stage", flat=True))
    assert stages == set(Stage.values) - {Stage.REFERRED}
    assert Episode.objects.exclude(previous=None).exists()

    owed = Duty.objects.open().filter(episode=OuterRef("pk"), keeps_thread=True)
    assert not Episode.objects.open().filter(~Exists(owed)).exists()
    for duty in Duty.objects.open():
        assert duty.owner or User.objects.active_at(duty.facility, duty.owner_role).exists()

    now = timezone.now()
    late = Duty.objects.overdue(now).values_list("patient__preferred_name", flat=True)
    assert set(late) == {"Ben", "Leo"}
    assert [str(check_in.patient) for check_in in CheckIn.objects.unanswered(now)] == ["Leo"]

    addresses = [*ContactPoint.objects.filter(channel="email").values_list("value", flat=True)]
    addresses += User.objects.exclude(email="").values_list("email", flat=True)
    assert addresses
    assert all(address.endswith((".example.org", "@example.org", "@example.com")) for address in addresses)


@pytest.mark.slow
def test_ticking_afterwards_opens_no_incident_and_writes_to_nobody(demo):
    events = DutyEvent.objects.count()
    mail.outbox.clear()
    assert duties.tick() == 0
    assert send() == 0
    assert DutyEvent.objects.count() == events
    assert not DutyEvent.objects.filter(late_by_us=True).exists()
    assert not Duty.objects.filter(ladder__slug__in=["outage", "nobody_there", "message_review"]).exists()
    assert not Notice.objects.unsent().exists()
    assert mail.outbox == []


@pytest.mark.slow
@pytest.mark.parametrize("hours", [9, 18])
def test_it_can_be_loaded_at_any_hour(db, settings, hours):
    settings.DEMO_PASSWORD = PASSWORD
    load_demo.load(timezone.now() + timedelta(hours=hours))
    assert not DutyEvent.objects.filter(late_by_us=True).exists()
    assert Duty.objects.open().filter(ladder__slug="contact").count() == 1


def test_it_is_refused_outside_of_practice(db, settings):
    settings.DEMO = False
    for command in ("load_demo", "demo_logins"):
        with pytest.raises(CommandError, match="practice"):
            call_command(command)


@pytest.mark.parametrize("password", ["", "short", "fourteen-chars"])
def test_a_weak_password_is_refused(db, settings, password):
    settings.DEMO, settings.DEMO_PASSWORD = True, password
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        call_command("load_demo")
    assert not Facility.objects.exists()
