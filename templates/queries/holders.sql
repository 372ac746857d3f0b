-- 待办环节：每个环节有多少问题在等，等了几天，多少超过了审核期限。
SELECT
  s.holder AS "待办环节",
  COUNT(*) AS "问题",
  MAX(s.waiting_days) AS "最长等待天数",
  ROUND(AVG(s.waiting_days), 1) AS "平均等待天数",
  SUM(CASE WHEN s.undecided THEN 1 ELSE 0 END) AS "超期未审"
FROM standing s
WHERE s.holder IS NOT NULL AND NOT s.withdrawn
GROUP BY s.holder
ORDER BY COUNT(*) DESC, s.holder
