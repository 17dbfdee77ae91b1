INSERT INTO "FiBu"."KUNDEN-STAMM" ("Kd-Nr.") VALUES ('4711');
DO $$
BEGIN
	ASSERT (SELECT "AKTIV" = 'J' AND "TYP" = 0 FROM "FiBu"."KUNDEN-STAMM"), 'defaults';
	ASSERT (SELECT condeferrable FROM pg_constraint WHERE conname = 'FK$1'), 'FK$1';
	ASSERT (SELECT confmatchtype = 'f' FROM pg_constraint WHERE conname = 'FK$2'), 'FK$2';
	ASSERT to_regclass('"FiBu"."IX-1"') IS NOT NULL, 'IX-1';
	ASSERT to_regclass('"FiBu"."kunden-stamm"') IS NOT NULL, 'its little sister';
END $$;
