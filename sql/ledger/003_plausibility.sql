-- Whether later tasks may rely on a completed run: what was measured at its end, why that is not plausible, until when it counts as recent,
-- and who has overruled the doubt. Written in the transaction that ends the run; a run without sweep_safe_until was never checked.
ALTER TABLE :"ledger".run
  ADD COLUMN implausible      text NOT NULL DEFAULT '',  -- empty: plausible, if the run is completed
  ADD COLUMN measures         jsonb,                     -- shares of the planned rows in percent, by name; later runs compare with them
  ADD COLUMN sweep_safe_until timestamptz,
  ADD COLUMN approved_at      timestamptz,
  ADD COLUMN approved_by      text,
  ADD COLUMN approved_reason  text,
  ADD CHECK (num_nonnulls(approved_at, approved_by, approved_reason) IN (0, 3)),
  ADD CHECK (approved_at IS NULL OR (state = 'completed' AND implausible <> ''));
