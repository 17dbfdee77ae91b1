-- A shop, as somebody writes it who knows SQLite: checks, partial indexes,
-- composite keys, a tree of categories.
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (length(email) <= 254),
  name TEXT NOT NULL CHECK (length(name) >= 1) CHECK (length(name) <= 120),
  tier TEXT NOT NULL DEFAULT 'basic' CHECK (tier IN ('basic', 'plus', 'trade')),
  newsletter BOOLEAN NOT NULL DEFAULT 0 CHECK (newsletter IN (0, 1)),
  credit DECIMAL(12,2) NOT NULL DEFAULT 0 CHECK (credit >= 0),
  born DATE,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES categories (id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE CHECK (slug = lower(slug)),
  UNIQUE (parent_id, name)
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  category_id INTEGER NOT NULL REFERENCES categories (id) ON DELETE RESTRICT,
  sku TEXT NOT NULL CONSTRAINT products_sku_unique UNIQUE,
  title TEXT NOT NULL,
  price DECIMAL(12,2) NOT NULL CHECK (price >= 0),
  stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0) CHECK (stock <= 1000000),
  weight REAL CHECK (weight > 0),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (tags IS NULL OR json_valid(tags)),
  photo BLOB CHECK (length(photo) <= 1048576),
  gross DECIMAL(12,2) GENERATED ALWAYS AS (round(price * 1.19, 2)) STORED,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX products_category_id_idx ON products (category_id);
CREATE INDEX products_title ON products (lower(title));
CREATE INDEX products_sold_out ON products (updated_at DESC) WHERE stock = 0;
CREATE TABLE orders (
  id TEXT NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) CHECK (length(id) = 36),
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'sent', 'returned')),
  paid_at TIMESTAMP,
  sent_at TIMESTAMP,
  note TEXT,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT orders_sent_when_paid CHECK (sent_at IS NULL OR paid_at IS NOT NULL),
  CHECK (paid_at <= sent_at)
);
CREATE INDEX orders_open ON orders (customer_id, created_at DESC) WHERE state = 'open';
CREATE TABLE order_lines (
  order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number BETWEEN -32768 AND 32767) CHECK (number >= 1),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity >= 1),
  price DECIMAL(12,2) NOT NULL,
  PRIMARY KEY (order_id, number)
) WITHOUT ROWID;
CREATE TABLE refunds (
  id INTEGER PRIMARY KEY,
  order_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  reason TEXT,
  FOREIGN KEY (order_id, number) REFERENCES order_lines (order_id, number) ON DELETE CASCADE
);
CREATE TABLE product_relations (
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  related_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  PRIMARY KEY (product_id, related_id)
);
CREATE TABLE favourites (
  customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  product_id INTEGER NOT NULL REFERENCES products (id) ON DELETE CASCADE,
  since DATE NOT NULL DEFAULT CURRENT_DATE,
  PRIMARY KEY (customer_id, product_id)
);
CREATE VIEW bestsellers AS
SELECT p.id, p.title, sum(l.quantity) AS sold
FROM products p JOIN order_lines l ON l.product_id = p.id
GROUP BY p.id -- the best first:
ORDER BY sold DESC;
CREATE TRIGGER orders_touch AFTER UPDATE ON orders
WHEN new.updated_at = old.updated_at
BEGIN
  UPDATE orders SET updated_at = CURRENT_TIMESTAMP WHERE id = new.id;
END;
CREATE TRIGGER lines_take_stock AFTER INSERT ON order_lines BEGIN
  UPDATE products SET stock = stock - new.quantity WHERE id = new.product_id;
END;
