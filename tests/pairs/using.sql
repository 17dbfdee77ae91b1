-- values that are converted as the collection says
CREATE TABLE t(id INTEGER PRIMARY KEY, price TEXT, same TEXT, yes TEXT, whole REAL);
-- rows --
INSERT INTO t VALUES (1, '12,50', '7', 'yes', 1.0), (2, NULL, '08', 'no', 2.5), (5, '3,00', NULL, NULL, 3.0);
-- to --
CREATE TABLE t(id INTEGER PRIMARY KEY, price INTEGER, same INTEGER, active BOOLEAN, whole INTEGER);
-- was t.active yes
-- using t.price CAST(replace(price, ',', '') AS INTEGER)
-- using t.same CAST(same AS INTEGER)
-- using t.active active = 'yes'
-- using t.whole CAST(whole AS INTEGER)
-- wants --
type-using t.price 2
type-using t.same 1
type-using t.active 2
type-using t.whole 1
