"""What holds of staff, posts and places whatever the code does: triggers, and what `web` may not change."""

from django.db import migrations

from audit.operations import append_only, kept, removable


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_rules"),
        ("accounts", "0003_the_night"),
        ("accounts", "0004_licenses"),
        ("accounts", "0005_mobile"),
        ("accounts", "0006_on_call"),
        ("accounts", "0007_emergency_numbers"),
        ("accounts", "0008_quiet_hours"),
    ]
    dependencies = [
        ("accounts", "0001_tables"),
        ("audit", "0001_initial"),
        ("knox", "0009_extend_authtoken_field"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        kept("accounts_facility", "accounts_membership", "accounts_oncallshift", "accounts_user"),
        append_only(
            "accounts_facilityhistory",
            "accounts_membershiphistory",
            "accounts_oncallshifthistory",
            "accounts_userhistory",
            by_trigger=True,
        ),
        removable("accounts_user_groups", "accounts_user_user_permissions", "django_session", "knox_authtoken"),
    ]
