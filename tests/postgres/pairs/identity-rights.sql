CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, v text);
GRANT ALL ON SEQUENCE t_id_seq TO pairs_reader;
CREATE TABLE gone (id bigint GENERATED ALWAYS AS IDENTITY);
GRANT ALL ON SEQUENCE gone_id_seq TO pairs_reader;
-- to
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, v text);
GRANT USAGE ON SEQUENCE t_id_seq TO pairs_reader, pairs_writer;
