-- A lease belongs to one execution, not to the run: a run that is queued twice is worked on once.
ALTER TABLE connections ADD COLUMN lease_holder uuid;
