-- TEXT to DECIMAL(10,2)
CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT);
-- rows --
INSERT INTO t(v) VALUES ('00123'), ('1'), (' 2'), ('-5'), ('+6'), ('1e3'), ('1.0'), ('0x10'), ('abc'), ('12abc'), (''), ('.5'), ('5.'), ('9223372036854775808'), ('9007199254740993'), ('1-2'), ('Inf'), (NULL), (x'31'), ('2020-01-01'), ('0.1'), ('1e400'), ('0.10');
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, v DECIMAL(10,2));
-- wants --
type-affinity t.v 10
