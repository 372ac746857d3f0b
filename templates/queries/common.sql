-- 共性问题：两本以上台账都有的问题类别。
SELECT
  f.category AS "问题类别",
  COUNT(DISTINCT s.ledger_id) AS "台账",
  COUNT(*) AS "问题",
  SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) AS "已销号",
  SUM(CASE WHEN s.timing = '逾期' THEN 1 ELSE 0 END) AS "逾期"
FROM standing s
JOIN findings f ON f.finding_id = s.finding_id
WHERE f.category IS NOT NULL AND NOT s.withdrawn
GROUP BY f.category
HAVING COUNT(DISTINCT s.ledger_id) > 1
ORDER BY 2 DESC, 3 DESC, 1
