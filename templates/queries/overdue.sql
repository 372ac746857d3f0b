-- 逾期：逾期的问题，逾期最久的在前。
SELECT
  s.finding_id AS "问题编号",
  f.title AS "问题",
  s.owner AS "责任人",
  s.deadline AS "整改时限",
  s.stage AS "整改状态",
  -s.days_left AS "逾期天数"
FROM standing s
JOIN findings f ON f.finding_id = s.finding_id
WHERE s.timing = '逾期' AND NOT s.withdrawn
ORDER BY s.days_left, s.finding_id
