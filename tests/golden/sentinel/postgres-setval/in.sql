SELECT pg_catalog.setval(pg_get_serial_sequence('public.t', 'id'), max(id)) FROM public.t HAVING max(id) >= 1;
SELECT pg_catalog.setval(pg_get_serial_sequence('"Odd"', 'I d'), min("I d")) FROM "Odd" HAVING min("I d") <= -1;
SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'id'), min(id)) FROM t HAVING min(id) >= 1;
SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'id'), max(id)) FROM u HAVING max(id) >= 1;
SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'id'), max(id)) FROM t, drop_all() HAVING max(id) >= 1;
SELECT pg_catalog.setval(pg_get_serial_sequence('t', 'id'), max(id)) FROM t HAVING max(id) >= f();
SELECT setval('s', 1);