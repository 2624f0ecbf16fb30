-- Two years of an access log: four lines for each right. Of every twenty lines
--   0-13 are a counsellor's look · 14-16 a search that found one · 17 one that found nobody · 18 a list of ten
--   19 a look of VDAB's own people: one in fifty outside their work list, with a stated reason
-- One in a hundred is of the biggest unit, beside those that its number of rights brings.

CREATE TEMP TABLE drawn AS
SELECT n, n % 20 AS sort, i, CASE WHEN i <= least(20000, :rights / 4) THEN 1 ELSE 2 + i % 2000 END AS unit_id,
       timestamptz ':today 11:00+01' - (:lines - n) * (interval '730 days' / :lines) AS at
FROM (SELECT n, CASE WHEN n % 100 = 7 THEN 1 + n / 100 * 7919 % least(20000, :rights / 4)
                     ELSE 1 + (n / 20 * 7919 + n % 20 * 104729) % :rights END AS i
      FROM generate_series(1, :lines::bigint) AS n) AS numbered;

INSERT INTO access_log_accessline (id, at, kind, person, unit, part, stated_reason, request_id)
SELECT n, at, CASE WHEN sort < 14 OR sort = 19 THEN 'look' WHEN sort < 18 THEN 'search' ELSE 'list' END,
       'person:' || CASE WHEN sort = 19 THEN 5001 + i % 400 ELSE unit_id + 2001 * (n / 20 % 2) END,
       CASE WHEN sort = 19 THEN '' ELSE 'OE' || unit_id END, 'general',
       CASE WHEN sort < 19 THEN '' WHEN n / 20 % 50 = 0 THEN 'de klant belde met een vraag' ELSE 'formulier ' || i END,
       gen_random_uuid()
FROM drawn;

INSERT INTO access_log_showndossier (line_id, dossier_id, "right", rule, rule_status, last_day, verdict)
SELECT n, i, CASE WHEN sort < 19 THEN i END, CASE WHEN sort < 19 THEN 'closing.executor' ELSE '' END,
       CASE WHEN sort < 19 THEN 'verified' ELSE '' END, NULL, CASE WHEN sort < 19 THEN 'right_stands' ELSE 'vdab' END
FROM (SELECT n, sort, 1 + (i - 1 + of * 2000) % :rights AS i
      FROM drawn, generate_series(0, least(9, :rights / 2000 - 1)) AS of WHERE of = 0 AND sort <> 17 OR sort = 18) AS shown;
