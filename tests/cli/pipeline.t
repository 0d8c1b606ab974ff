# Figures of the pipeline (CLI "Pipeline", DOMAIN 5).

$ export CHOTDON_NOW=2026-10-01; chotdon init && chotdon staff add HA "Trần Thị Hà" --team Bắc && chotdon staff add NAM "Lê Văn Nam" --team Nam
made shop.db

# Back and forth counts once; a deal lost late still counts in what it reached; lost is no stage that comes later.
$ chotdon --now 2026-10-01 deal add A --no A --rep HA --source Zalo --expected-value 10tr --need x --budget x --timing x --decision-maker x; chotdon --now 2026-10-02 deal add B --no B --rep NAM --source Zalo --expected-value 2tr --need x --budget x --timing x --decision-maker x; chotdon --now 2026-10-03 deal add C --no C --rep HA --expected-value 4tr; chotdon --now 2026-10-03 deal add D --no D --expected-value 1tr
A
B
C
D

$ chotdon --now 2026-10-06 deal move A "Cơ hội"; chotdon --now 2026-10-08 deal move A "Triển vọng"; chotdon --now 2026-10-09 deal move A "Cơ hội"; chotdon --now 2026-10-10 deal log A call "gọi"; chotdon --now 2026-10-10 deal log A note "ghi"; chotdon --now 2026-10-21 deal won A --value 9tr

$ chotdon --now 2026-10-22 deal move B "Đàm phán"; chotdon --now 2026-11-05 deal lost B --reason Giá; chotdon --now 2026-11-05 deal move C "Cơ hội"

$ chotdon -f json pipeline stats --month 2026-10
{"won": 1, "lost": 0, "won_value": 9000000, "lost_value": 0, "win_rate_pct": 100.0, "avg_days_to_win": 20, "avg_activities_per_win": 1, "avg_won_value": 9000000, "velocity": 450000, "created": 4, "lost_reasons": [], "conversion": [{"stage": "Triển vọng", "entered": 4, "advanced": 3, "rate_pct": 75.0}, {"stage": "Cơ hội", "entered": 3, "advanced": 2, "rate_pct": 66.7}, {"stage": "Đã thẩm định", "entered": 2, "advanced": 2, "rate_pct": 100.0}, {"stage": "Đề xuất", "entered": 2, "advanced": 2, "rate_pct": 100.0}, {"stage": "Đàm phán", "entered": 2, "advanced": 1, "rate_pct": 50.0}], "time_in_stage": [{"stage": "Triển vọng", "deals": 1, "avg_days": 6}, {"stage": "Cơ hội", "deals": 1, "avg_days": 14}, {"stage": "Đã thẩm định", "deals": 0, "avg_days": null}, {"stage": "Đề xuất", "deals": 0, "avg_days": null}, {"stage": "Đàm phán", "deals": 0, "avg_days": null}], "by_rep": [{"code": "HA", "name": "Trần Thị Hà", "won": 1, "lost": 0, "won_value": 9000000, "lost_value": 0, "win_rate_pct": 100.0, "avg_days_to_win": 20, "avg_activities_per_win": 1, "avg_won_value": 9000000, "velocity": 450000}], "by_team": [{"code": "Bắc", "name": "Bắc", "won": 1, "lost": 0, "won_value": 9000000, "lost_value": 0, "win_rate_pct": 100.0, "avg_days_to_win": 20, "avg_activities_per_win": 1, "avg_won_value": 9000000, "velocity": 450000}], "by_source": [{"code": "Zalo", "name": "Zalo", "won": 1, "lost": 0, "won_value": 9000000, "lost_value": 0, "win_rate_pct": 100.0, "avg_days_to_win": 20, "avg_activities_per_win": 1, "avg_won_value": 9000000, "velocity": 450000}], "previous": {"from": "2026-09-01", "to": "2026-09-30", "won": 0, "lost": 0, "won_value": 0, "lost_value": 0, "win_rate_pct": null, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null, "created": 0, "lost_reasons": [], "conversion": [{"stage": "Triển vọng", "entered": 0, "advanced": 0, "rate_pct": null}, {"stage": "Cơ hội", "entered": 0, "advanced": 0, "rate_pct": null}, {"stage": "Đã thẩm định", "entered": 0, "advanced": 0, "rate_pct": null}, {"stage": "Đề xuất", "entered": 0, "advanced": 0, "rate_pct": null}, {"stage": "Đàm phán", "entered": 0, "advanced": 0, "rate_pct": null}], "time_in_stage": [{"stage": "Triển vọng", "deals": 0, "avg_days": null}, {"stage": "Cơ hội", "deals": 0, "avg_days": null}, {"stage": "Đã thẩm định", "deals": 0, "avg_days": null}, {"stage": "Đề xuất", "deals": 0, "avg_days": null}, {"stage": "Đàm phán", "deals": 0, "avg_days": null}], "by_rep": [], "by_team": [], "by_source": []}}

$ chotdon pipeline stats --from 2026-10-01 --to 2026-11-21 --rep HA -f csv
name,value,previous
won,1,0
lost,0,0
won value,9000000,0
lost value,0,0
win rate,100,
average days to win,20,
activities per won deal,1,
average value of a won deal,9000000,
won a day,450000,
new deals,2,0
Triển vọng: went on,100,
Cơ hội: went on,50,
Đã thẩm định: went on,100,
Đề xuất: went on,100,
Đàm phán: went on,100,

