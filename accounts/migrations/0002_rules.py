from django.db import migrations

from audit.operations import append_only, kept, removable


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [
        kept("accounts_user", "accounts_facility", "accounts_membership"),
        append_only(
            "accounts_userhistory", "accounts_facilityhistory", "accounts_membershiphistory", by_trigger=True
        ),
        # Sessions and tokens end by being removed; groups and permissions are not ours but the framework's.
        removable("django_session", "knox_authtoken", "accounts_user_groups", "accounts_user_user_permissions"),
    ]
