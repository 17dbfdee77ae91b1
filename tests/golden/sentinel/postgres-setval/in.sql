SELECT pg_catalog.setval('public.t_id_seq', 12, true);
SELECT setval(pg_get_serial_sequence('t', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM t), false);
SELECT setval('x', drop_all());
SELECT 1, setval('x', 3);
ALTER TABLE t ADD COLUMN c bigint DEFAULT setval('x', 3);
