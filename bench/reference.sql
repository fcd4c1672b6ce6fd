-- Tables of the shape, checks and indexes of ours, without their triggers and foreign keys: what a tick must at least move.
CREATE SCHEMA reference;
CREATE TABLE reference.duty (LIKE public.duties_duty INCLUDING ALL);
CREATE TABLE reference.edge (LIKE public.duties_dutyevent INCLUDING ALL);
CREATE TABLE reference.notice (LIKE public.duties_notice INCLUDING ALL);
INSERT INTO reference.duty (id, version, facility_id, ladder_id, keeps_thread, once, note, owner_role, opened_at,
    opened_by_id, due_at, anchor_at, anchor_offset, next_rung, round, climb, next_action_at, clock_set_at,
    outcome, close_reason)
SELECT uuidv7(), 1, d.facility_id, d.ladder_id, false, '', '', d.owner_role, now(), d.opened_by_id, now(), now(),
    interval '0', 0, 0, 0, now() + n * interval '1 millisecond', now(), '', ''
FROM (SELECT * FROM public.duties_duty LIMIT 1) d, generate_series(1, 20000) n;
ANALYZE reference.duty;
