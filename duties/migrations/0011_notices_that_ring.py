from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0010_notices_in_line"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("critical", True)), fields=["facility", "-made_at"], name="notices_that_ring"
            ),
        ),
    ]
