-- a check, a unique key and an index whose columns partly go, and come
CREATE TABLE ta (id int PRIMARY KEY);
CREATE TABLE tb (id int PRIMARY KEY);
CREATE TABLE m (id int PRIMARY KEY, a_id int UNIQUE REFERENCES ta, b_id int REFERENCES tb,
	CONSTRAINT m_check CHECK (num_nonnulls(a_id, b_id) = 1));
CREATE TABLE p (id int PRIMARY KEY, actor_id text NOT NULL, local bool,
	CONSTRAINT idx_actor UNIQUE (actor_id));
CREATE INDEX p_local ON p (local, actor_id);
-- to
CREATE TABLE tc (id int PRIMARY KEY);
CREATE TABLE tb (id int PRIMARY KEY);
CREATE TABLE m (id int PRIMARY KEY, b_id int REFERENCES tb, c_id int UNIQUE REFERENCES tc,
	CONSTRAINT m_check CHECK (num_nonnulls(b_id, c_id) = 1));
CREATE TABLE p (id int PRIMARY KEY, local bool, ap_id text NOT NULL,
	CONSTRAINT idx_actor UNIQUE (ap_id));
CREATE INDEX p_local ON p (local, ap_id);
