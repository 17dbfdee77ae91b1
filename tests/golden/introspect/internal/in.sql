CREATE TABLE mine (id INTEGER PRIMARY KEY AUTOINCREMENT, deesse TEXT);
CREATE TABLE _deesse_state (key TEXT PRIMARY KEY, value);
CREATE INDEX _deesse_state_value ON _deesse_state (value);
CREATE INDEX state_key ON _deesse_state (key);
CREATE TABLE _Deesse_History (id INTEGER PRIMARY KEY);
INSERT INTO mine (deesse) VALUES ('x');
CREATE INDEX mine_deesse ON mine (deesse);
ANALYZE;
