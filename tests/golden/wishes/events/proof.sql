INSERT INTO events (at, kind, payload, tags)
VALUES ('2026-11-05 23:30+00', 'login', '{"user_id": "7"}', '{a,b}'),
       ('2027-01-01 00:00+00', 'logout', '{}', '{}');
DO $$
BEGIN
	ASSERT (SELECT count(*) = 1 FROM events_november
	    WHERE user_id = '7' AND day = '2026-11-05' AND tags[2] = 'b'),
	    'a row of november is in its partition, with what is generated';
	ASSERT (SELECT count(*) = 1 FROM events_others), 'the rest is there';
	INSERT INTO outages (machine, during) VALUES ('db1', '[2026-01-01, 2026-01-03)');
	BEGIN
		INSERT INTO outages (machine, during) VALUES ('db1', '[2026-01-02, 2026-01-04)');
		RAISE 'a machine is down twice at once';
	EXCEPTION WHEN exclusion_violation THEN
	END;
	ASSERT nextval('ticket_no') = 1000 AND nextval('ticket_no') = 1005, 'the sequence';
END $$;
