-- Where every finding stands on each day asked for, as `zhenggai status --today` has it.
-- The text is the same for DuckDB and for Spark.
-- Needs asked_days(ledger_id, day) beside inspections, closing_steps, warnings, findings, measures,
-- records, holders, months, days and ledger_days, as `zhenggai tables` writes them.
-- Whether a record counts is told by its columns: in_turn, struck_on and struck_by.
-- What came last before a step is kept in one number with its place in the order of records
-- (seq * 100000 + days since 1949-01-01), so that it is found by MAX. LEFT JOINs have nothing but
-- keys behind ON: with a condition on the left side alone DuckDB before 2.0 compares every pair.
WITH steps AS (              -- the closing procedure of a ledger, in a row
  SELECT c.ledger_id AS ledger_id,
    MAX(CASE WHEN c.step = '申请' THEN 1 ELSE 0 END) = 1 AS has_application,
    MAX(CASE WHEN c.step = '审核' THEN 1 ELSE 0 END) = 1 AS has_review,
    MAX(CASE WHEN c.step = '初审' THEN 1 ELSE 0 END) = 1 AS has_first_review,
    MAX(CASE WHEN c.step = '复核' THEN 1 ELSE 0 END) = 1 AS has_second_review
  FROM closing_steps c
  GROUP BY c.ledger_id
), asked AS (                -- each day asked for, with what the ledger sets for its findings
  SELECT a.day AS day, i.ledger_id AS ledger_id, COALESCE(i.calendar, '') AS calendar,
    i.feedback_on AS feedback_on, i.feedback_on IS NULL OR i.feedback_on <= a.day AS begun,
    i.format = 1 AS visits_report, i.sustained_counts AS sustained_counts,
    i.when_day_off AS when_day_off,
    i.supervision_period_months AS supervision_months,
    i.supervision_period_days AS supervision_days,
    i.supervision_period_working_days AS supervision_working_days,
    i.decision_period_months AS decision_months, i.decision_period_days AS decision_days,
    i.decision_period_working_days AS decision_working_days,
    s.ledger_id IS NOT NULL AS has_procedure,
    COALESCE(s.has_application, FALSE) AS has_application,
    COALESCE(s.has_review, FALSE) AS has_review,
    COALESCE(s.has_first_review, FALSE) AS has_first_review,
    COALESCE(s.has_second_review, FALSE) AS has_second_review
  FROM asked_days a
  JOIN inspections i ON i.ledger_id = a.ledger_id
  LEFT JOIN steps s ON s.ledger_id = a.ledger_id
  WHERE i.is_read
), calendars AS (            -- ledgers with the same days off of their own have one calendar
  SELECT COALESCE(i.calendar, '') AS calendar, MIN(i.ledger_id) AS ledger_id
  FROM inspections i
  GROUP BY COALESCE(i.calendar, '')
), all_days AS (
  SELECT c.calendar AS calendar, d.day AS day, COALESCE(o.is_working, d.is_working) AS is_working,
    COALESCE(o.is_known, d.is_known) AS is_known
  FROM calendars c
  CROSS JOIN days d
  LEFT JOIN ledger_days o ON o.ledger_id = c.ledger_id AND o.day = d.day
), counted_days AS (
  SELECT a.calendar AS calendar, a.day AS day, a.is_working AS is_working, a.is_known AS is_known,
    SUM(CASE WHEN a.is_working THEN 1 ELSE 0 END) OVER (
      PARTITION BY a.calendar ORDER BY a.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS worked,
    MAX(CASE WHEN a.is_working THEN a.day END) OVER (
      PARTITION BY a.calendar ORDER BY a.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS earlier,
    MIN(CASE WHEN a.is_working THEN a.day END) OVER (
      PARTITION BY a.calendar ORDER BY a.day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS later
  FROM all_days a
), working_days AS (         -- a day, the working days up to it, and those next to it
  SELECT c.calendar AS calendar, c.day AS day, c.is_working AS is_working, c.is_known AS is_known,
    c.worked AS worked, c.earlier AS earlier, c.later AS later,
    c.is_known AND FIRST_VALUE(c.is_known) OVER (
      PARTITION BY c.calendar, c.worked ORDER BY c.day
    ) AS earlier_is_known,
    c.is_known AND FIRST_VALUE(c.is_known) OVER (
      PARTITION BY c.calendar, c.worked - CASE WHEN c.is_working THEN 1 ELSE 0 END
      ORDER BY c.day DESC
    ) AS later_is_known
  FROM counted_days c
), happened AS (             -- the records that count at the end of a day
  SELECT a.day AS day, r.finding_id AS finding_id, r.seq AS seq, r.place AS place,
    r.action AS action, r.counts_on AS counts_on, r.on_day AS on_day, r.measure AS measure,
    r.new_due AS new_due, r.step AS step, r.verdict AS verdict, r.reply_by AS reply_by,
    r.replied_on AS replied_on, r.disputes AND NOT a.visits_report AS disputes,
    r.action = '督查' AND a.visits_report AS is_report,
    r.action IN ('退回', '重开') AS is_back,
    r.action = '延期' AND r.measure IS NULL OR r.action = '重开' AND r.new_due IS NOT NULL AS is_due
  FROM records r
  JOIN asked a ON a.ledger_id = r.ledger_id AND r.counts_on <= a.day
  WHERE r.in_turn AND (r.struck_on IS NULL OR r.struck_on > a.day)
), disputed AS (             -- each visit that disputes takes back the latest report it can mean
  SELECT v.day AS day, v.finding_id AS finding_id, v.seq AS visit, MAX(p.seq) AS seq
  FROM happened v
  JOIN records p ON p.finding_id = v.finding_id AND p.seq < v.seq AND p.place < v.place
  WHERE v.disputes AND v.action = '督查' AND p.action = '进展'
    AND (p.struck_on IS NULL OR p.struck_on > v.day OR p.struck_by >= v.place)
  GROUP BY v.day, v.finding_id, v.seq
), taken_back AS (
  SELECT DISTINCT d.day AS day, d.finding_id AS finding_id, d.seq AS seq FROM disputed d
), journal AS (              -- what all records of a finding come to
  SELECT h.day AS day, h.finding_id AS finding_id,
    COALESCE(MAX(CASE WHEN h.is_back THEN h.seq END), 0) AS back_seq,
    COALESCE(MAX(CASE WHEN h.action = '重开' THEN h.seq END), 0) AS reopening_seq,
    COALESCE(MAX(CASE WHEN h.action = '申请销号' THEN h.seq END), 0) AS application_seq,
    COALESCE(MAX(CASE WHEN h.action = '销号' THEN h.seq END), 0) AS closing_seq,
    COALESCE(MAX(CASE WHEN h.action = '审核' AND COALESCE(h.step, '审核') = '审核'
      THEN h.seq END), 0) AS review_seq,
    COALESCE(MAX(CASE WHEN h.action = '审核' AND h.step = '初审' THEN h.seq END), 0)
      AS first_review_seq,
    COALESCE(MAX(CASE WHEN h.action = '审核' AND h.step = '复核' THEN h.seq END), 0)
      AS second_review_seq,
    COALESCE(MAX(CASE WHEN h.action = '认定' THEN h.seq END), 0) AS recognition_seq,
    MAX_BY(h.verdict = '认可', CASE WHEN h.action = '认定' THEN h.seq END) AS accepted,
    MAX_BY(h.on_day, CASE WHEN h.action = '销号' THEN h.seq END) AS closed_on,
    MAX_BY(h.new_due, CASE WHEN h.is_due THEN h.seq END) AS new_due,
    MAX(CASE WHEN h.is_back THEN h.counts_on END) AS sent_back_on,
    MAX(CASE WHEN h.action IN ('申请销号', '重开') THEN h.counts_on END) AS moved_on,
    MAX(CASE WHEN h.action IN ('申请销号', '审核', '销号') THEN h.counts_on END) AS signed_on,
    MAX(CASE WHEN h.action = '督查' THEN h.counts_on END) AS visited_on,
    MAX(CASE WHEN h.is_report OR h.action = '进展' AND t.seq IS NULL THEN h.counts_on END)
      AS reported_on,
    MAX(CASE WHEN h.is_back OR h.action IN ('申请销号', '审核', '销号') THEN 1 ELSE 0 END) = 1
      AS started,
    MAX(CASE WHEN h.action = '撤销登记' THEN 1 ELSE 0 END) = 1 AS withdrawn,
    SUM(CASE WHEN h.action = '延期' AND h.measure IS NULL THEN 1 ELSE 0 END) AS extensions,
    SUM(CASE WHEN h.action = '督办' AND (h.replied_on IS NULL OR h.replied_on > h.day)
      THEN 1 ELSE 0 END) AS unanswered,
    SUM(CASE WHEN h.action = '督办' AND (h.replied_on IS NULL OR h.replied_on > h.day)
      AND h.reply_by < h.day THEN 1 ELSE 0 END) AS reply_overdue
  FROM happened h
  LEFT JOIN taken_back t ON t.day = h.day AND t.finding_id = h.finding_id AND t.seq = h.seq
  GROUP BY h.day, h.finding_id
), done AS (                 -- the measures that there were by the day, and before it
  SELECT a.day AS day, m.finding_id AS finding_id,
    SUM(CASE WHEN m.added_on IS NULL OR m.added_on <= a.day THEN 1 ELSE 0 END) AS measures,
    SUM(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on <= a.day
      THEN 1 ELSE 0 END) AS done,
    MAX(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on <= a.day
      THEN m.done_on END) AS done_on,
    SUM(CASE WHEN (m.added_on IS NULL OR m.added_on < a.day)
      AND (m.done_on IS NULL OR m.done_on > a.day) THEN 1 ELSE 0 END) AS open_before,
    MAX(CASE WHEN m.added_on IS NULL OR m.added_on < a.day THEN m.done_on END) AS done_before_on,
    COUNT(m.added_on) AS added
  FROM measures m
  JOIN asked a ON a.ledger_id = m.ledger_id
  GROUP BY a.day, m.finding_id
), finished AS (             -- what was added on the day of the last one is no part of the work
  SELECT d.day AS day, d.finding_id AS finding_id, MAX(m.done_on) AS finished_on
  FROM done d
  JOIN measures m ON m.finding_id = d.finding_id
  WHERE d.added > 0 AND d.done = d.measures AND (m.added_on IS NULL OR m.added_on < d.done_on)
  GROUP BY d.day, d.finding_id
), extended AS (             -- the deadlines of single measures that were moved
  SELECT h.day AS day, h.finding_id AS finding_id, h.measure AS measure,
    MAX_BY(h.new_due, h.seq) AS new_due
  FROM happened h
  WHERE h.action = '延期' AND h.measure IS NOT NULL
  GROUP BY h.day, h.finding_id, h.measure
), late AS (                 -- the measures that are open past deadlines of their own
  SELECT a.day AS day, m.finding_id AS finding_id, COUNT(*) AS late_measures
  FROM measures m
  JOIN asked a ON a.ledger_id = m.ledger_id
  LEFT JOIN extended e ON e.day = a.day AND e.finding_id = m.finding_id AND e.measure = m.place
  LEFT JOIN working_days w ON w.calendar = a.calendar AND w.day = COALESCE(e.new_due, m.due)
  WHERE m.due IS NOT NULL AND (m.done_on IS NULL OR m.done_on > a.day)
    AND (m.added_on IS NULL OR m.added_on <= a.day)
    AND CASE a.when_day_off WHEN '顺延' THEN COALESCE(w.later, e.new_due, m.due)
      WHEN '提前' THEN COALESCE(w.earlier, e.new_due, m.due)
      ELSE COALESCE(e.new_due, m.due) END < a.day
  GROUP BY a.day, m.finding_id
), turns AS (                -- steps and what moves a deadline, each with what came before it
  SELECT h.day AS day, h.finding_id AS finding_id, h.seq AS seq, h.action AS action,
    h.counts_on AS counts_on,
    MAX(CASE WHEN h.is_due THEN h.seq * 100000 + CAST(h.new_due - DATE '1949-01-01' AS INT) END)
      OVER before AS due_before,
    MAX(CASE WHEN h.is_back THEN h.seq * 100000 + CAST(h.counts_on - DATE '1949-01-01' AS INT) END)
      OVER before AS back_before,
    MAX(CASE WHEN h.action = '申请销号' THEN h.seq ELSE 0 END) OVER before AS application_before,
    MAX(CASE WHEN h.action = '销号' THEN h.seq ELSE 0 END) OVER before AS closing_before,
    MAX(CASE WHEN h.is_due THEN h.seq * 100000 + CAST(h.new_due - DATE '1949-01-01' AS INT) END)
      OVER (PARTITION BY h.day, h.finding_id) AS due_at_last
  FROM happened h
  WHERE h.is_back OR h.is_due OR h.action IN ('申请销号', '销号')
  WINDOW before AS (PARTITION BY h.day, h.finding_id ORDER BY h.seq
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), placed_turns AS (         -- the same, with what came before it in columns
  SELECT t.day AS day, t.finding_id AS finding_id, t.seq AS seq, t.action AS action,
    t.counts_on AS counts_on,
    CAST(FLOOR(COALESCE(t.back_before, 0) / 100000) AS INT) AS back_seq,
    DATE '1949-01-01' + CAST(MOD(t.back_before, 100000) AS INT) AS sent_back_on,
    DATE '1949-01-01' + CAST(MOD(t.due_before, 100000) AS INT) AS new_due,
    DATE '1949-01-01' + CAST(MOD(t.due_at_last, 100000) AS INT) AS last_due,
    COALESCE(t.application_before, 0) AS application_seq,
    COALESCE(t.closing_before, 0) AS closing_seq
  FROM turns t
), dated_turns AS (          -- with the deadline that was in force; mere reviews have none
  SELECT t.*, a.has_application AS has_application, f.kind = '长期坚持' AS is_long_term,
    CASE a.when_day_off WHEN '顺延' THEN COALESCE(w.later, t.new_due, f.due)
      WHEN '提前' THEN COALESCE(w.earlier, t.new_due, f.due)
      ELSE COALESCE(t.new_due, f.due) END AS deadline,
    CASE a.when_day_off WHEN '顺延' THEN COALESCE(l.later, t.last_due, f.due)
      WHEN '提前' THEN COALESCE(l.earlier, t.last_due, f.due)
      ELSE COALESCE(t.last_due, f.due) END AS last_deadline
  FROM placed_turns t
  JOIN findings f ON f.finding_id = t.finding_id
  JOIN asked a ON a.ledger_id = f.ledger_id AND a.day = t.day
  LEFT JOIN working_days w ON w.calendar = a.calendar
    AND w.day = COALESCE(t.new_due, f.due)
  LEFT JOIN working_days l ON l.calendar = a.calendar
    AND l.day = COALESCE(t.last_due, f.due)
  WHERE f.kind <> '长期坚持' OR f.due IS NOT NULL
), worked_turns AS (         -- of long-term findings: how far their measures were on the day
  SELECT t.day AS day, t.finding_id AS finding_id, t.seq AS seq,
    SUM(CASE WHEN (m.added_on IS NULL OR m.added_on <= t.counts_on)
      AND (m.done_on IS NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_by,
    MAX(CASE WHEN m.added_on IS NULL OR m.added_on <= t.counts_on THEN m.done_on END) AS done_by,
    SUM(CASE WHEN (m.added_on IS NULL OR m.added_on < t.counts_on)
      AND (m.done_on IS NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_before,
    MAX(CASE WHEN m.added_on IS NULL OR m.added_on < t.counts_on THEN m.done_on END) AS done_before
  FROM dated_turns t
  JOIN measures m ON m.finding_id = t.finding_id
  WHERE t.is_long_term
  GROUP BY t.day, t.finding_id, t.seq
), late_turns AS (           -- how late each was, and how late the work was done that it ended
  SELECT t.day AS day, t.finding_id AS finding_id, t.seq AS seq, t.action AS action,
    t.has_application AS has_application, t.deadline AS deadline, t.back_seq AS back_seq,
    t.last_deadline AS last_deadline, t.closing_seq > t.back_seq AS is_closed,
    CASE WHEN t.is_long_term AND w.open_by = 0 AND w.done_by IS NOT NULL
        AND (t.sent_back_on IS NULL OR w.done_by > t.sent_back_on) THEN 0
      ELSE GREATEST(CAST(t.counts_on - t.deadline AS INT), 0) END AS late_days,
    CASE WHEN t.is_long_term AND w.open_before = 0
        AND (t.sent_back_on IS NULL OR w.done_before > t.sent_back_on)
        AND NOT (t.has_application AND t.application_seq > t.back_seq)
      THEN GREATEST(CAST(w.done_before - t.deadline AS INT), 0) ELSE 0 END AS finished_late
  FROM dated_turns t
  LEFT JOIN worked_turns w ON w.day = t.day AND w.finding_id = t.finding_id AND w.seq = t.seq
), following_turns AS (      -- with the lateness of the application and the closing before it
  SELECT t.*,
    MAX(CASE WHEN t.action = '申请销号' AND t.has_application
      THEN t.seq * 100000 + t.late_days END) OVER before AS applied_before,
    MAX(CASE WHEN t.action = '销号' THEN t.seq * 100000 + t.late_days END) OVER before
      AS closed_before
  FROM late_turns t
  WINDOW before AS (PARTITION BY t.day, t.finding_id ORDER BY t.seq
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), ended AS (                -- the ended spells of being overdue, and the returns that undo one
  SELECT t.day AS day, t.finding_id AS finding_id, t.deadline AS deadline,
    t.last_deadline AS last_deadline, t.seq AS seq, t.action AS action, t.late_days AS late_days,
    CASE WHEN t.action = '退回' AND NOT t.is_closed THEN t.seq ELSE 0 END AS undone_seq,
    CASE WHEN t.action = '重开' AND FLOOR(t.applied_before / 100000) > t.back_seq
        THEN MOD(t.applied_before, 100000)
      WHEN t.action = '重开' AND FLOOR(t.closed_before / 100000) > t.back_seq
        THEN MOD(t.closed_before, 100000)
      WHEN t.action = '延期' OR t.action = '申请销号' AND t.has_application THEN t.late_days
      ELSE 0 END AS ended_days,
    CASE WHEN t.action IN ('重开', '延期') OR t.action = '申请销号' AND t.has_application
      THEN t.finished_late ELSE 0 END AS finished_days
  FROM following_turns t
), standing_ends AS (
  SELECT e.*, MAX(e.undone_seq) OVER (PARTITION BY e.day, e.finding_id, e.deadline) AS last_undone
  FROM ended e
), spells AS (               -- one spell for a deadline: the last of its steps, else its first end
  SELECT s.day AS day, s.finding_id AS finding_id, s.deadline = s.last_deadline AS is_last,
    CASE WHEN s.deadline IS NOT NULL THEN COALESCE(
      MAX_BY(s.ended_days, CASE WHEN s.ended_days > 0 AND s.seq > s.last_undone THEN s.seq END),
      MIN_BY(s.finished_days,
        CASE WHEN s.finished_days > 0 AND s.seq > s.last_undone THEN s.seq END)
    ) END AS days,
    MAX(CASE WHEN s.action = '申请销号' THEN s.seq * 100000 + s.late_days END) AS applied_late,
    MAX(CASE WHEN s.action = '销号' THEN s.seq * 100000 + s.late_days END) AS closed_late
  FROM standing_ends s
  GROUP BY s.day, s.finding_id, s.deadline, s.last_deadline
), lateness AS (             -- of all spells together, of the last application and the last closing
  SELECT s.day AS day, s.finding_id AS finding_id, SUM(s.days) AS overdue_days,
    MAX(CASE WHEN s.is_last AND s.days > 0 THEN 1 ELSE 0 END) = 1 AS has_spell,
    MOD(MAX(s.applied_late), 100000) AS applied_late, MOD(MAX(s.closed_late), 100000) AS closed_late
  FROM spells s
  GROUP BY s.day, s.finding_id
), folded AS (
  SELECT a.day AS day, f.finding_id AS finding_id, f.ledger_id AS ledger_id,
    f.kind = '长期坚持' AS is_long_term,
    f.kind = '长期坚持' AND f.due IS NULL AS is_reviewed,
    f.review_every_months AS review_months, f.review_every_days AS review_days,
    f.review_every_working_days AS review_working_days,
    f.leader AS leader, f.owner AS owner,
    COALESCE(j.new_due, f.due) AS due,
    COALESCE(j.application_seq, 0) > COALESCE(j.back_seq, 0) AS is_applied,
    COALESCE(j.closing_seq, 0) > COALESCE(j.back_seq, 0) AS is_closed,
    COALESCE(j.review_seq, 0) > COALESCE(j.back_seq, 0) AS is_reviewed_once,
    COALESCE(j.first_review_seq, 0) > COALESCE(j.back_seq, 0) AS is_first_reviewed,
    COALESCE(j.second_review_seq, 0) > COALESCE(j.back_seq, 0) AS is_second_reviewed,
    CASE WHEN j.recognition_seq > j.reopening_seq THEN j.accepted END AS recognised,
    j.closed_on AS last_closed_on, j.sent_back_on AS sent_back_on, j.moved_on AS moved_on,
    j.signed_on AS signed_on, j.visited_on AS visited_on, j.reported_on AS reported_on,
    COALESCE(j.started, FALSE) AS started, COALESCE(j.withdrawn, FALSE) AS withdrawn,
    COALESCE(j.extensions, 0) AS extensions, COALESCE(j.unanswered, 0) AS unanswered,
    COALESCE(j.reply_overdue, 0) AS reply_overdue,
    COALESCE(m.measures, 0) AS measures, COALESCE(m.done, 0) AS done, m.done_on AS done_on,
    COALESCE(m.done = m.measures, FALSE) AND m.done_on IS NOT NULL AS is_all_done,
    CASE WHEN m.added = 0 THEN m.done_on ELSE x.finished_on END AS finished_on,
    CASE WHEN m.open_before = 0 THEN m.done_before_on END AS done_before_on
  FROM findings f
  JOIN asked a ON a.ledger_id = f.ledger_id
  LEFT JOIN journal j ON j.finding_id = f.finding_id AND j.day = a.day
  LEFT JOIN done m ON m.finding_id = f.finding_id AND m.day = a.day
  LEFT JOIN finished x ON x.finding_id = f.finding_id AND x.day = a.day
), staged AS (
  SELECT s.*, a.calendar AS calendar, a.when_day_off AS when_day_off,
    a.feedback_on AS feedback_on, a.begun AS begun, a.sustained_counts AS sustained_counts,
    a.has_application AND s.is_applied AS is_frozen,
    s.is_long_term AND (s.is_reviewed OR s.is_all_done
      AND (s.sent_back_on IS NULL OR s.done_on > s.sent_back_on)) AS is_review,
    GREATEST(s.done_on, s.moved_on, s.reported_on) AS last_on,
    GREATEST(a.feedback_on, s.visited_on, s.done_on) AS review_since,
    CASE WHEN a.has_application AND NOT s.is_applied THEN '申请'
      WHEN a.has_review AND NOT s.is_reviewed_once THEN '审核'
      WHEN a.has_first_review AND NOT s.is_first_reviewed THEN '初审'
      WHEN a.has_second_review AND NOT s.is_second_reviewed THEN '复核'
      ELSE '批准' END AS next_step,
    CASE WHEN s.is_closed THEN '已销号'
      WHEN s.is_applied OR s.is_reviewed_once OR s.is_first_reviewed OR s.is_second_reviewed THEN
        CASE WHEN a.has_application AND NOT s.is_applied
          OR a.has_review AND NOT s.is_reviewed_once
          OR a.has_first_review AND NOT s.is_first_reviewed
          OR a.has_second_review AND NOT s.is_second_reviewed THEN '待审核' ELSE '待批准' END
      WHEN s.is_all_done AND (s.sent_back_on IS NULL AND s.finished_on IS NOT NULL
          OR s.finished_on > s.sent_back_on) THEN
        CASE WHEN s.is_long_term THEN '基本完成'
          WHEN a.has_application OR NOT a.has_procedure THEN '待申请销号'
          WHEN a.has_review OR a.has_first_review OR a.has_second_review THEN '待审核'
          ELSE '待批准' END
      WHEN s.done > 0 OR s.reported_on IS NOT NULL OR s.started THEN '整改中'
      ELSE '未启动' END AS stage,
    a.supervision_months AS supervision_months, a.supervision_days AS supervision_days,
    a.supervision_working_days AS supervision_working_days, a.decision_months AS decision_months,
    a.decision_days AS decision_days, a.decision_working_days AS decision_working_days
  FROM folded s
  JOIN asked a ON a.ledger_id = s.ledger_id AND a.day = s.day
), reviewed AS (             -- the next review by its cycle; a period ends on no later day of a month
  SELECT s.*, s.stage <> '已销号' AND NOT s.withdrawn AS is_open,
    COALESCE(s.last_on, CASE WHEN s.begun THEN s.feedback_on END) AS idle_since,
    CASE WHEN NOT s.is_review THEN s.due
      WHEN s.review_working_days > 0 THEN n.day
      WHEN s.review_since IS NOT NULL AND s.review_months IS NOT NULL THEN
        LEAST(m.first_day + (CAST(EXTRACT(DAY FROM s.review_since) AS INT) - 1), m.last_day)
          + s.review_days END AS stated
  FROM staged s
  LEFT JOIN months m ON m.month_index = s.review_months
    + CAST(EXTRACT(YEAR FROM s.review_since) AS INT) * 12
    + CAST(EXTRACT(MONTH FROM s.review_since) AS INT)
  LEFT JOIN working_days w ON w.calendar = s.calendar AND w.day = s.review_since
  LEFT JOIN working_days n ON n.calendar = w.calendar AND n.is_working
    AND n.worked = w.worked + s.review_working_days
), dated AS (                -- the deadline in force, where one on a day off is moved
  SELECT s.*,
    CASE s.when_day_off WHEN '顺延' THEN COALESCE(w.later, s.stated)
      WHEN '提前' THEN COALESCE(w.earlier, s.stated) ELSE s.stated END AS deadline,
    s.is_review AND s.stated IS NOT NULL AND s.review_working_days > 0 AND NOT w.is_known
      OR s.when_day_off = '顺延' AND NOT w.later_is_known
      OR s.when_day_off = '提前' AND NOT w.earlier_is_known AS is_about,
    CASE s.when_day_off WHEN '顺延' THEN COALESCE(o.later, s.due)
      WHEN '提前' THEN COALESCE(o.earlier, s.due) ELSE s.due END AS own_deadline,
    CASE WHEN NOT w.is_working AND s.when_day_off = '不变' THEN w.earlier END AS eve,
    NOT w.earlier_is_known AS eve_is_about
  FROM reviewed s
  LEFT JOIN working_days w ON w.calendar = s.calendar AND w.day = s.stated
  LEFT JOIN working_days o ON o.calendar = s.calendar AND o.day = s.due
), waiting AS (
  SELECT s.*,
    CASE WHEN s.is_open AND NOT s.is_frozen THEN CAST(s.deadline - s.day AS INT) END AS days_left,
    CASE WHEN s.is_review THEN CAST(s.deadline - s.review_since AS INT) END AS cycle,
    CASE WHEN s.is_open THEN
      CASE WHEN s.stage = '待申请销号' THEN s.done_on
        WHEN s.stage IN ('待审核', '待批准') THEN
          CASE WHEN s.is_applied OR s.is_reviewed_once OR s.is_first_reviewed
            OR s.is_second_reviewed THEN s.signed_on ELSE s.done_on END
      END END AS waiting_since
  FROM dated s
), warned AS (               -- the gravest level reached; long cycles alone are warned of early
  SELECT s.day AS day, s.finding_id AS finding_id, MIN(v.place) AS place
  FROM waiting s
  JOIN warnings v ON v.ledger_id = s.ledger_id
  LEFT JOIN working_days t ON t.calendar = s.calendar AND t.day = s.day
  LEFT JOIN working_days w ON w.calendar = s.calendar AND w.day = s.deadline
  WHERE s.days_left IS NOT NULL
    AND CASE WHEN v.in_working_days THEN s.days_left < 0 OR w.worked - t.worked <= v.days
      ELSE s.days_left <= v.days END
    AND (v.days < 0 OR s.cycle IS NULL
      OR 2 * v.days * CASE WHEN v.in_working_days THEN 1.4 ELSE 1 END <= s.cycle)
  GROUP BY s.day, s.finding_id
), supervised AS (           -- until when a report, a visit and a decision may take
  SELECT s.*,
    CASE WHEN s.supervision_working_days > 0 THEN iw.day
      ELSE LEAST(im.first_day + (CAST(EXTRACT(DAY FROM s.idle_since) AS INT) - 1), im.last_day)
        + s.supervision_days END AS report_by,
    CASE WHEN s.supervision_working_days > 0 THEN vw.day
      ELSE LEAST(vm.first_day + (CAST(EXTRACT(DAY FROM s.visited_on) AS INT) - 1), vm.last_day)
        + s.supervision_days END AS visit_by,
    CASE WHEN s.decision_working_days > 0 THEN dw.day
      ELSE LEAST(dm.first_day + (CAST(EXTRACT(DAY FROM s.moved_on) AS INT) - 1), dm.last_day)
        + s.decision_days END AS decide_by
  FROM waiting s
  LEFT JOIN months im ON im.month_index = s.supervision_months
    + CAST(EXTRACT(YEAR FROM s.idle_since) AS INT) * 12
    + CAST(EXTRACT(MONTH FROM s.idle_since) AS INT)
  LEFT JOIN working_days i ON i.calendar = s.calendar AND i.day = s.idle_since
  LEFT JOIN working_days iw ON iw.calendar = i.calendar AND iw.is_working
    AND iw.worked = i.worked + s.supervision_working_days
  LEFT JOIN months vm ON vm.month_index = s.supervision_months
    + CAST(EXTRACT(YEAR FROM s.visited_on) AS INT) * 12
    + CAST(EXTRACT(MONTH FROM s.visited_on) AS INT)
  LEFT JOIN working_days v ON v.calendar = s.calendar AND v.day = s.visited_on
  LEFT JOIN working_days vw ON vw.calendar = v.calendar AND vw.is_working
    AND vw.worked = v.worked + s.supervision_working_days
  LEFT JOIN months dm ON dm.month_index = s.decision_months
    + CAST(EXTRACT(YEAR FROM s.moved_on) AS INT) * 12
    + CAST(EXTRACT(MONTH FROM s.moved_on) AS INT)
  LEFT JOIN working_days d ON d.calendar = s.calendar AND d.day = s.moved_on
  LEFT JOIN working_days dw ON dw.calendar = d.calendar AND dw.is_working
    AND dw.worked = d.worked + s.decision_working_days
)
SELECT s.day AS day, s.finding_id AS finding_id, s.ledger_id AS ledger_id, s.stage AS stage,
  CASE WHEN v.days < 0 THEN '逾期' WHEN v.days >= 0 THEN '临期'
    WHEN s.is_open AND s.stage IN ('未启动', '整改中', '待申请销号') AND s.day > s.report_by
      THEN '进展缓慢'
    ELSE '正常' END AS timing,
  s.deadline AS deadline, s.days_left AS days_left,
  CASE WHEN v.days >= 0 THEN v.days END AS threshold,
  CASE WHEN s.is_closed THEN s.last_closed_on END AS closed_on,
  CAST(COALESCE(CASE WHEN s.is_frozen THEN t.applied_late WHEN s.is_closed THEN t.closed_late END,
    0) AS INT) AS late_days,
  s.last_on AS last_on,
  CASE WHEN s.is_open THEN CAST(s.day - s.idle_since AS INT) END AS idle_days,
  CAST(s.extensions AS INT) AS extensions,
  CAST(COALESCE(t.overdue_days, 0) + CASE
    WHEN s.is_long_term AND NOT s.is_reviewed AND NOT s.is_frozen
      AND NOT COALESCE(t.has_spell, FALSE)
      AND (s.sent_back_on IS NULL OR s.done_before_on > s.sent_back_on)
    THEN GREATEST(CAST(s.done_before_on - s.own_deadline AS INT), 0)
    ELSE 0 END AS INT) AS once_overdue_days,
  CASE WHEN s.is_open AND s.stage = '待申请销号' THEN '科室'
    WHEN s.is_open AND s.stage IN ('待审核', '待批准') THEN s.next_step END AS holder,
  CAST(s.day - s.waiting_since AS INT) AS waiting_days,
  COALESCE(s.is_open AND s.is_frozen AND s.day > s.decide_by, FALSE) AS undecided,
  s.visited_on AS visited_on,
  CASE WHEN s.is_open AND s.begun THEN COALESCE(s.visit_by <= s.day, TRUE) END AS unsupervised,
  s.recognised AS recognised, s.withdrawn AS withdrawn, CAST(s.done AS INT) AS measures_done,
  s.stage IN ('待申请销号', '待审核', '待批准', '已销号')
    OR s.stage = '基本完成' AND s.sustained_counts AS rectified,
  s.stated AS stated,
  CASE WHEN v.days >= 0 THEN s.eve END AS last_working_day,
  COALESCE(CASE WHEN v.days >= 0 AND s.eve IS NOT NULL THEN s.eve_is_about
    ELSE s.is_about END, FALSE) AS approximate,
  CAST(s.measures AS INT) AS measures,
  CAST(CASE WHEN s.is_open THEN COALESCE(n.late_measures, 0) ELSE 0 END AS INT) AS late_measures,
  s.is_review AS is_review, v.name AS warning, v.colour AS warning_colour,
  CAST(CASE WHEN s.withdrawn THEN 0 ELSE s.unanswered END AS INT) AS unanswered,
  CAST(CASE WHEN s.withdrawn THEN 0 ELSE s.reply_overdue END AS INT) AS reply_overdue,
  COALESCE(hl.name, s.leader) AS leader, COALESCE(ho.name, s.owner) AS owner
FROM supervised s
LEFT JOIN warned g ON g.day = s.day AND g.finding_id = s.finding_id
LEFT JOIN warnings v ON v.ledger_id = s.ledger_id AND v.place = g.place
LEFT JOIN lateness t ON t.day = s.day AND t.finding_id = s.finding_id
LEFT JOIN late n ON n.day = s.day AND n.finding_id = s.finding_id
LEFT JOIN holders hl ON hl.finding_id = s.finding_id AND hl.post = '责任领导'
  AND hl.from_day <= s.day AND (hl.until_day IS NULL OR s.day < hl.until_day)
LEFT JOIN holders ho ON ho.finding_id = s.finding_id AND ho.post = '责任人'
  AND ho.from_day <= s.day AND (ho.until_day IS NULL OR s.day < ho.until_day)
