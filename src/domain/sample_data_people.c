#include "domain/sample_data.h"

/* code, name, phone, address, terms, company number in barcodes */
const struct sample_supplier sample_suppliers[] = {
    {"ONGCUA", "Gạo Hồ Quang – đại lý Sóc Trăng", "02993822155", "Mỹ Xuyên, Cần Thơ", "Trả ngay", "6010"},
    {"ACECOOK", "Nhà phân phối Acecook Hoàng Gia", "02838154064", "Tân Phú, TP.HCM", "Công nợ 15 ngày", "4563"},
    {"MASAN", "Nhà phân phối Masan Phú Thành", "02862563862", "Quận 6, TP.HCM", "Công nợ 15 ngày", "6017"},
    {"CHOLON", "Bách hoá sỉ Chợ Lớn", "02838552176", "Chợ Lớn, TP.HCM", "Trả ngay", "5001"},
    {"TUONGAN", "Nhà phân phối dầu ăn Tường An", "02838153972", "Tân Phú, TP.HCM", "Công nợ 15 ngày", "4816"},
    {"VNM", "Nhà phân phối Vinamilk Tân Phú", "02854155555", "Quận 7, TP.HCM", "Công nợ 7 ngày", "4673"},
    {"TH", "Nhà phân phối TH true Milk", "02838239799", "Phú Nhuận, TP.HCM", "Công nợ 7 ngày", "5217"},
    {"COCA", "Nhà phân phối Coca-Cola Minh Thắng", "02838961000", "Thủ Đức, TP.HCM", "Trả ngay", "5049"},
    {"PEPSI", "Nhà phân phối Suntory PepsiCo", "02838219437", "Bình Thạnh, TP.HCM", "Trả ngay", "4588"},
    {"HEINEKEN", "Tổng đại lý bia Heineken Sáu Long", "02838222755", "Quận 12, TP.HCM", "Công nợ 10 ngày", "4859"},
    {"SABECO", "Tổng đại lý bia Sài Gòn Ba Hưng", "02838294083", "Quận 5, TP.HCM", "Công nợ 10 ngày", "5035"},
    {"CAPHE", "Nhà phân phối Trung Nguyên", "02839251852", "Quận 1, TP.HCM", "Công nợ 15 ngày", "5024"},
    {"KINHDO", "Nhà phân phối bánh Kinh Đô", "02837260888", "Thủ Đức, TP.HCM", "Công nợ 15 ngày", "4680"},
    {"ORION", "Nhà phân phối Orion Vina", "02743553700", "Thuận An, TP.HCM", "Công nợ 15 ngày", "6036"},
    {"LAVIE", "Đại lý nước khoáng La Vie Thanh Tâm", "02723511802", "Tân An, Tây Ninh", "Trả ngay", "5005"},
    {"UNILEVER", "Nhà phân phối Unilever Thiên Phú", "02854135686", "Quận 7, TP.HCM", "Công nợ 20 ngày", "4839"},
    {"PG", "Nhà phân phối P&G Phương Đông", "02838214141", "Quận 3, TP.HCM", "Công nợ 20 ngày", "4868"},
    {"GIAY", "Nhà phân phối giấy & bỉm An Khang", "02837153168", "Bình Tân, TP.HCM", "Công nợ 15 ngày", "4751"},
    {"THIENLONG", "Nhà phân phối Thiên Long", "02837505555", "Bình Tân, TP.HCM", "Công nợ 30 ngày", "5094"},
    {"DUYTAN", "Đồ gia dụng Kim Biên", "02838562777", "Quận 6, TP.HCM", "Công nợ 15 ngày", "5077"},
    {"DIENQUANG", "Điện Quang – cửa hàng sỉ Nhật Tảo", "02838390135", "Quận 10, TP.HCM", "Trả ngay", "5026"},
    {"MAY", "Xưởng may Bảo Ngọc", "02838650412", "Tân Bình, TP.HCM", "Công nợ 30 ngày", "6052"},
};
const size_t sample_supplier_count = sizeof sample_suppliers / sizeof *sample_suppliers;

