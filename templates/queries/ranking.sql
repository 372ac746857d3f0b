-- 排名：同一轮次的单位，都看反馈以后第同样多天的整改完成率；不满五个问题的不排。
-- 那是这一轮里反馈最晚的一本台账到这一天的天数。
WITH pace AS (
  SELECT i.round AS round, MIN(CAST(d.day - i.feedback_on AS INT)) AS days
  FROM inspections i
  CROSS JOIN asked_days d
  WHERE i.is_read AND i.round IS NOT NULL AND i.feedback_on <= d.day
  GROUP BY i.round
), looked_at AS (
  SELECT i.ledger_id AS ledger_id, i.unit AS unit, i.round AS round, p.days AS days,
    i.feedback_on + p.days AS day
  FROM inspections i
  JOIN pace p ON p.round = i.round
  WHERE i.is_read
), counted AS (
  SELECT l.round AS round, l.days AS days, l.ledger_id AS ledger_id, l.unit AS unit,
    COUNT(*) AS findings,
    SUM(CASE WHEN p.rectified THEN 1 ELSE 0 END) AS rectified
  FROM looked_at l
  JOIN standing_periods p ON p.ledger_id = l.ledger_id
    AND p.from_day <= l.day AND (p.until_day IS NULL OR l.day < p.until_day)
  WHERE NOT p.withdrawn
  GROUP BY l.round, l.days, l.ledger_id, l.unit
)
SELECT
  c.round AS "轮次",
  c.days AS "反馈后天数",
  RANK() OVER (PARTITION BY c.round ORDER BY 1.0 * c.rectified / c.findings DESC) AS "名次",
  c.ledger_id AS "台账",
  c.unit AS "被巡察单位",
  c.findings AS "问题",
  c.rectified AS "整改完成",
  ROUND(100.0 * c.rectified / c.findings, 1) AS "整改完成率"
FROM counted c
WHERE c.findings >= 5
ORDER BY 1, 3, 4
