-- What two years leave beside open rights, in the numbers of a region; `made` is the population's own numbering.
-- Unit 2001 is a school; people 5001 to 5400 are mediators.

CREATE TEMP TABLE made AS
SELECT i, i % 20 AS kind, CASE WHEN i <= least(20000, :rights / 4) THEN 1 ELSE 2 + i % 2000 END AS unit_id,
       CASE WHEN i / 5 % 20 = 0 THEN 1 ELSE 2 + (i + 11) % 2000 END AS other_id,
       date ':today' - 1 - (i / 5 % 700)::int AS day,
       timestamptz ':today 08:00+01' - interval '700 days' * (1 - i::float / :rights) AS moment
FROM generate_series(1, :rights::bigint) AS i;

UPDATE partners_unit SET kind = 'school' WHERE id = 2001;
INSERT INTO partners_person (id, password, issuer, subject, name, role, is_active, email, language, role_kept_here)
SELECT p, '', 'bench', 'mediator-' || p, 'Bemiddelaar ' || p, 'mediator', true, '', '', false
FROM generate_series(5001, 5400) AS p;
-- a tenth moved out of Brussels
INSERT INTO dossiers_address (nis_code, lives_from, recorded_at, recorded_by, source, client_id)
SELECT '44021', day - 800, moment - interval '2 years', 'import', 'import', i FROM made WHERE i % 10 = 3;

-- one in five dossiers was seen by another unit before, one in twenty of those by the biggest
INSERT INTO view_rights_viewright (id, dossier_id, unit_id, granted_on, opened_at, relation, rule, rule_version, rule_status,
                                   rule_gap, anchor_event, anchor_on, last_day, ends_by, held, closed_on, closed_at,
                                   closing_reason)
SELECT :rights + i, i, other_id, day - 300, day - 300, 'executor', 'closing.executor', '2000-01-01', 'verified', false,
       'activity_closed', day - 183, day, 'term', '', day + 1, day + 1, 'term'
FROM made WHERE i % 5 = 0 AND unit_id <> other_id;
INSERT INTO view_rights_closingrun (id, day, started_at, finished_at, examined, opened, closed, held, unverified, rule_gaps)
SELECT n, date ':today' - 701 + n, date ':today' - 701 + n, date ':today' - 701 + n, 10000, 0, 7000, 0, 0, 0
FROM generate_series(1, 701) AS n;
INSERT INTO view_rights_closing (rule, rule_status, rule_gap, closed_on, run_id, right_id)
SELECT rule, rule_status, rule_gap, closed_on, 701 - (date ':today' - closed_on), id
FROM view_rights_viewright WHERE closed_on IS NOT NULL;

INSERT INTO consents_consentform (source_id, dossier_id, unit_id, asked_by_id, purpose, route, informed_of_actiris, state,
                                  missing, remark, activity_title, changed_at)
SELECT 'F' || i, i, other_id, other_id, 'training', CASE WHEN i % 4000 > 2000 THEN 'brussels_form' ELSE 'form' END, false,
       CASE i % 1000 WHEN 7 THEN 'sent_back' WHEN 13 THEN 'received' ELSE 'asked' END,
       '[]', '', 'Lassen', timestamptz ':today 08:00+01' - interval '1 day' * (i / 1000 % 60)
FROM made WHERE i % 1000 IN (7, 13, 211, 612);
INSERT INTO dossiers_activity (source_id, dossier_id, unit_id, kind, title, course_number, outsourcing_number, requested_on)
SELECT 'Z' || i, i, unit_id, 'training', 'Lassen', '', '', date ':today' - (i / 500 % 30)::int
FROM made WHERE i % 500 = 3;

INSERT INTO notices_notice (kind, unit_id, dossier_id, "on", detail, created_at, mail_to, mailed_at)
SELECT CASE WHEN i % 2 = 0 THEN 'granted' ELSE 'closed' END, CASE WHEN i % 2 = 0 THEN unit_id ELSE other_id END, i,
       moment::date, '', moment, '', NULL
FROM made WHERE i % 5 = 0;
INSERT INTO tasks_task (kind, subject, dossier_id, unit_id, detail, created_at, done_at, done_by)
SELECT CASE WHEN i / 2500 % 2 = 1 THEN 'objection' ELSE 'withdrawal' END, i, i, NULL, 'Het recht blijft.', moment,
       CASE WHEN i % 2500 > 50 THEN moment + interval '3 days' END, CASE WHEN i % 2500 > 50 THEN 'person:5001' ELSE '' END
