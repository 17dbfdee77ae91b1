-- comments in the text
CREATE TABLE t(a INT, -- first
  b INT /* second, with ) and ' */, c TEXT DEFAULT 'x--y');
-- rows --
INSERT INTO t(a) VALUES (1);
-- to --
CREATE TABLE t(a INT NOT NULL, -- first
  b INT /* second, with ) and ' */, c TEXT DEFAULT 'x--y' /* last */);
-- wants --
set-not-null t.a 0
