#include "domain/sample_data.h"

#define WORDS(name)                                                                                                    \
    { name, sizeof name / sizeof *name }

/* Frequent ones stand more than once. */
static const char *const families[] = {
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần",  "Trần",  "Lê",
    "Lê",     "Lê",     "Phạm",   "Phạm",   "Huỳnh",  "Huỳnh",  "Hoàng",  "Phan", "Phan",  "Vũ",    "Võ",
    "Võ",     "Đặng",   "Đặng",   "Bùi",    "Bùi",    "Đỗ",     "Hồ",     "Ngô",  "Dương", "Lý",    "Đinh",
    "Mai",    "Trương", "Lâm",    "Cao",    "Lương",  "Đoàn",   "Tạ",     "Châu", "Tô",    "Trịnh", "Hà",
};
static const char *const female_middles[] = {
    "Thị",      "Thị",    "Thị",      "Thị Ngọc", "Thị Thanh", "Thị Kim",    "Thị Thu",  "Thị Hồng",
    "Thị Bích", "Thị Mỹ", "Thị Minh", "Ngọc",     "Thu",       "Thanh",      "Kim",      "Bích",
    "Phương",   "Thuỳ",   "Mỹ",       "Khánh",    "Bảo",       "Thị Phương", "Thị Thuý", "Cẩm",
};
static const char *const female_givens[] = {
    "Lan",   "Hương", "Hà",   "Trang", "Linh", "Hoa",   "Mai",   "Thảo", "Hạnh", "Nhung", "Yến",  "Loan",
    "Hằng",  "Dung",  "Ngân", "Trâm",  "Vân",  "Tuyết", "Oanh",  "Nga",  "Thuỷ", "Hiền",  "Liên", "Phượng",
    "Quỳnh", "Vy",    "Nhi",  "My",    "Châu", "Diễm",  "Trinh", "Tâm",  "Xuân", "Duyên", "Thư",  "Uyên",
};
static const char *const male_middles[] = {
    "Văn",  "Văn",   "Văn",  "Văn",   "Minh", "Quốc", "Đức", "Hữu",   "Thanh", "Hoàng", "Tuấn",  "Công",
    "Xuân", "Trọng", "Đình", "Thành", "Anh",  "Ngọc", "Gia", "Quang", "Chí",   "Tấn",   "Phước", "Bá",
};
static const char *const male_givens[] = {
    "Đạt",   "Hùng", "Dũng", "Nam",   "Long",  "Tuấn", "Hải",  "Sơn",  "Phong", "Bình", "Khang", "Huy",
    "Thắng", "Tài",  "Lộc",  "Phát",  "Trí",   "Khoa", "Vinh", "Quân", "Cường", "Kiên", "Thịnh", "Tùng",
    "Toàn",  "Hiếu", "Tân",  "Nghĩa", "Trung", "Duy",  "Hoà",  "Nhân", "Việt",  "Lâm",  "Thiện", "Phúc",
};
static const char *const streets[] = {
    "Lê Lợi",
    "Nguyễn Trãi",
    "Trần Hưng Đạo",
    "Lý Thường Kiệt",
    "Hai Bà Trưng",
    "Nguyễn Huệ",
    "Quang Trung",
    "Lê Duẩn",
    "Phan Đình Phùng",
    "Nguyễn Du",
    "Bà Triệu",
    "Trường Chinh",
    "Cách Mạng Tháng 8",
    "Nguyễn Văn Cừ",
    "Phan Chu Trinh",
    "Hùng Vương",
    "Điện Biên Phủ",
    "Ngô Quyền",
    "Lê Hồng Phong",
    "Võ Văn Tần",
    "Hoàng Diệu",
    "Tôn Đức Thắng",
    "Nguyễn Thị Minh Khai",
    "Phạm Văn Đồng",
};
static const char *const firms[] = {
    "Quán Cây Bàng",
    "Tạp hoá Cô Ba",
    "Cà phê Góc Phố",
    "Trường Tiểu học Lê Lợi",
    "Cơm tấm Kiều Giang",
    "Tạp hoá Minh Thư",
    "Quán nhậu Sông Quê",
    "Phở Hoà Bình",
    "Trà sữa Mây",
    "Nhà hàng Sen Vàng",
    "Tạp hoá Út Hiền",
    "Bánh mì Tuấn Kiệt",
    "Trường Mầm non Hoa Mai",
    "Cà phê Vườn Xoài",
    "Tạp hoá Kim Chi",
    "Căng tin THPT Nguyễn Du",
    "Quán ốc Bảy Hữu",
    "Đại lý Hùng Thuỷ",
    "Tạp hoá Phước Lộc",
    "Karaoke Ngôi Sao",
    "Lẩu dê 404",
    "Tạp hoá Bà Tư",
    "Cơm chay Tịnh Tâm",
    "Siêu thị mini Thanh Bình",
    "Bún bò Huế Mệ Tri",
    "Tạp hoá Hai Lúa",
    "Khách sạn Hoàng Anh",
    "Cà phê Đợi",
    "Tạp hoá Gia Hân",
    "Bếp ăn Khu công nghiệp Tân Bình",
    "Công ty TNHH Minh Phát",
    "Nhà trọ Hồng Ngọc",
    "Tiệm giặt ủi 24h",
    "Quán chè Cô Năm",
    "Tạp hoá Thuận Phát",
    "Phòng khám Tâm Đức",
    "Hủ tiếu Nam Vang Liến Húa",
    "Tạp hoá Anh Thư",
    "Văn phòng Luật Đại Tín",
    "Bia hơi Hải Xồm",
    "Trường THCS Trần Phú",
    "Cửa hàng Bảo Châu",
    "Cà phê Trung Niên",
    "Tạp hoá Ngọc Diễm",
    "Công ty CP Xây dựng An Phú",
    "Quán gà Ta Ba",
    "Spa Ngọc Bích",
    "Tạp hoá Thanh Tâm",
    "Nhà nghỉ Bình Minh",
    "Cháo lòng Bà Út",
    "Công ty TNHH Dệt may Thành Công",
    "Tạp hoá Năm Đẹp",
    "Trung tâm Anh ngữ Ban Mai",
    "Quán nướng Gió",
    "Tạp hoá Hoàng Oanh",
    "Tiệm bánh Như Ý",
    "Gara Tấn Phát",
    "Tạp hoá Sáu Bảnh",
    "Phở Lý Quốc Sư",
    "Homestay Mộc",
};
static const char *const call_notes[] = {
    "Gọi nhắc công nợ, khách hẹn cuối tuần chuyển khoản",
    "Gọi hỏi thăm sau giao hàng, khách hài lòng",
    "Khách hỏi giá sỉ bia Tết, hẹn báo lại",
    "Báo hàng về, khách lấy thêm vào thứ Sáu",
    "Khách phàn nàn giao trễ, đã xin lỗi và tặng phiếu giảm giá",
    "Không nghe máy, gọi lại chiều mai",
    "Gọi xác nhận địa chỉ giao hàng",
};
static const char *const message_notes[] = {
    "Gửi bảng giá tháng này qua Zalo",        "Nhắn chương trình mua 1 thùng tặng 1 lốc",
    "Khách hỏi còn gạo ST25 bao 20 kg không", "Gửi ảnh hàng và số tài khoản",
    "Chúc mừng sinh nhật, tặng mã giảm 5%",   "Khách hỏi phí ship về quê",
};
static const char *const visit_notes[] = {
    "Ghé quán chào hàng nước ngọt, khách lấy thử 2 thùng",
    "Ghé thu công nợ và kiểm tra trưng bày",
    "Gặp chủ quán, bàn đơn hàng cố định mỗi tuần",
    "Mang mẫu nước giặt cho khách dùng thử",
};

const struct sample_words sample_families = WORDS(families);
const struct sample_words sample_female_middles = WORDS(female_middles);
const struct sample_words sample_female_givens = WORDS(female_givens);
const struct sample_words sample_male_middles = WORDS(male_middles);
const struct sample_words sample_male_givens = WORDS(male_givens);
const struct sample_words sample_streets = WORDS(streets);
const struct sample_words sample_firms = WORDS(firms);
const struct sample_words sample_call_notes = WORDS(call_notes);
const struct sample_words sample_message_notes = WORDS(message_notes);
const struct sample_words sample_visit_notes = WORDS(visit_notes);
