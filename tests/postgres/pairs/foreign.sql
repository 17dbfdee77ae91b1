-- to
CREATE EXTENSION postgres_fdw;
CREATE SERVER srv FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x', dbname 'y');
CREATE FOREIGN TABLE ft (id int, a text OPTIONS (column_name 'b')) SERVER srv OPTIONS (table_name 'z');
