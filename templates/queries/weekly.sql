-- 周进度：从最早的反馈起，每周这一天的数；那一天还没有反馈的台账不计。
SELECT
  w.day AS "日期",
  COUNT(*) AS "问题",
  SUM(CASE WHEN p.rectified THEN 1 ELSE 0 END) AS "整改完成",
  SUM(CASE WHEN p.stage = '已销号' THEN 1 ELSE 0 END) AS "已销号",
  SUM(CASE WHEN p.timing = '逾期' THEN 1 ELSE 0 END) AS "逾期",
  ROUND(100.0 * SUM(CASE WHEN p.stage = '已销号' THEN 1 ELSE 0 END) / COUNT(*), 1) AS "销号率"
FROM asked_weeks w
JOIN inspections i ON i.feedback_on <= w.day
JOIN standing_periods p ON p.ledger_id = i.ledger_id
  AND p.from_day <= w.day AND (p.until_day IS NULL OR w.day < p.until_day)
WHERE NOT p.withdrawn
GROUP BY w.day
ORDER BY w.day
