CREATE FUNCTION shout(p people) RETURNS text LANGUAGE sql STABLE AS
	'SELECT upper(p.name)';
