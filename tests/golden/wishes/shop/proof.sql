INSERT INTO categories (name) VALUES ('Books');
INSERT INTO categories (name, parent_id) VALUES ('Maps', 1);
INSERT INTO products (sku, title, price) VALUES ('A-1', 'Atlas', 12.50);
INSERT INTO customers (email) VALUES ('a@example.org');
INSERT INTO orders (customer_id) VALUES (1);
INSERT INTO order_lines (order_id, line_no, product_id, quantity, unit_price)
VALUES (1, 1, 1, 2, 12.50);
INSERT INTO refunds (order_id, line_no, amount) VALUES (1, 1, 5);
DO $$
BEGIN
	ASSERT (SELECT total = 25 FROM order_lines), 'the total is generated';
	ASSERT (SELECT count(*) = 1 FROM open_orders), 'the view';
	BEGIN
		INSERT INTO categories (name, parent_id) VALUES ('MAPS', 1);
		RAISE 'two siblings of one name';
	EXCEPTION WHEN unique_violation THEN
	END;
	BEGIN
		INSERT INTO products (sku, title, price) VALUES ('a 1', 'x', 1);
		RAISE 'a sku that does not match';
	EXCEPTION WHEN check_violation THEN
	END;
	BEGIN
		INSERT INTO refunds (order_id, line_no, amount) VALUES (1, 2, 5);
		RAISE 'a refund of no line';
	EXCEPTION WHEN foreign_key_violation THEN
	END;
END $$;
