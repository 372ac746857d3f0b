-- 周进度：从最早的反馈起，每周这一天的数；那一天还没有反馈的台账不计。
SELECT
  s.day AS "日期",
  COUNT(*) AS "问题",
  SUM(CASE WHEN s.rectified THEN 1 ELSE 0 END) AS "整改完成",
  SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) AS "已销号",
  SUM(CASE WHEN s.timing = '逾期' THEN 1 ELSE 0 END) AS "逾期",
  ROUND(100.0 * SUM(CASE WHEN s.stage = '已销号' THEN 1 ELSE 0 END) / COUNT(*), 1) AS "销号率"
FROM standing_by_week s
JOIN inspections i ON i.ledger_id = s.ledger_id AND i.feedback_on <= s.day
WHERE NOT s.withdrawn
GROUP BY s.day
ORDER BY s.day
