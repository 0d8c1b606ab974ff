-- The same figures of a year as the program's, as a skilled user asks for them in the shell (bench/deals.c).
SELECT kind, COUNT(*), SUM(value), SUM(julianday(closed_on) - julianday(created_on)) FROM deals WHERE closed_on BETWEEN '2026-01-01' AND '2026-12-31' AND merged_into IS NULL GROUP BY kind;
SELECT staff_id, source_id, kind, COUNT(*), SUM(value) FROM deals WHERE closed_on BETWEEN '2026-01-01' AND '2026-12-31' AND merged_into IS NULL GROUP BY 1, 2, 3;
SELECT lost_reason_id, COUNT(*), SUM(value) FROM deals WHERE closed_on BETWEEN '2026-01-01' AND '2026-12-31' AND kind = 'lost' AND merged_into IS NULL GROUP BY 1;
SELECT reached_id, COUNT(*) FROM deals WHERE created_on BETWEEN '2026-01-01' AND '2026-12-31' AND merged_into IS NULL GROUP BY 1;
SELECT COUNT(*) FROM interactions i JOIN deals d ON d.id = i.deal_id WHERE d.kind = 'won' AND d.closed_on BETWEEN '2026-01-01' AND '2026-12-31' AND i.kind <> 'note';
