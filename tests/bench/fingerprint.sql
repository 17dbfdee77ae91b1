-- fingerprint - the least that knowing that nothing changed can cost
--
-- Of each catalog that DDL may write: how many rows there are, and a sum over who
-- wrote them. Asked by pgfloor, beside a push that finds nothing to do.
SELECT md5(string_agg(h, ',')) FROM (
SELECT 'ns'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_namespace x WHERE x.oid IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'class'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_class x WHERE x.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'att'||count(*)||':'||coalesce(sum(hashint8extended((x.attrelid::int8<<16)+x.attnum, x.xmin::text::int8)),0)
 FROM pg_attribute x JOIN pg_class c ON c.oid=x.attrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public') AND x.attnum>0
UNION ALL SELECT 'con'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_constraint x WHERE x.connamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'def'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_attrdef x JOIN pg_class c ON c.oid=x.adrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'idx'||count(*)||':'||coalesce(sum(hashint8extended(x.indexrelid::int8, x.xmin::text::int8)),0)
 FROM pg_index x JOIN pg_class c ON c.oid=x.indrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'seq'||count(*)||':'||coalesce(sum(hashint8extended(x.seqrelid::int8, x.xmin::text::int8)),0)
 FROM pg_sequence x JOIN pg_class c ON c.oid=x.seqrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'trg'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_trigger x JOIN pg_class c ON c.oid=x.tgrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'rw'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_rewrite x JOIN pg_class c ON c.oid=x.ev_class WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pol'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_policy x JOIN pg_class c ON c.oid=x.polrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'inh'||count(*)||':'||coalesce(sum(hashint8extended(x.inhrelid::int8, x.xmin::text::int8)),0)
 FROM pg_inherits x JOIN pg_class c ON c.oid=x.inhrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'part'||count(*)||':'||coalesce(sum(hashint8extended(x.partrelid::int8, x.xmin::text::int8)),0)
 FROM pg_partitioned_table x JOIN pg_class c ON c.oid=x.partrelid WHERE c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'ft'||count(*)||':'||coalesce(sum(hashint8extended(x.ftrelid::int8, x.xmin::text::int8)),0)
 FROM pg_foreign_table x WHERE true
UNION ALL SELECT 'fs'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_foreign_server x WHERE true
UNION ALL SELECT 'typ'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_type x WHERE x.typnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'enum'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_enum x JOIN pg_type t ON t.oid=x.enumtypid WHERE t.typnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'rng'||count(*)||':'||coalesce(sum(hashint8extended(x.rngtypid::int8, x.xmin::text::int8)),0)
 FROM pg_range x JOIN pg_type t ON t.oid=x.rngtypid WHERE t.typnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'proc'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_proc x WHERE x.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'agg'||count(*)||':'||coalesce(sum(hashint8extended(x.aggfnoid::oid::int8, x.xmin::text::int8)),0)
 FROM pg_aggregate x JOIN pg_proc c ON c.oid=x.aggfnoid WHERE c.pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'stx'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_statistic_ext x WHERE x.stxnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_operator'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_operator x WHERE x.oprnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_opclass'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_opclass x WHERE x.opcnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_opfamily'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_opfamily x WHERE x.opfnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_conversion'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_conversion x WHERE x.connamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_collation'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_collation x WHERE x.collnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_ts_config'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_ts_config x WHERE x.cfgnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_ts_dict'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_ts_dict x WHERE x.dictnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_ts_parser'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_ts_parser x WHERE x.prsnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_ts_template'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_ts_template x WHERE x.tmplnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'tsm'||count(*)||':'||coalesce(sum(hashint8extended((x.mapcfg::int8<<16)+x.maptokentype, x.xmin::text::int8)),0)
 FROM pg_ts_config_map x JOIN pg_ts_config t ON t.oid=x.mapcfg WHERE t.cfgnamespace IN (SELECT oid FROM pg_namespace WHERE nspname='public')
UNION ALL SELECT 'pg_extension'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_extension x WHERE x.oid>=16384
UNION ALL SELECT 'pg_event_trigger'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_event_trigger x WHERE x.oid>=16384
UNION ALL SELECT 'pg_default_acl'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_default_acl x WHERE x.oid>=16384
UNION ALL SELECT 'pg_publication'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_publication x WHERE x.oid>=16384
UNION ALL SELECT 'pg_publication_rel'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_publication_rel x WHERE x.oid>=16384
UNION ALL SELECT 'pg_publication_namespace'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_publication_namespace x WHERE x.oid>=16384
UNION ALL SELECT 'pg_cast'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_cast x WHERE x.oid>=16384
UNION ALL SELECT 'pg_language'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_language x WHERE x.oid>=16384
UNION ALL SELECT 'pg_evt_dis'||count(*)||':'||coalesce(sum(hashint8extended(x.oid::int8, x.xmin::text::int8)),0)
 FROM pg_event_trigger x WHERE true
UNION ALL SELECT 'desc'||count(*)||':'||coalesce(sum(hashint8extended((x.objoid::int8<<16)+x.objsubid, x.xmin::text::int8)),0)
 FROM pg_description x WHERE x.objoid>=16384 or x.classoid='pg_namespace'::regclass
UNION ALL SELECT 'sec'||count(*)||':'||coalesce(sum(hashint8extended((x.objoid::int8<<16)+x.objsubid, x.xmin::text::int8)),0)
 FROM pg_seclabel x WHERE true
) q(h);
