-- A register of many open rights, as the application itself leaves one. Twenty kinds of right take turns:
--   0-4 executor of a running activity · 5-8 of activities that closed · 9-12 of none
--   13-16 owner · 17-18 former owner · 19 executor of trajectory activities only
-- Every stored verdict is what the rules say of the facts: `inzage prove` finds no difference.
-- `term` holds, for each day of an event, the last day six months later, worked out by the rules themselves.

CREATE TEMP TABLE made AS
SELECT i, i % 20 AS kind, e.event_on, e.last_day, e.event_on - 150 - (i % 200)::int AS begun_on,
       CASE WHEN i <= least(20000, :rights / 4) THEN 1 ELSE 2 + i % 2000 END AS unit_id
FROM (SELECT i, CASE WHEN i % 20 IN (5, 9, 17, 19) AND (i / 20) % :every = 0 THEN 0 ELSE 1 + (i * 7919) % 170 END AS n
      FROM generate_series(1, :rights::bigint) AS i) AS numbered
JOIN term AS e USING (n);

INSERT INTO partners_unit (id, oe_number, name, kind, email, organisation_code)
SELECT u, 'OE' || u, 'Eenheid ' || u, 'partner', '', '' FROM generate_series(1, 2001) AS u;
-- two people in each unit: person-1 and person-2002 in OE1
INSERT INTO partners_person (id, password, issuer, subject, name, role, is_active, email, language, role_kept_here)
SELECT p, '', 'bench', 'person-' || p, 'Medewerker ' || p, 'counsellor', true, '', '', false
FROM generate_series(1, 4002) AS p;
INSERT INTO partners_membership (person_id, unit_id, manages)
SELECT p, 1 + (p - 1) % 2001, false FROM generate_series(1, 4002) AS p;
-- a system that may ask about all of them
INSERT INTO decision_api_caller (client_id, name, is_active, all_units, general, steps, confidential)
VALUES ('bench', 'Bench', true, true, true, true, false);
INSERT INTO partners_service (id, code, name, tendered) VALUES (1, 'TIBB4', 'Intensief', true);

INSERT INTO dossiers_client (id, client_number, insz, family_name, given_name, name_key, nis_code)
SELECT i, 'K' || i, body || lpad((97 - body::bigint % 97)::text, 2, '0'), 'Familie ' || i % 5000, 'Voornaam',
       'familie ' || i % 5000 || chr(9) || 'voornaam', '21004'
FROM (SELECT i, lpad((40 + i % 55)::text, 2, '0') || lpad((1 + i / 55 % 12)::text, 2, '0')
                || lpad((1 + i / 660 % 28)::text, 2, '0') || '999' AS body FROM made) AS numbered;
INSERT INTO dossiers_dossier (id, client_id, reference) SELECT i, i, gen_random_uuid() FROM made;

INSERT INTO dossiers_assignment (id, source_id, dossier_id, unit_id, service_id, makes_owner, assigned_on, ended_on,
                                 end_reason, ended_by, contact)
SELECT i, 'A' || i, i, unit_id, 1, true, begun_on, CASE WHEN kind > 16 THEN event_on END,
       CASE WHEN kind > 16 THEN 'klaar' ELSE '' END, '', ''
FROM made WHERE kind BETWEEN 13 AND 18;

INSERT INTO consents_consentform (id, source_id, dossier_id, unit_id, purpose, route, completed_on, granted_on,
                                  informed_of_actiris, state, missing, remark, activity_title, changed_at)
SELECT i, 'C' || i, i, unit_id, 'training', 'form', granted_on, granted_on, false, 'granted', '[]', '', '', granted_on
FROM (SELECT *, CASE WHEN kind BETWEEN 9 AND 12 THEN event_on ELSE begun_on END AS granted_on FROM made) AS dated
WHERE kind NOT BETWEEN 13 AND 18;

INSERT INTO dossiers_activity (source_id, dossier_id, unit_id, kind, title, course_number, outsourcing_number,
                               started_on, closed_on)
SELECT 'X' || i || '-' || n, i, unit_id, CASE WHEN kind > 12 AND n < 3 THEN 'trajectory' ELSE 'training' END, 'Actie', '', '',
       begun_on + 10 * n,
       CASE WHEN kind < 5 THEN CASE WHEN n > 1 THEN event_on - 20 * n END
            WHEN kind < 9 THEN event_on - 20 * (n - 1)
            WHEN kind < 17 THEN CASE WHEN n > 1 THEN event_on END
            WHEN kind < 19 THEN event_on - 20 * n
            ELSE event_on END