FROM made WHERE i % 50 IN (1, 23);
INSERT INTO tasks_task (kind, subject, dossier_id, unit_id, detail, created_at, done_by)
SELECT 'enrolment', i || ':' || unit_id, i, unit_id, 'De klant is niet ingeschreven bij Actiris.', moment, ''
FROM made WHERE i % 500 = 61;
INSERT INTO dossiers_enrolment (status, channel, enrolled_on, ended_on, checked_on, client_id)
SELECT CASE WHEN i / 5 % 25 = 0 THEN 'not_enrolled' WHEN i / 5 % 99 = 1 THEN 'ended' ELSE 'enrolled' END, '',
       CASE WHEN i / 5 % 25 > 0 THEN day - 900 END, CASE WHEN i / 5 % 25 > 0 AND i / 5 % 99 = 1 THEN day END, day, i
FROM made WHERE i % 5 = 1;

INSERT INTO inbox_received (source, message_id, revision, kind, about, client_number, original, corrected, received_at,
                            state, reason, detail, settled_at, settled_by, dossier_id)
SELECT CASE WHEN i % 2 = 0 THEN 'ibis' ELSE 'vdab' END, 'M' || i, 1, 'training-request', '', '', '{"id": "M' || i || '"}', '',
       moment, CASE WHEN i % 10000 < 50 THEN 'quarantined' ELSE 'applied' END,
       CASE WHEN i % 10000 < 50 THEN 'unknown_unit' ELSE '' END, '', moment + interval '1 minute', '', i
FROM made WHERE i % 25 < 2;
INSERT INTO outbox_delivery (destination, stream, sequence, event_id, kind, body, created_at, state, due_at, attempts,
                             delivered_at, problem)
SELECT 'actiris', d.reference, 1, gen_random_uuid(), 'be.inzage.activity.started', '{}', moment,
       CASE WHEN i % 20000 = 5 THEN 'parked' WHEN i % 20000 = 15 THEN 'waiting' ELSE 'delivered' END, moment, 1,
       CASE WHEN i % 20000 NOT IN (5, 15) THEN moment END, CASE WHEN i % 20000 = 5 THEN 'HTTP 422' ELSE '' END
FROM made JOIN dossiers_dossier AS d ON d.id = i WHERE i % 5 = 0;

INSERT INTO access_log_question (shown_id, unit_id, asked_by, asked_at, due_on, text, answered_at, answered_by, by_officer,
                                 answer)
SELECT s.id, u.id, 'person:9', l.at + interval '1 day', (l.at + interval '15 days')::date, 'Waarom keek u?',
       CASE WHEN l.at < date ':today' - 20 THEN l.at + interval '5 days' END,
       CASE WHEN l.at < date ':today' - 20 THEN l.person ELSE '' END, false,
       CASE WHEN l.at < date ':today' - 20 THEN 'Voor een gesprek.' ELSE '' END
FROM access_log_showndossier AS s JOIN access_log_accessline AS l ON l.id = s.line_id
JOIN partners_unit AS u ON u.oe_number = l.unit WHERE s.id % 2801 = 0 AND l.kind = 'look';
INSERT INTO oversight_figure (day, name, about, number, counted_at)
SELECT date ':today' - n, name, about, 200, date ':today' - n
FROM generate_series(0, 400) AS n,
     (SELECT name, about FROM (VALUES ('lines', ''), ('lines', 'look'), ('lines', 'list'), ('lines', 'search'),
        ('looks_by_unit', ''), ('searches_without_result', ''), ('looks_with_reason', ''), ('decisions_denied', ''),
        ('rights', ''), ('rights_by_rule', 'closing.executor'), ('rights_by_reason', 'activity_closed'),
        ('rights_by_status', 'verified')) AS named (name, about)
      UNION ALL SELECT 'looks_by_unit', 'OE' || u FROM generate_series(1, 2001) AS u
      UNION ALL SELECT 'searches_without_result', 'OE' || u FROM generate_series(1, 2001, 4) AS u) AS counted;
INSERT INTO oversight_figure (day, name, about, number, counted_at)
SELECT day, name || '_so_far', about, sum(number) OVER (PARTITION BY name, about ORDER BY day), counted_at
FROM oversight_figure WHERE name IN ('lines', 'looks_by_unit', 'searches_without_result', 'decisions_denied');
