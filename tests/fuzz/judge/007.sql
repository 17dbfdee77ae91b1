/* /* */ DROP TABLE t -- */
*/ DROP TABLE t