#define COUNTER   "Bán lẻ tại quầy"
#define WHOLESALE "Bán sỉ"
#define ONLINE    "Bán online"
#define BACK      "Kho & chăm sóc"

/* The first of a team leads it. */
const struct sample_staff sample_staff[] = {
    {"HANH", "Trần Thị Hạnh", COUNTER, "manager", 18000000, 60},
    {"LAN", "Nguyễn Thị Lan", COUNTER, "counter", 8500000, 34},
    {"MAI", "Phạm Thị Tuyết Mai", COUNTER, "counter", 8200000, 26},
    {"TRANG", "Lê Thu Trang", COUNTER, "counter", 7800000, 14},
    {"KHOA", "Huỳnh Đăng Khoa", COUNTER, "counter", 7600000, 8},
    {"PHUC", "Nguyễn Hồng Phúc", WHOLESALE, "manager", 17000000, 58},
    {"NAM", "Võ Hoài Nam", WHOLESALE, "rep", 9500000, 40},
    {"HA", "Đặng Thị Thu Hà", WHOLESALE, "rep", 9500000, 31},
    {"DUNG", "Bùi Tiến Dũng", WHOLESALE, "rep", 9000000, 22},
    {"TAM", "Trương Minh Tâm", WHOLESALE, "rep", 8500000, 6},
    {"THAO", "Phan Thị Phương Thảo", ONLINE, "rep", 11000000, 29},
    {"LINH", "Đỗ Khánh Linh", ONLINE, "rep", 9000000, 20},
    {"HUY", "Ngô Gia Huy", ONLINE, "rep", 8800000, 16},
    {"VY", "Lý Tường Vy", ONLINE, "marketing", 10500000, 18},
    {"CTV01", "Hồ Ngọc Diệp", ONLINE, "outsourced", 0, 11},
    {"SON", "Lê Hồng Sơn", BACK, "warehouse", 10500000, 44},
    {"TAI", "Nguyễn Hữu Tài", BACK, "warehouse", 8600000, 19},
    {"NGA", "Vũ Thị Nga", BACK, "care", 8800000, 27},
    {"QUYNH", "Hoàng Như Quỳnh", BACK, "care", 8400000, 9},
    {"OANH", "Dương Kim Oanh", BACK, "accountant", 12000000, 52},
};
const size_t sample_staff_count = sizeof sample_staff / sizeof *sample_staff;

/* Half of the buyers from the city, the others from all over. */
const struct sample_place sample_places[] = {
    {"TP.HCM", 120},  {"Đồng Nai", 14},   {"Tây Ninh", 9},   {"Vĩnh Long", 6}, {"Đồng Tháp", 8}, {"Cần Thơ", 9},
    {"An Giang", 7},  {"Cà Mau", 4},      {"Lâm Đồng", 7},   {"Đắk Lắk", 6},   {"Khánh Hòa", 6}, {"Gia Lai", 4},
    {"Đà Nẵng", 8},   {"Quảng Ngãi", 3},  {"Huế", 4},        {"Quảng Trị", 2}, {"Hà Tĩnh", 2},   {"Nghệ An", 4},
    {"Thanh Hóa", 4}, {"Ninh Bình", 3},   {"Hưng Yên", 3},   {"Hà Nội", 18},   {"Bắc Ninh", 3},  {"Hải Phòng", 5},
    {"Phú Thọ", 2},   {"Thái Nguyên", 2}, {"Quảng Ninh", 2}, {"Lào Cai", 1},   {"Lạng Sơn", 1},  {"Cao Bằng", 1},
    {"Sơn La", 1},    {"Tuyên Quang", 1}, {"Điện Biên", 1},  {"Lai Châu", 1},
};
const size_t sample_place_count = sizeof sample_places / sizeof *sample_places;
