-- First key of the advisory locks of c: of a run, whose second key is a step, or of a chunk, whose second key is its number.
hashtext(c.tableoid::text || ' ' || c.run_id)
