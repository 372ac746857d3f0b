-- 屡改屡犯：以前的巡察已经指出过的问题。
SELECT
  s.finding_id AS "问题编号",
  f.title AS "问题",
  f.relation AS "关系",
  f.previous AS "上次",
  s.stage AS "整改状态",
  s.timing AS "时限情况"
FROM standing s
JOIN findings f ON f.finding_id = s.finding_id
WHERE (f.previous IS NOT NULL OR f.relation IS NOT NULL) AND NOT s.withdrawn
ORDER BY s.finding_id
