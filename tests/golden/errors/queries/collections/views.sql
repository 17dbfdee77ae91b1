-- a comment: naem
CREATE VIEW more AS
  SELECT u.name, u.emial
    FROM users u WHERE u.naem = '';
