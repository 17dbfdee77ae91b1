CREATE VIEW sent AS SELECT id FROM posts WHERE state = 'sent';
