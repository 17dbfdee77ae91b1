CREATE TABLE top (id int, x int);
CREATE TABLE l (ll int) INHERITS (top);
CREATE TABLE r (rr int) INHERITS (top);
CREATE TABLE bottom (bb int) INHERITS (l, r);
INSERT INTO bottom VALUES (1, 2, 3, 4, 5);
-- to
CREATE TABLE top (id bigint, y text DEFAULT 'y', CONSTRAINT odd CHECK (id <> 3));
CREATE TABLE l (ll int) INHERITS (top);
CREATE TABLE r (rr int) INHERITS (top);
CREATE TABLE bottom (bb int) INHERITS (l, r);
-- rows
SELECT id = 1 AND ll = 3 AND rr = 4 AND bb = 5 AND y = 'y' FROM bottom;
