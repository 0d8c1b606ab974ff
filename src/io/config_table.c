#include "io/config_table.h"

const struct config_key config_key_table[] = {
    {"shop", "database", CONFIG_TEXT, "", NULL,
     "The shop's file. Empty: chotdon/shop.db in the folder for data of the user's programs."},

    {"ui", "language", CONFIG_CHOICE, "", "vi|en", "What screens and messages speak. Empty: as the system does."},
    {"ui", "theme", CONFIG_CHOICE, "dark", "dark|light", "Colours for a dark or a light terminal."},
    {"ui", "mouse", CONFIG_BOOL, "yes", NULL,
     "Clicks and the wheel work; no leaves them to the terminal, for selecting text."},
    {"ui", "idle_minutes", CONFIG_INT, "15", "0-1440",
     "Minutes without a key after which the screen locks, where sign-in is on. 0: never."},

    {"receipt", "printer", CONFIG_TEXT, "", NULL,
     "Where receipts go: a device (/dev/usb/lp0), a file to append to, or a command after a bar (|lp -d counter -o "
     "raw). Empty: nothing prints."},
    {"receipt", "format", CONFIG_CHOICE, "text", "text|escpos",
     "Plain text, or the receipt printers' own language with bold, cut, drawer and payment code."},
    {"receipt", "width", CONFIG_CHOICE, "48", "32|48", "Characters on a line: 32 on paper of 58 mm, 48 on 80 mm."},
    {"receipt", "codepage", CONFIG_CHOICE, "ascii", "ascii|utf-8|windows-1258",
     "How letters reach an escpos printer; ascii takes the accents off, which every printer can print."},
    {"receipt", "codepage_number", CONFIG_INT, "52", "0-255",
     "The printer's own number for that code page (ESC t), see its manual."},
    {"receipt", "header", CONFIG_TEXT, "", NULL,
     "Lines under the shop's name, parted by bars: \"12 Hàng Bông, Hà Nội|0912 345 678\"."},
    {"receipt", "footer", CONFIG_TEXT, "Cảm ơn quý khách!", NULL, "Lines at the end, parted by bars."},
    {"receipt", "qr", CONFIG_BOOL, "yes", NULL, "Print the payment code of [bank] when something is still to be paid."},
    {"receipt", "cut", CONFIG_BOOL, "yes", NULL, "Cut the paper at the end."},
    {"receipt", "drawer", CONFIG_BOOL, "no", NULL, "Open the cash drawer when cash was taken."},

    {"bank", "bin", CONFIG_TEXT, "", NULL,
     "Bank for payment codes (VietQR): its six digits (970436) or its name (Vietcombank)."},
    {"bank", "account", CONFIG_TEXT, "", NULL, "Account number, at most 19 characters."},
    {"bank", "name", CONFIG_TEXT, "", NULL, "The account's owner, shown beside the code."},

    {"files", "file_group", CONFIG_TEXT, "", NULL,
     "A group of the system that may open the shop's file too. Empty: only its owner."},
    {"files", "opener", CONFIG_TEXT, "xdg-open", NULL,
     "The program that opens documents of products; it gets the path as its last argument, and no shell reads it."},
    {"files", "backup_folder", CONFIG_TEXT, "", NULL,
     "Where automatic backups go. Empty: backups/ beside the shop's file; better another disk."},

    {"accounts", "cash", CONFIG_ACCOUNT, "1111", NULL, "Cash (tiền mặt)."},
    {"accounts", "bank", CONFIG_ACCOUNT, "1121", NULL, "Money in the bank (tiền gửi ngân hàng)."},
    {"accounts", "receivable", CONFIG_ACCOUNT, "131", NULL, "Receivables (phải thu của khách hàng)."},
    {"accounts", "revenue", CONFIG_ACCOUNT, "5111", NULL, "Revenue (doanh thu bán hàng hóa)."},
    {"accounts", "vat", CONFIG_ACCOUNT, "33311", NULL, "VAT to be paid (thuế GTGT đầu ra)."},
    {"accounts", "cost", CONFIG_ACCOUNT, "632", NULL, "Cost of goods sold (giá vốn hàng bán)."},
    {"accounts", "goods", CONFIG_ACCOUNT, "1561", NULL, "Goods (giá mua hàng hóa)."},
    {"accounts", "returns", CONFIG_ACCOUNT, "5213", NULL, "Returns (hàng bán bị trả lại)."},
};
const size_t config_key_count = sizeof config_key_table / sizeof *config_key_table;

const struct config_section config_section_table[] = {
    {"shop", "The shop", NULL},
    {"ui", "Screens", NULL},
    {"receipt", "Receipts", NULL},
    {"bank", "The account that customers pay to", NULL},
    {"files", "Files and backups", NULL},
    {"accounts", "Accounts in the export for accounting", NULL},
    {"keys", "Keys on the screens: action = key; the manual lists the actions", "save = F10\n"},
    {"import.NAME",
     "Files of other programs: field = \"Header|Other header\", the first that is there and not empty is taken; A + B "
     "joins two. Shopee, TikTok, Lazada,\n"
     "# Sapo, Nhanh, Pancake, KiotViet and Haravan are built in; a section of their name changes what it names and "
     "keeps the rest",
     "date_order = dmy\n"
     "delimiter = \";\"\n"
     "fill_down = no\n"
     "order_no = \"Mã đơn\"\n"
     "sku = \"Mã hàng|SKU\"\n"
     "product_name = \"Tên hàng + Phân loại\"\n"
     "status.Xong = completed\n"
     "payment_method.* = transfer\n"
     "default.channel = Facebook\n"},
};
const size_t config_section_count = sizeof config_section_table / sizeof *config_section_table;
