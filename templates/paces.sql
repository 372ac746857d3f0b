-- The day of each ledger on which its round is compared: as many days after its feedback as the
-- ledger of the round that had its own last has had by the day asked for.
WITH pace AS (
  SELECT i.round AS round, MIN(CAST(a.day - i.feedback_on AS INT)) AS days
  FROM inspections i
  JOIN asked_days a ON a.ledger_id = i.ledger_id
  WHERE i.is_read AND i.round IS NOT NULL AND i.feedback_on <= a.day
  GROUP BY i.round
)
SELECT i.ledger_id AS ledger_id, i.feedback_on + p.days AS day, i.unit AS unit, i.round AS round,
  p.days AS days
FROM inspections i
JOIN pace p ON p.round = i.round
WHERE i.is_read AND i.feedback_on IS NOT NULL
