"""Slips of one word in the SQL of the standing, each of which has to be noticed.

A slip is a text of templates/standing.sql that is there once, and the text in its place.
"""

from typing import Final

SLIPS: Final = (
    # dated
    (
        "OR s.when_day_off = '提前' AND NOT w.earlier_is_known AS is_about,",
        "OR s.when_day_off = '提前' AND w.earlier_is_known AS is_about,",
    ),
    (
        "OR s.when_day_off = '顺延' AND NOT w.later_is_known",
        "OR s.when_day_off = '顺延' AND w.later_is_known",
    ),
    (
        "s.is_review AND s.stated IS NOT NULL AND s.review_working_days > 0 AND NOT w.is_known",
        "s.is_review AND s.stated IS NOT NULL AND s.review_working_days >= 0 AND NOT w.is_known",
    ),
    # staged
    (
        "OR a.has_second_review AND NOT s.is_second_reviewed THEN '待审核' ELSE '待批准' END",
        "OR a.has_second_review AND s.is_second_reviewed THEN '待审核' ELSE '待批准' END",
    ),
    (
        "WHEN a.has_review OR a.has_first_review OR a.has_second_review THEN '待审核'",
        "WHEN a.has_review OR a.has_first_review OR a.has_second_review THEN '待批准'",
    ),
    (
        "AND (s.sent_back_on IS NULL OR s.done_on > s.sent_back_on)) AS is_review,",
        "AND (s.sent_back_on IS NOT NULL OR s.done_on > s.sent_back_on)) AS is_review,",
    ),
    # worked_turns
    (
        "AND (m.done_on IS NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_by,",
        "AND (m.done_on IS NOT NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_by,",
    ),
    (
        "SUM(CASE WHEN (m.added_on IS NULL OR m.added_on <= t.counts_on)",
        "SUM(CASE WHEN (m.added_on IS NOT NULL OR m.added_on <= t.counts_on)",
    ),
    (
        "AND (m.done_on IS NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_before,",
        "AND (m.done_on IS NOT NULL OR m.done_on > t.counts_on) THEN 1 ELSE 0 END) AS open_before,",
    ),
    # warned
    (
        "SELECT s.day AS day, s.finding_id AS finding_id, MIN(v.place) AS place",
        "SELECT s.day AS day, s.finding_id AS finding_id, MAX(v.place) AS place",
    ),
    (
        "AND CASE WHEN v.in_working_days THEN s.days_left < 0 OR w.worked - t.worked <= v.days",
        "AND CASE WHEN v.in_working_days THEN s.days_left < 0 OR w.worked + t.worked <= v.days",
    ),
    ("WHERE s.days_left IS NOT NULL", "WHERE s.days_left IS NULL"),
    # folded
    (
        "COALESCE(j.application_seq, 0) > COALESCE(j.back_seq, 0) AS is_applied,",
        "COALESCE(j.application_seq, 0) >= COALESCE(j.back_seq, 0) AS is_applied,",
    ),
    (
        "COALESCE(j.review_seq, 0) > COALESCE(j.back_seq, 0) AS is_reviewed_once,",
        "COALESCE(j.review_seq, 0) >= COALESCE(j.back_seq, 0) AS is_reviewed_once,",
    ),
    (
        "COALESCE(j.closing_seq, 0) > COALESCE(j.back_seq, 0) AS is_closed,",
        "COALESCE(j.closing_seq, 0) >= COALESCE(j.back_seq, 0) AS is_closed,",
    ),
    # the standing itself
    (
        "s.stage IN ('待申请销号', '待审核', '待批准', '已销号')",
        "s.stage IN ('待申请销号', '待批准', '待批准', '已销号')",
    ),
    (
        "s.stage IN ('待申请销号', '待审核', '待批准', '已销号')",
        "s.stage IN ('待申请销号', '待审核', '待批准', '基本完成')",
    ),
    (
        "CASE WHEN s.is_open AND s.stage = '待申请销号' THEN '科室'",
        "CASE WHEN s.is_open AND s.stage = '待审核' THEN '科室'",
    ),
    ("AND NOT COALESCE(t.has_spell, FALSE)", "AND COALESCE(t.has_spell, FALSE)"),
    (
        "CASE WHEN v.days < 0 THEN '逾期' WHEN v.days >= 0 THEN '临期'",
        "CASE WHEN v.days < 0 THEN '逾期' WHEN v.days >= 0 THEN '进展缓慢'",
    ),
    (
        "CASE WHEN s.decision_working_days > 0 THEN dw.day",
        "CASE WHEN s.decision_working_days >= 0 THEN dw.day",
    ),
    (
        "WHEN s.is_open AND s.stage IN ('未启动', '整改中', '待申请销号') AND s.day > s.report_by",
        "WHEN s.is_open AND s.stage IN ('未启动', '整改中', '待审核') AND s.day > s.report_by",
    ),
    (
        "CASE WHEN v.days < 0 THEN '逾期' WHEN v.days >= 0 THEN '临期'",
        "CASE WHEN v.days < 0 THEN '逾期' WHEN v.days > 0 THEN '临期'",
    ),
    (
        "+ CAST(EXTRACT(MONTH FROM s.moved_on) AS INT)",
        "- CAST(EXTRACT(MONTH FROM s.moved_on) AS INT)",
    ),
    # journal
    (
        "COALESCE(MAX(CASE WHEN h.action = '申请销号' THEN h.seq END), 0) AS application_seq,",
        "COALESCE(MAX(CASE WHEN h.action = '审核' THEN h.seq END), 0) AS application_seq,",
    ),
    (
        "MAX_BY(h.new_due, CASE WHEN h.is_due THEN h.seq END) AS new_due,",
        "MIN_BY(h.new_due, CASE WHEN h.is_due THEN h.seq END) AS new_due,",
    ),
    (
        "MAX(CASE WHEN h.action IN ('申请销号', '重开') THEN h.counts_on END) AS moved_on,",
        "MAX(CASE WHEN h.action IN ('申请销号', '认定') THEN h.counts_on END) AS moved_on,",
    ),
    # late
    (
        "WHERE m.due IS NOT NULL AND (m.done_on IS NULL OR m.done_on > a.day)",
        "WHERE m.due IS NULL AND (m.done_on IS NULL OR m.done_on > a.day)",
    ),
    (
        "AND (m.added_on IS NULL OR m.added_on <= a.day)",
        "AND (m.added_on IS NOT NULL OR m.added_on <= a.day)",
    ),
    (
        "WHERE m.due IS NOT NULL AND (m.done_on IS NULL OR m.done_on > a.day)",
        "WHERE m.due IS NOT NULL AND (m.done_on IS NULL OR m.done_on >= a.day)",
    ),
    # done
    (
        "MAX(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on <= a.day",
        "MIN(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on <= a.day",
    ),
    (
        "SUM(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on <= a.day",
        "SUM(CASE WHEN (m.added_on IS NULL OR m.added_on <= a.day) AND m.done_on < a.day",
    ),
    (
        "SUM(CASE WHEN m.added_on IS NULL OR m.added_on <= a.day THEN 1 ELSE 0 END) AS measures,",
        "MAX(CASE WHEN m.added_on IS NULL OR m.added_on <= a.day THEN 1 ELSE 0 END) AS measures,",
    ),
    # working_days
    (
        "c.worked AS worked, c.earlier AS earlier, c.later AS later,",
        "c.worked AS worked, c.later AS earlier, c.later AS later,",
    ),
    (
        "c.worked AS worked, c.earlier AS earlier, c.later AS later,",
        "c.worked AS worked, c.earlier AS earlier, c.earlier AS later,",
    ),
    # finished
    (
        "SELECT d.day AS day, d.finding_id AS finding_id, MAX(m.done_on) AS finished_on",
        "SELECT d.day AS day, d.finding_id AS finding_id, MIN(m.done_on) AS finished_on",
    ),
    # reviewed
    (
        "+ CAST(EXTRACT(YEAR FROM s.review_since) AS INT) * 12",
        "- CAST(EXTRACT(YEAR FROM s.review_since) AS INT) * 12",
    ),
    (
        "+ CAST(EXTRACT(MONTH FROM s.review_since) AS INT)",
        "- CAST(EXTRACT(MONTH FROM s.review_since) AS INT)",
    ),
    (
        "WHEN s.review_since IS NOT NULL AND s.review_months IS NOT NULL THEN",
        "WHEN s.review_since IS NOT NULL AND s.review_months IS NULL THEN",
    ),
    # ended
    (
        "WHEN t.action = '延期' OR t.action = '申请销号' AND t.has_application THEN t.late_days",
        "WHEN t.action = '延期' OR t.action = '审核' AND t.has_application THEN t.late_days",
    ),
    (
        "CASE WHEN t.action = '退回' AND NOT t.is_closed THEN t.seq ELSE 0 END AS undone_seq,",
        "CASE WHEN t.action = '退回' AND t.is_closed THEN t.seq ELSE 0 END AS undone_seq,",
    ),
    (
        "CASE WHEN t.action = '退回' AND NOT t.is_closed THEN t.seq ELSE 0 END AS undone_seq,",
        "CASE WHEN t.action = '重开' AND NOT t.is_closed THEN t.seq ELSE 0 END AS undone_seq,",
    ),
    # dated_turns
    (
        "WHEN '提前' THEN COALESCE(w.earlier, t.new_due, f.due)",
        "WHEN '提前' THEN COALESCE(w.later, t.new_due, f.due)",
    ),
    (
        "WHEN '提前' THEN COALESCE(w.earlier, t.new_due, f.due)",
        "WHEN '不变' THEN COALESCE(w.earlier, t.new_due, f.due)",
    ),
    # counted_days
    (
        "MAX(CASE WHEN a.is_working THEN a.day END) OVER (",
        "MIN(CASE WHEN a.is_working THEN a.day END) OVER (",
    ),
    (
        "MIN(CASE WHEN a.is_working THEN a.day END) OVER (",
        "MAX(CASE WHEN a.is_working THEN a.day END) OVER (",
    ),
    # steps
    (
        "MAX(CASE WHEN c.step = '申请' THEN 1 ELSE 0 END) = 1 AS has_application,",
        "MAX(CASE WHEN c.step = '审核' THEN 1 ELSE 0 END) = 1 AS has_application,",
    ),
    (
        "MAX(CASE WHEN c.step = '审核' THEN 1 ELSE 0 END) = 1 AS has_review,",
        "MAX(CASE WHEN c.step = '初审' THEN 1 ELSE 0 END) = 1 AS has_review,",
    ),
    (
        "MAX(CASE WHEN c.step = '复核' THEN 1 ELSE 0 END) = 1 AS has_second_review",
        "MAX(CASE WHEN c.step = '批准' THEN 1 ELSE 0 END) = 1 AS has_second_review",
    ),
    # turns
    (
        "WHERE h.is_back OR h.is_due OR h.action IN ('申请销号', '销号')",
        "WHERE h.is_back OR h.is_due OR h.action IN ('审核', '销号')",
    ),
    (
        "WHERE h.is_back OR h.is_due OR h.action IN ('申请销号', '销号')",
        "WHERE h.is_back OR h.is_due OR h.action IN ('申请销号', '退回')",
    ),
    # disputed
    (
        "AND (p.struck_on IS NULL OR p.struck_on > v.day OR p.struck_by >= v.place)",
        "AND (p.struck_on IS NOT NULL OR p.struck_on > v.day OR p.struck_by >= v.place)",
    ),
    (
        "WHERE v.disputes AND v.action = '督查' AND p.action = '进展'",
        "WHERE v.disputes AND v.action = '延期' AND p.action = '进展'",
    ),
    (
        "WHERE v.disputes AND v.action = '督查' AND p.action = '进展'",
        "WHERE v.disputes AND v.action = '督查' AND p.action = '督查'",
    ),
    # spells
    (
        "MAX(CASE WHEN s.action = '申请销号' THEN s.seq * 100000",
        "MAX(CASE WHEN s.action = '审核' THEN s.seq * 100000",
    ),
    (
        "CASE WHEN s.finished_days > 0 AND s.seq > s.last_undone THEN s.seq END)",
        "CASE WHEN s.finished_days >= 0 AND s.seq > s.last_undone THEN s.seq END)",
    ),
    (
        "CASE WHEN s.deadline IS NOT NULL THEN COALESCE(",
        "CASE WHEN s.deadline IS NULL THEN COALESCE(",
    ),
    # happened
    ("r.action IN ('退回', '重开') AS is_back,", "r.action IN ('退回', '认定') AS is_back,"),
    (
        "r.replied_on AS replied_on, r.disputes AND NOT a.visits_report AS disputes,",
        "r.replied_on AS replied_on, r.disputes AND a.visits_report AS disputes,",
    ),
    (
        "WHERE r.in_turn AND (r.struck_on IS NULL OR r.struck_on > a.day)",
        "WHERE r.in_turn AND (r.struck_on IS NOT NULL OR r.struck_on > a.day)",
    ),
    # late_turns
    (
        "t.last_deadline AS last_deadline, t.closing_seq > t.back_seq AS is_closed,",
        "t.last_deadline AS last_deadline, t.closing_seq >= t.back_seq AS is_closed,",
    ),
    (
        "AND (t.sent_back_on IS NULL OR w.done_by > t.sent_back_on) THEN 0",
        "AND (t.sent_back_on IS NOT NULL OR w.done_by > t.sent_back_on) THEN 0",
    ),
    (
        "AND (t.sent_back_on IS NULL OR w.done_before > t.sent_back_on)",
        "AND (t.sent_back_on IS NOT NULL OR w.done_before > t.sent_back_on)",
    ),
    # asked
    ("s.ledger_id IS NOT NULL AS has_procedure,", "s.ledger_id IS NULL AS has_procedure,"),
    (
        "i.feedback_on IS NULL OR i.feedback_on <= a.day AS begun,",
        "i.feedback_on IS NOT NULL OR i.feedback_on <= a.day AS begun,",
    ),
    # extended
    (
        "WHERE h.action = '延期' AND h.measure IS NOT NULL",
        "WHERE h.action = '申请销号' AND h.measure IS NOT NULL",
    ),
    (
        "WHERE h.action = '延期' AND h.measure IS NOT NULL",
        "WHERE h.action = '延期' AND h.measure IS NULL",
    ),
    # waiting
    ("WHEN s.stage IN ('待审核', '待批准') THEN", "WHEN s.stage IN ('待审核', '已销号') THEN"),
    ("WHEN s.stage IN ('待审核', '待批准') THEN", "WHEN s.stage IN ('待批准', '待批准') THEN"),
    (
        "CASE WHEN s.stage = '待申请销号' THEN s.done_on",
        "CASE WHEN s.stage = '待审核' THEN s.done_on",
    ),
    # lateness
    (
        "SELECT s.day AS day, s.finding_id AS finding_id, SUM(s.days) AS overdue_days,",
        "SELECT s.day AS day, s.finding_id AS finding_id, MAX(s.days) AS overdue_days,",
    ),
    # placed_turns
    (
        "DATE '1949-01-01' + CAST(MOD(t.due_before, 100000) AS INT) AS new_due,",
        "DATE '1949-01-01' - CAST(MOD(t.due_before, 100000) AS INT) AS new_due,",
    ),
    (
        "DATE '1949-01-01' + CAST(MOD(t.back_before, 100000) AS INT) AS sent_back_on,",
        "DATE '1949-01-01' - CAST(MOD(t.back_before, 100000) AS INT) AS sent_back_on,",
    ),
)
