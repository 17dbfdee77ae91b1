ALTER TYPE address ADD ATTRIBUTE zip character varying(5);
ALTER TYPE address ADD ATTRIBUTE flags bit varying(5);
ALTER TYPE address ADD ATTRIBUTE zip text COLLATE varying(5);
CREATE VIEW v AS SELECT varying(1);
