CREATE VIEW "page titles" AS
	SELECT p.path, t."Title" AS title, t."Locale" AS locale FROM pages p JOIN "page-texts" t ON t.page_id = p.id;
