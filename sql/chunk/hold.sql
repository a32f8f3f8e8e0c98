-- First statement of every chunk transaction. No row: the fence is old, the worker must not touch anything.
-- The staging tables are analysed in every chunk; a sample of 3,000 rows tells the planner as much as the default of 30,000.
-- A chunk's rows are in memory once it has claimed them: finding one again costs no seek, so the whole table is not scanned to do it.
-- The row lock lasts to the end of the transaction and is what keeps others from taking the chunk over, however long the update runs.
SELECT set_config('statement_timeout', :'statement_timeout', true), set_config('work_mem', '64MB', true),
       set_config('default_statistics_target', '10', true), set_config('random_page_cost', '1.1', true)
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing'
   FOR UPDATE NOWAIT;
