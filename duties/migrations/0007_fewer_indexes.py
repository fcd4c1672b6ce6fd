"""Each index is written whenever the clock moves a duty: those that nothing asks are gone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.operations

# In the words of 0002, but asked only where what they read is set: the clock sets none of it.
NARROW = """
DROP TRIGGER promise_on_duty_closed ON duties_duty;
CREATE CONSTRAINT TRIGGER promise_on_duty_closed AFTER UPDATE OF closed_at, keeps_thread, episode_id ON duties_duty
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.episode_id IS NOT NULL AND OLD.keeps_thread AND OLD.closed_at IS NULL
          AND (NEW.closed_at IS NOT NULL OR NOT NEW.keeps_thread
               OR NEW.episode_id IS DISTINCT FROM OLD.episode_id))
    EXECUTE FUNCTION promise_of_duty();
DROP TRIGGER duty_follows_ladder_still ON duties_duty;
CREATE TRIGGER duty_follows_ladder_still BEFORE UPDATE OF keeps_thread, ladder_id ON duties_duty
    FOR EACH ROW WHEN (NEW.keeps_thread AND (NOT OLD.keeps_thread OR NEW.ladder_id <> OLD.ladder_id))
    EXECUTE FUNCTION duty_follows_ladder();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_licenses"),
        ("duties", "0006_what_was_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    together = [
        migrations.RunSQL(NARROW, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="duty",
            name="acknowledged_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="because_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_to",
                to="duties.duty",
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="opened_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="duty",
            name="suspended_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="facility",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="read_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="template",
            field=models.SlugField(db_index=False),
        ),
        migrations.AlterField(
            model_name="notice",
            name="to_user",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]

    operations = [audit.operations.Together(together)]
