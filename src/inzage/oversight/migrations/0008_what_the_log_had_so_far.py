"""What a stretch of days of the log came to is the difference of two days: of each that was counted, all up to it."""

from typing import ClassVar

from django.db import migrations

NAMES = ("lines", "looks_by_unit", "searches_without_result", "decisions_denied")
FILL = f"""
INSERT INTO oversight_figure (day, name, about, number, counted_at)
SELECT each.day, part.name || '_so_far', part.about,
       CAST(SUM(COALESCE(figure.number, 0)) OVER (PARTITION BY part.name, part.about ORDER BY each.day) AS bigint),
       each.counted_at
FROM (SELECT day, counted_at FROM oversight_figure WHERE name = 'lines' AND about = '') AS each
JOIN (SELECT name, about, MIN(day) AS since FROM oversight_figure WHERE name IN {NAMES} GROUP BY name, about) AS part
     ON each.day >= part.since
LEFT JOIN oversight_figure AS figure
     ON figure.name = part.name AND figure.about = part.about AND figure.day = each.day
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("oversight", "0007_drafts_checked")]
    operations: ClassVar = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
