CREATE TRIGGER touch AFTER UPDATE OF views ON posts BEGIN UPDATE users SET name = 'y;' WHERE id = NEW.author_id; END;
