CREATE TABLE goods (id INTEGER PRIMARY KEY, price TEXT, old_state TEXT);
INSERT INTO goods VALUES (1, '12,50', 'yes'), (2, NULL, NULL), (3, '3,00', 'no');
