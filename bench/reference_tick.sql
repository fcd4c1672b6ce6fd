-- A thousand duties: claim, move, write the edge and the notice, in one statement.
WITH due AS (
    SELECT id FROM reference.duty WHERE next_action_at <= now() + interval '1 minute'
    ORDER BY next_action_at LIMIT 1000 FOR NO KEY UPDATE SKIP LOCKED
), moved AS (
    UPDATE reference.duty d SET next_rung = next_rung + 1, next_action_at = now() + interval '1 day'
    FROM due WHERE d.id = due.id RETURNING d.id, d.next_rung
), edges AS (
    INSERT INTO reference.edge (duty_id, rung, at) SELECT id, next_rung, now() FROM moved
)
INSERT INTO reference.notice (duty_id, rung, send_at) SELECT id, next_rung, now() FROM moved
