CREATE TABLE nodes (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES nodes (id)
);
CREATE INDEX nodes_parent ON nodes (parent_id);
