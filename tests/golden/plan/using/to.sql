CREATE TABLE goods (id INTEGER PRIMARY KEY, price INTEGER, state BOOLEAN NOT NULL);
-- was goods.state old_state
-- using goods.price CAST(replace(price, ',', '') AS INTEGER)
-- using goods.state state = 'yes'
-- backfill goods.state 0
