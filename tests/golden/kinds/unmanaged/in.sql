-- what nothing here can say is named, however it was asked for
CREATE CONVERSION backwards FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE OPERATOR FAMILY alone USING btree;
CREATE OPERATOR CLASS other_int4 FOR TYPE int4 USING btree AS
	OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int4, int4);
CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken,
	END = prsd_end, LEXTYPES = prsd_lextype);
CREATE ACCESS METHOD heaps TYPE TABLE HANDLER heap_tableam_handler;
CREATE LANGUAGE plother HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR int LANGUAGE sql
	(FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE TABLE notes (id bigint PRIMARY KEY, body text);
