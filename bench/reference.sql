-- The least a table of duties can be: what the reference tick moves. Two columns of weight, the index of the clock.
CREATE SCHEMA reference;
CREATE TABLE reference.duty (
    id uuid PRIMARY KEY, patient_id uuid, facility_id uuid, next_rung smallint NOT NULL, next_action_at timestamptz
);
CREATE TABLE reference.edge (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, duty_id uuid NOT NULL, rung smallint NOT NULL,
    at timestamptz NOT NULL, UNIQUE (duty_id, rung)
);
CREATE TABLE reference.notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, duty_id uuid NOT NULL, rung smallint NOT NULL,
    send_at timestamptz NOT NULL, UNIQUE (duty_id, rung)
);
INSERT INTO reference.duty
SELECT uuidv7(), uuidv7(), uuidv7(), 0, now() + n * interval '1 millisecond' FROM generate_series(1, 20000) n;
CREATE INDEX ON reference.duty (next_action_at) WHERE next_action_at IS NOT NULL;
ANALYZE reference.duty;
