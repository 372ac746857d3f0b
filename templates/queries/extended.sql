-- 延期：延过期的问题，延期次数多的在前；更正了的延期不算。
SELECT
  s.finding_id AS "问题编号",
  f.title AS "问题",
  s.extensions AS "延期次数",
  f.due AS "原定时限",
  s.stated AS "现在的时限",
  s.once_overdue_days AS "曾逾期天数",
  s.stage AS "整改状态"
FROM standing s
JOIN findings f ON f.finding_id = s.finding_id
WHERE s.extensions > 0 AND NOT s.withdrawn
ORDER BY s.extensions DESC, s.finding_id
