SELECT 1 AS x \gset
CREATE TABLE :x (a int)