#include "domain/sample_data.h"

#define WORDS(name, ...)                                                                                               \
    static const char *const name##_list[] = {__VA_ARGS__};                                                            \
    const struct sample_words name = {name##_list, sizeof name##_list / sizeof *name##_list}

/* Of firms that buy already. */
WORDS(sample_deal_titles, "Hàng Tết cho đại lý", "Nhập nước ngọt tháng tới", "Quà Tết nhân viên", "Gạo cho bếp ăn",
      "Nước suối hội nghị khách hàng", "Đổi sang lấy hàng định kỳ", "Mở thêm điểm bán thứ hai", "Bia cho tiệc cuối năm",
      "Cà phê và sữa cho quán", "Giấy và nước rửa cho căn tin", "Bánh kẹo mùa khai giảng", "Mì gói cho ký túc xá",
      "Hợp đồng cung cấp 6 tháng", "Nước giải khát giải bóng đá phường", "Giỏ quà Trung thu",
      "Dầu ăn cho bếp công nghiệp", "Văn phòng phẩm đầu năm học", "Trà và bánh cho phòng họp",
      "Hàng cho quầy tự phục vụ", "Sữa cho trường mầm non");

/* Of people who only asked so far: who, and what about. */
WORDS(sample_lead_contacts, "chị Hồng – quán Cây Me", "anh Toàn – cà phê Góc Phố", "cô Năm – tạp hoá Bến Nôm",
      "anh Lộc – nhà thầu Lộc Phát", "chị Yến – mầm non Hoa Mai", "anh Quý – khách sạn Sông Xanh",
      "chị Diễm – căn tin Trường Lê Lợi", "anh Bách – phòng gym Sức Trẻ", "chị Thuỷ – tiệc cưới Ngọc Lan",
      "anh Hiếu – xưởng mộc Hoà Bình", "cô Sáu – quán cơm Bà Sáu", "anh Khánh – internet Sao Đêm",
      "chị Ngân – spa Hương Sen", "anh Tín – đội bóng Tân Phú", "chị Loan – công ty may Loan Anh",
      "anh Phong – homestay Mây Trắng", "chị Vân – trà sữa Mộc", "anh Duy – văn phòng luật Duy Tân",
      "cô Tư – chùa Phước Hải", "anh Sang – vựa trái cây Sang");
WORDS(sample_lead_titles, "Hỏi giá sỉ nước ngọt", "Cần nguồn gạo ổn định", "Hỏi hàng giao tận nơi", "Muốn làm đại lý",
      "Đặt quà tặng khách", "Hỏi chiết khấu theo thùng", "Cần hoá đơn cho công ty", "So giá với chỗ đang lấy");

WORDS(sample_deal_needs, "Nhập đều mỗi tuần, giao tận nơi", "Đủ hàng trước rằm tháng Chạp",
      "Nguồn rẻ hơn chỗ đang lấy 5%", "Một đầu mối cho cả nước lẫn bánh", "Có hoá đơn để quyết toán");
WORDS(sample_deal_budgets, "15–20 triệu mỗi tháng", "Khoảng 50 triệu, đã duyệt", "Dưới 10 triệu lần đầu",
      "Theo đầu người, 250k", "Chưa chốt, sếp nói linh hoạt");
WORDS(sample_deal_timings, "Trong tháng này", "Trước 23 tháng Chạp", "Đầu quý sau",
      "Ngay khi hết hàng cũ, chừng 2 tuần", "Trước khai giảng");
WORDS(sample_deal_deciders, "Chủ quán quyết luôn", "Chị kế toán trưởng", "Trưởng phòng hành chính, sếp ký",
      "Hai vợ chồng cùng bàn", "Ban giám hiệu họp");
WORDS(sample_deal_tags, "", "", "sỉ", "gấp", "quà tết", "định kỳ", "sỉ,gấp", "hoá đơn");
WORDS(sample_deal_plans, "Gọi chốt số lượng", "Gửi báo giá mới", "Mang hàng mẫu", "Ghé gặp chủ quán",
      "Nhắc xác nhận đơn", "Hẹn xem kho", "Gửi hợp đồng", "Hỏi lại ngân sách");
