# The board is data: stages and reasons (CLI "Pipeline", DOMAIN 5).

$ chotdon init
made shop.db

$ chotdon stage list
Stage         Kind  Chance  Idle days  Folded  Asks for
Triển vọng    open     10%          7  no      
Cơ hội        open     20%         10  no      
Đã thẩm định  open     40%         14  no      need,budget,timing,decision_maker
Đề xuất       open     60%         14  no      
Đàm phán      open     80%          7  no      
Thành công    won     100%          0  no      
Thất bại      lost      0%          0  no      

$ chotdon stage add "Hẹn gặp" --before "Đề xuất" --idle-days 5 --required phone,customer

$ chotdon stage add "Gửi mẫu" --probability 55 --fold yes

$ chotdon stage add "hen gap"
chotdon: the board has a stage “hen gap” already
? 1

$ chotdon stage add ""
chotdon: a stage needs a name of at most 1000 bytes
? 1

$ chotdon stage add X --probability 150
chotdon: the probability goes from 0 to 100%
? 1

$ chotdon stage add X --idle-days -3
chotdon: idle days go from 0 (never) to 3650
? 1

$ chotdon stage add X --required màu
chotdon: “màu” is no field of a deal; a stage may require: need,budget,timing,decision_maker,customer,phone,email,province,rep,source,product,expected_value,expected_close
? 1

$ chotdon stage add X --kind lạ
chotdon: “lạ” is no kind of stage: use open, won or lost
? 1

$ chotdon stage add X --before Y
chotdon: there is no stage “Y”; the board has: Triển vọng, Cơ hội, Đã thẩm định, Hẹn gặp, Đề xuất, Đàm phán, Gửi mẫu, Thành công, Thất bại
? 1

$ chotdon -f json stage list
[
{"stage": "Triển vọng", "kind": "open", "probability_pct": 10, "idle_days": 7, "fold": false, "required": ""},
{"stage": "Cơ hội", "kind": "open", "probability_pct": 20, "idle_days": 10, "fold": false, "required": ""},
{"stage": "Đã thẩm định", "kind": "open", "probability_pct": 40, "idle_days": 14, "fold": false, "required": "need,budget,timing,decision_maker"},
{"stage": "Hẹn gặp", "kind": "open", "probability_pct": 40, "idle_days": 5, "fold": false, "required": "customer,phone"},
{"stage": "Đề xuất", "kind": "open", "probability_pct": 60, "idle_days": 14, "fold": false, "required": ""},
{"stage": "Đàm phán", "kind": "open", "probability_pct": 80, "idle_days": 7, "fold": false, "required": ""},
{"stage": "Gửi mẫu", "kind": "open", "probability_pct": 55, "idle_days": 0, "fold": true, "required": ""},
{"stage": "Thành công", "kind": "won", "probability_pct": 100, "idle_days": 0, "fold": false, "required": ""},
{"stage": "Thất bại", "kind": "lost", "probability_pct": 0, "idle_days": 0, "fold": false, "required": ""}
]

$ chotdon stage edit "Hẹn gặp" --name "Gặp mặt" --after "Triển vọng" --required ""

$ chotdon stage edit "Thành công" --kind open
chotdon: “Thành công” is the last stage of the kind “won”; a board needs one
? 1

$ chotdon stage edit "Cơ hội"
chotdon: nothing to change: see `chotdon stage edit -h`
? 2

# deals follow

$ chotdon deal add A --expected-value 10tr --stage "Cơ hội" && chotdon deal add B --expected-value 10tr --probability 90 --stage "Cơ hội"
CH261121-0001
CH261121-0002

$ chotdon stage edit "Cơ hội" --probability 25 && chotdon -f csv deal list --sort deal_no | cut -d, -f1,11
deal_no,probability_pct
CH261121-0001,25
CH261121-0002,90

$ chotdon stage edit "Cơ hội" --kind won
chotdon: stage “Cơ hội” has 2 deals: move them first, then change its kind
? 1

$ chotdon stage remove "Cơ hội"
chotdon: stage “Cơ hội” has 2 deals: say where they go with --to STAGE
? 1

$ chotdon stage remove "Cơ hội" --to "Thành công"
chotdon: the deals of “Cơ hội” can only go to another stage of its kind, not “Thành công”
? 1

$ chotdon stage remove "Cơ hội" --to "Triển vọng" && chotdon -f csv deal list --sort deal_no | cut -d, -f1,8,11
deal_no,stage,probability_pct
CH261121-0001,Triển vọng,10
CH261121-0002,Triển vọng,90

$ chotdon stage remove "Thất bại"
chotdon: “Thất bại” is the last stage of the kind “lost”; a board needs one
? 1

$ chotdon stage remove "Gửi mẫu" && chotdon -f csv stage list | cut -d, -f1
stage
Triển vọng
Gặp mặt
Đã thẩm định
Đề xuất
Đàm phán
Thành công
Thất bại

# a channel's own board

$ chotdon stage list --channel Shopee
chotdon: the channel “Shopee” has no board of its own; `chotdon stage add NAME --channel` makes it
? 1

$ chotdon stage add "Chờ phản hồi" --channel Shopee && chotdon -f csv stage list --channel shopee | cut -d, -f1
stage
Triển vọng
Gặp mặt
Đã thẩm định
Đề xuất
Đàm phán
Chờ phản hồi
Thành công
Thất bại

$ chotdon deal add "Từ Shopee" --source shopee && chotdon deal move "Từ Shopee" "Chờ phản hồi" && chotdon -f csv deal list --stage "Chờ phản hồi" | cut -d, -f1,2
CH261121-0003
deal_no,title
CH261121-0003,Từ Shopee

# reasons

$ chotdon reason add "Giao chậm" && chotdon reason remove "đối thủ" && chotdon reason list
Reason
Giá
Không có nhu cầu
Không liên lạc được
Hết ngân sách
Khác
Giao chậm

$ chotdon reason add "giao cham"
chotdon: the reason “giao cham” is in the list already
? 1

$ chotdon reason remove "không có"
chotdon: “không có” is no reason of the list: Giá, Không có nhu cầu, Không liên lạc được, Hết ngân sách, Khác, Giao chậm (`chotdon reason add` adds one)
? 1

$ chotdon deal lost B --reason "giao chậm" && chotdon reason remove "Giao chậm" && chotdon deal edit B --note "xong" && chotdon -f csv deal list --kind lost | cut -d, -f1,22
deal_no,lost_reason
CH261121-0002,Giao chậm

$ chotdon check | head -1
OK: 0 orders, 0 lines, 0 payments, 0 stock moves, 0 products, 0 customers, 19 audit rows
