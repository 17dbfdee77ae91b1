CREATE TABLE t (id int, a text DEFAULT 'x', b int DEFAULT 1, c timestamptz, d jsonb, e text[] DEFAULT '{}', f bool);
-- to
CREATE TABLE t (id int, a text DEFAULT 'it''s', b int, c timestamptz DEFAULT now(), d jsonb DEFAULT '{"a": 1}', e text[] DEFAULT ARRAY['a','b'], f bool DEFAULT (1 > 0));
