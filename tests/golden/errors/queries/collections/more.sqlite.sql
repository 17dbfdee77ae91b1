CREATE TRIGGER touches AFTER INSERT ON posts BEGIN
	UPDATE posts SET titel = new.titlee WHERE id = new.id;
END;
