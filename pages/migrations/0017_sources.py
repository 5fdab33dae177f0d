from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0016_answers_from_visitors"),
        migrations.swappable_dependency(settings.SOURCE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="sources",
            field=models.ManyToManyField(
                blank=True,
                related_name="pages",
                to=settings.SOURCE_MODEL,
                verbose_name="sources",
            ),
        ),
    ]
