CREATE EXTENSION postgres_fdw;
CREATE SERVER srv VERSION '1' FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host 'h', dbname 'it''s');
CREATE FOREIGN TABLE ft(id int) SERVER srv OPTIONS (table_name 'q');
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, STOPWORDS = english);
-- to
CREATE EXTENSION postgres_fdw;
CREATE SERVER srv VERSION '2' FOREIGN DATA WRAPPER postgres_fdw
	OPTIONS (host 'other', port '1');
CREATE FOREIGN TABLE ft(id int, n text) SERVER srv OPTIONS (table_name 'r');
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, ACCEPT = false);
