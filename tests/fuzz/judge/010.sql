CREATE TABLE made (a int);-- '
DROP TABLE t -- '