FROM made, generate_series(1, 3) AS n
WHERE n <= CASE WHEN kind < 9 THEN 3 WHEN kind < 13 THEN 0 WHEN kind < 19 THEN 2 ELSE 1 END;

INSERT INTO view_rights_viewright (id, dossier_id, unit_id, granted_on, opened_at, relation, rule, rule_version,
                                   rule_status, rule_gap, anchor_event, anchor_on, last_day, ends_by, held, closing_reason,
                                   name_key)
SELECT i, i, unit_id, CASE WHEN kind BETWEEN 9 AND 12 THEN event_on ELSE begun_on END, begun_on,
       CASE WHEN kind < 9 OR kind = 19 THEN 'executor' WHEN kind < 13 THEN 'none' WHEN kind < 17 THEN 'owner'
            ELSE 'former_owner' END,
       CASE WHEN kind < 9 OR kind = 19 THEN 'closing.executor' WHEN kind < 13 THEN 'closing.no-activity'
            ELSE 'closing.owner.TIBB4' END,
       '2000-01-01', CASE WHEN kind BETWEEN 13 AND 18 THEN 'assumption' ELSE 'verified' END, kind = 19,
       CASE WHEN kind < 5 OR kind BETWEEN 13 AND 16 THEN '' WHEN kind < 9 OR kind = 19 THEN 'activity_closed'
            WHEN kind < 13 THEN 'granted' ELSE 'ownership_ended' END,
       CASE WHEN kind < 5 OR kind BETWEEN 13 AND 16 THEN NULL ELSE event_on END,
       CASE WHEN kind < 5 OR kind BETWEEN 13 AND 16 THEN NULL ELSE last_day END, 'term', '', '',
       'familie ' || i % 5000 || chr(9) || 'voornaam'
FROM made;
INSERT INTO view_rights_grant (id, dossier_id, unit_id, right_id, assignment_id, form_id, ground, granted_on)
SELECT i, i, unit_id, i, CASE WHEN owns THEN i END, CASE WHEN NOT owns THEN i END,
       CASE WHEN owns THEN 'assignment' ELSE 'form' END, CASE WHEN kind BETWEEN 9 AND 12 THEN event_on ELSE begun_on END
FROM (SELECT *, kind BETWEEN 13 AND 18 AS owns FROM made) AS grounded;

INSERT INTO dossiers_clientversion (recorded_at, holds_from, recorded_by, source, client_id, insz, family_name, given_name,
    nis_code)
SELECT event_on, event_on, 'import', 'import', id, insz, family_name, given_name, nis_code
FROM dossiers_client JOIN made ON made.i = dossiers_client.id;
INSERT INTO dossiers_assignmentversion (recorded_at, holds_from, recorded_by, source, assignment_id, dossier_id, unit_id,
    service_id, makes_owner, assigned_on, ended_on, end_reason, ended_by, contact)
SELECT assigned_on, assigned_on, 'import', 'import', id, dossier_id, unit_id, service_id, makes_owner, assigned_on,
    ended_on, end_reason, ended_by, contact FROM dossiers_assignment;
INSERT INTO consents_consentformversion (recorded_at, holds_from, recorded_by, source, form_id, dossier_id, unit_id,
    purpose, route, completed_on, granted_on, informed_of_actiris, state, missing, remark)
SELECT granted_on, granted_on, 'import', 'import', id, dossier_id, unit_id, purpose, route, completed_on, granted_on,
    informed_of_actiris, state, missing, remark FROM consents_consentform;
INSERT INTO dossiers_activityversion (recorded_at, holds_from, recorded_by, source, activity_id, dossier_id, unit_id,
    kind, title, course_number, outsourcing_number, started_on, closed_on)
SELECT started_on, started_on, 'import', 'import', id, dossier_id, unit_id, kind, title, course_number,
    outsourcing_number, started_on, closed_on
FROM dossiers_activity;
INSERT INTO view_rights_viewrightversion (recorded_at, holds_from, recorded_by, source, right_id, dossier_id, unit_id,
    granted_on, relation, rule, rule_version, rule_status, rule_gap, anchor_event, anchor_on, last_day, ends_by, held,
    closing_reason)
SELECT granted_on, granted_on, 'import', 'import', id, dossier_id, unit_id, granted_on, relation, rule, rule_version,
    rule_status, rule_gap, anchor_event, anchor_on, last_day, ends_by, held, closing_reason FROM view_rights_viewright;
INSERT INTO view_rights_grantversion (recorded_at, holds_from, recorded_by, source, grant_id, right_id, dossier_id,
    unit_id, ground, granted_on)
SELECT granted_on, granted_on, 'import', 'import', id, right_id, dossier_id, unit_id, ground, granted_on
FROM view_rights_grant;
