-- indexes of a new table keep their order where the second is referred to
CREATE TABLE z(a);
-- rows --
-- to --
CREATE TABLE z(a);
CREATE TABLE a(k, l, m, FOREIGN KEY (k, m) REFERENCES b(k, m));
CREATE UNIQUE INDEX a_kl ON a(k, l);
CREATE UNIQUE INDEX a_km ON a(k, m);
CREATE TABLE b(k, l, m, FOREIGN KEY (k, m) REFERENCES a(k, m));
CREATE UNIQUE INDEX b_kl ON b(k, l);
CREATE UNIQUE INDEX b_km ON b(k, m);
-- wants --
