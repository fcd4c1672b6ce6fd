-- A thousand duties: claim, move, write the edge and the notice, in one statement.
WITH due AS (
    SELECT id FROM reference.duty WHERE next_action_at <= now() + interval '1 minute' AND closed_at IS NULL
    ORDER BY next_action_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
), moved AS (
    UPDATE reference.duty d
    SET next_rung = next_rung + 1, next_action_at = now() + interval '1 day', clock_set_at = now()
    FROM due WHERE d.id = due.id RETURNING d.*
), edges AS (
    INSERT INTO reference.edge (duty_id, kind, at, rung, round, climb, late_by_us, note, by_id)
    SELECT id, 'rung', now(), next_rung, round, climb, false, '', opened_by_id FROM moved
)
INSERT INTO reference.notice (
    duty_id, facility_id, rung, round, climb, to_patient, to_role, template, critical, late_by_us, expires_at,
    made_at, send_at, state, state_reason, tries)
SELECT id, facility_id, next_rung, round, climb, false, owner_role, 'duty', false, false, now() + interval '1 day',
    now(), now(), 'waiting', '', 0
FROM moved
