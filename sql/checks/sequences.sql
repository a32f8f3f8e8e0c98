-- The sequence for the ID of new reminders, from a column default or an identity. No row when IDs come from elsewhere.
SELECT format('%I.%I', n.nspname, s.relname) AS sequence, quote_literal(format('%I.%I', n.nspname, s.relname)) AS literal,
       format('%I.payer_provider_reminders', :'conflict_schema') AS reminders, quote_ident(current_user) AS role,
       a.attidentity <> '' OR has_sequence_privilege(s.oid, 'USAGE, UPDATE') AS usable, has_sequence_privilege(s.oid, 'SELECT') AS readable
  FROM pg_attribute AS a
  LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  JOIN pg_depend AS o ON (o.classid = 'pg_attrdef'::regclass AND o.objid = d.oid AND o.refclassid = 'pg_class'::regclass)
                      OR (o.refclassid = 'pg_class'::regclass AND o.refobjid = a.attrelid AND o.refobjsubid = a.attnum AND o.deptype = 'i')
  JOIN pg_class AS s ON s.relkind = 'S' AND s.oid = CASE WHEN o.classid = 'pg_attrdef'::regclass THEN o.refobjid ELSE o.objid END
  JOIN pg_namespace AS n ON n.oid = s.relnamespace
 WHERE a.attrelid = to_regclass(format('%I.payer_provider_reminders', :'conflict_schema')) AND a.attname = 'ID'
 LIMIT 1;
