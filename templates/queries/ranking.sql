-- 排名：同一轮次的单位，都看反馈以后第同样多天的整改完成率；不满五个问题的不排。
-- 那是这一轮里反馈最晚的一本台账到这一天的天数。
WITH counted AS (
  SELECT p.round AS round, p.days AS days, p.ledger_id AS ledger_id, p.unit AS unit,
    COUNT(*) AS findings,
    SUM(CASE WHEN s.rectified THEN 1 ELSE 0 END) AS rectified
  FROM asked_paces p
  JOIN standing_at_pace s ON s.ledger_id = p.ledger_id
  WHERE NOT s.withdrawn
  GROUP BY p.round, p.days, p.ledger_id, p.unit
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
