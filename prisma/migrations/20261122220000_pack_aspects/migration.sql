-- Packs hold some columns of their series once more in fewer rows: what was packed without is packed anew.
TRUNCATE "fact_packs";