$ chotdon -f json pipeline stats --from 2026-10-01 --to 2026-12-31 --team nam | grep -o '^.*"conversion'
{"won": 0, "lost": 1, "won_value": 0, "lost_value": 2000000, "win_rate_pct": 0.0, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null, "created": 1, "lost_reasons": [{"reason": "Giá", "deals": 1, "value": 2000000}], "conversion": [{"stage": "Triển vọng", "entered": 1, "advanced": 1, "rate_pct": 100.0}, {"stage": "Cơ hội", "entered": 1, "advanced": 1, "rate_pct": 100.0}, {"stage": "Đã thẩm định", "entered": 1, "advanced": 1, "rate_pct": 100.0}, {"stage": "Đề xuất", "entered": 1, "advanced": 1, "rate_pct": 100.0}, {"stage": "Đàm phán", "entered": 1, "advanced": 0, "rate_pct": 0.0}], "time_in_stage": [{"stage": "Triển vọng", "deals": 1, "avg_days": 20}, {"stage": "Cơ hội", "deals": 0, "avg_days": null}, {"stage": "Đã thẩm định", "deals": 0, "avg_days": null}, {"stage": "Đề xuất", "deals": 0, "avg_days": null}, {"stage": "Đàm phán", "deals": 1, "avg_days": 14}], "by_rep": [{"code": "NAM", "name": "Lê Văn Nam", "won": 0, "lost": 1, "won_value": 0, "lost_value": 2000000, "win_rate_pct": 0.0, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null}], "by_team": [{"code": "Nam", "name": "Nam", "won": 0, "lost": 1, "won_value": 0, "lost_value": 2000000, "win_rate_pct": 0.0, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null}], "by_source": [{"code": "Zalo", "name": "Zalo", "won": 0, "lost": 1, "won_value": 0, "lost_value": 2000000, "win_rate_pct": 0.0, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null}], "previous": {"from": "2026-07-01", "to": "2026-09-30", "won": 0, "lost": 0, "won_value": 0, "lost_value": 0, "win_rate_pct": null, "avg_days_to_win": null, "avg_activities_per_win": null, "avg_won_value": null, "velocity": null, "created": 0, "lost_reasons": [], "conversion

$ chotdon report funnel --month 2026-10
stage         came to it  went on  rate %  of all %  days in it
Triển vọng             4        3   75,0%    100,0%           6
Cơ hội                 3        2   66,7%     75,0%          14
Đã thẩm định           2        2  100,0%     50,0%            
Đề xuất                2        2  100,0%     50,0%            
Đàm phán               2        1   50,0%     50,0%            
won                    1                      25,0%            

$ chotdon -f csv report funnel --month 2026-10 --source zalo
stage,entered,advanced,rate_pct,of_all_pct,avg_days
Triển vọng,2,2,100.0,100.0,6
Cơ hội,2,2,100.0,100.0,14
Đã thẩm định,2,2,100.0,100.0,
Đề xuất,2,2,100.0,100.0,
Đàm phán,2,1,50.0,100.0,
won,1,,,50.0,

# The board; reopened and lost again, a deal is where it is.
$ chotdon -f csv pipeline
stage,kind,deals,value,weighted_value,rotting
Triển vọng,open,1,1000000,100000,1
Cơ hội,open,1,4000000,800000,1
Đã thẩm định,open,0,0,0,0
Đề xuất,open,0,0,0,0
Đàm phán,open,0,0,0,0
Thành công,won,1,9000000,9000000,0
Thất bại,lost,1,2000000,0,0

$ chotdon -f csv pipeline --team Bắc
stage,kind,deals,value,weighted_value,rotting
Triển vọng,open,0,0,0,0
Cơ hội,open,1,4000000,800000,1
Đã thẩm định,open,0,0,0,0
Đề xuất,open,0,0,0,0
Đàm phán,open,0,0,0,0
Thành công,won,1,9000000,9000000,0
Thất bại,lost,0,0,0,0

# Weighted: round(4tr × 20%) + round(1tr × 10%); undated apart, overdue apart, lost nowhere.
$ chotdon deal edit C --expected-close 2026-12-24; chotdon deal add E --no E --expected-value 5 --expected-close 30/11/2026; chotdon deal add F --no F --expected-value 5 --expected-close 1/11/2026; chotdon deal add G --no G --expected-value 3tr --probability 35 --expected-close 1/10/2026
E
F
G

$ chotdon pipeline forecast
month    deals      value   weighted
2026-11      2         10          2
2026-12      1  4.000.000    800.000
2027-01      0          0          0
2027-02      0          0          0
2027-03      0          0          0
2027-04      0          0          0
overdue      1  3.000.000  1.050.000
no date      1  1.000.000    100.000

$ chotdon -f json pipeline forecast --months 2 --rep HA
[
{"month": "2026-11", "deals": 0, "value": 0, "weighted_value": 0},
{"month": "2026-12", "deals": 1, "value": 4000000, "weighted_value": 800000}
]

$ chotdon pipeline forecast --months 0; chotdon pipeline stats --rep nobody; chotdon pipeline stats --source nowhere; chotdon pipeline --team nobody; chotdon pipeline stats --month 2026-13
chotdon: --months takes 1 to 120, not 0
chotdon: there is no staff “nobody”; `chotdon staff list` shows who there is
chotdon: there is no channel “nowhere”
chotdon: there is no team “nobody”; `chotdon team list` shows them
chotdon: --month: "2026-13" is not a month; write 2026-10 or 10/2026
? 1

$ chotdon check | head -1
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 23 audit rows
