-- A copy of our tables, with their shape, checks and indexes and without their triggers and foreign keys: what a tick
-- must at least move are the same duties, among the same others.
CREATE SCHEMA reference;
CREATE TABLE reference.duty (LIKE public.duties_duty INCLUDING ALL);
CREATE TABLE reference.edge (LIKE public.duties_dutyevent INCLUDING ALL);
CREATE TABLE reference.notice (LIKE public.duties_notice INCLUDING ALL);
INSERT INTO reference.duty SELECT * FROM public.duties_duty;
INSERT INTO reference.edge SELECT * FROM public.duties_dutyevent;
INSERT INTO reference.notice SELECT * FROM public.duties_notice;
SELECT setval(pg_get_serial_sequence('reference.edge', 'id'), max(id)) FROM reference.edge;
