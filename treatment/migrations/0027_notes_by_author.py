"""The last note of an author is found by them, not by going back through everybody's."""

from django.db import migrations, models

import audit.operations


class Migration(migrations.Migration):
    dependencies = [("treatment", "0026_shared_texts_that_were_signed")]

    together = [
        migrations.RemoveIndex(model_name="objective", name="objectives_of_a_person"),
        migrations.AddIndex(
            model_name="sessionnote", index=models.Index(fields=["drafted_by", "-id"], name="notes_by_author")
        ),
    ]
    operations = [audit.operations.Together(together)]
