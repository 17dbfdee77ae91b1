CREATE AGGREGATE gone(VARIADIC "any" ORDER BY VARIADIC "any") (
	sfunc = ordered_set_transition_multi, stype = internal,
	finalfunc = rank_final, finalfunc_extra, hypothetical);
-- to
CREATE AGGREGATE mine(VARIADIC "any" ORDER BY VARIADIC "any") (
	sfunc = ordered_set_transition_multi, stype = internal,
	finalfunc = rank_final, finalfunc_extra, hypothetical);
CREATE TABLE l0 (id int GENERATED ALWAYS AS IDENTITY);
