-- 完成率：每本台账的各个率，都写明分子和分母；撤销登记的不在内。
SELECT
  s.ledger_id AS "台账",
  i.unit AS "被巡察单位",
  COUNT(*) AS "问题",
  SUM(s.measures_done) AS "完成措施",
  SUM(s.measures) AS "措施",
  ROUND(100.0 * SUM(s.measures_done) / NULLIF(SUM(s.measures), 0), 1) AS "措施完成率",
  SUM(CASE WHEN s.rectified THEN 1 ELSE 0 END) AS "整改完成",
  ROUND(100.0 * SUM(CASE WHEN s.rectified THEN 1 ELSE 0 END) / COUNT(*), 1) AS "整改完成率",
  SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) AS "已销号",
  ROUND(100.0 * SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) / COUNT(*), 1) AS "销号率",
  SUM(CASE WHEN s.recognised THEN 1 ELSE 0 END) AS "上级认可",
  ROUND(100.0 * SUM(CASE WHEN s.recognised THEN 1 ELSE 0 END) / COUNT(*), 1) AS "认可率"
FROM standing s
JOIN inspections i ON i.ledger_id = s.ledger_id
WHERE NOT s.withdrawn
GROUP BY s.ledger_id, i.unit
ORDER BY s.ledger_id
