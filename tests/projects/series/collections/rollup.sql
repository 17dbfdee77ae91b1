CREATE MATERIALIZED VIEW daily AS
	SELECT device_id, date_trunc('day', at) AS day, avg(value) AS mean, min(value), max(value)
	FROM readings GROUP BY 1, 2;
CREATE UNIQUE INDEX daily_key ON daily (device_id, day);
CREATE FUNCTION refresh_daily() RETURNS void LANGUAGE sql AS $$ REFRESH MATERIALIZED VIEW CONCURRENTLY daily $$;
CREATE STATISTICS readings_stat (dependencies) ON device_id, quality FROM readings;
