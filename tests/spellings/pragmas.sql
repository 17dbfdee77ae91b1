-- All that SQLite says of its tables, to the letter.
SELECT name, type, iif(type = 'table', ncol, 0), wr, strict
  FROM pragma_table_list WHERE schema = 'main'
  AND name NOT LIKE '#_deesse%' ESCAPE '#'
  AND name NOT LIKE 'sqlite#_%' ESCAPE '#' ORDER BY name;
SELECT m.name, p.* FROM sqlite_schema m, pragma_table_xinfo(m.name) p
  WHERE m.type IN ('table', 'view') AND m.name NOT LIKE '#_deesse%' ESCAPE '#'
  ORDER BY m.name, p.cid;
SELECT m.name, p.* FROM sqlite_schema m, pragma_foreign_key_list(m.name) p
  WHERE m.type = 'table' AND m.name NOT LIKE '#_deesse%' ESCAPE '#'
  ORDER BY m.name, p.id, p.seq;
SELECT m.name, p.* FROM sqlite_schema m, pragma_index_list(m.name) p
  WHERE m.type = 'table' AND m.name NOT LIKE '#_deesse%' ESCAPE '#'
  ORDER BY m.name, p.seq;
SELECT m.name, i.name, p.* FROM sqlite_schema m,
  pragma_index_list(m.name) i, pragma_index_xinfo(i.name) p
  WHERE m.type = 'table' AND m.name NOT LIKE '#_deesse%' ESCAPE '#'
  ORDER BY m.name, i.seq, p.seqno;
-- up to the first comment, for one at the end is not kept
SELECT name, rtrim(substr(sql, 1, min(instr(sql || '--', '--'),
    instr(sql || '/*', '/*')) - 1), ' ;' || char(9, 10))
  FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name;
