-- The "please wait" mark of the screens, on all settings rows. Its own short transaction, so that it is seen at once.
UPDATE :"conflict".settings SET "InProgressFlag" = :'flag'::integer WHERE "InProgressFlag" IS DISTINCT FROM :'flag'::integer;
