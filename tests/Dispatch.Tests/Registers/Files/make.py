#!/usr/bin/python3
"""Makes the registers of this folder as programs of offices write them.

Wants Debian's python3-openpyxl, python3-xlsxwriter and python3-xlwt. The files are committed: spreadsheets hold the time at which they were made.
"""

import pathlib

import openpyxl
import xlsxwriter
import xlwt

HERE = pathlib.Path(__file__).parent
EN = ["driver", "name", "cab", "plate", "team", "team name"]
ZH = ["从业资格证号", "姓名", "车辆编号", "车牌号码", "班组编号", "班组名称"]
ROWS = [
    ["d-101", "王伟", "cab-101", "鲁K·T1101", "t-9", "海鸥班组"],
    ["d-102", "李娜", "cab-101", "鲁K·T1101", "t-9", "海鸥班组"],
    ["d-103", "赵敏", "cab-103", "鲁K·D10103", "t-9", "海鸥班组"],
]


def text(name, rows, encoding="utf-8", separator=",", end="\n", last=True):
    body = end.join(separator.join(row) for row in rows) + (end if last else "")
    (HERE / name).write_bytes(body.encode(encoding))


def texts():
    text("plain.csv", [EN, *ROWS])
    text("excel-zh.csv", [ZH, *ROWS], "gb18030", end="\r\n")
    text("unicode-text.txt", [ZH, *ROWS], "utf-16", "\t", "\r\n")
    text("big-endian.txt", [EN, *ROWS], "utf-16-be", "\t")
    text("old-mac.csv", [ZH, *ROWS], separator=";", end="\r")
    text("pipes.csv", [EN, *ROWS], separator="|", last=False)
    text("hint.csv", [["sep=;"], EN, *ROWS], separator=";", end="\r\n")
    text("titled.csv", [
        ["荣成市出租汽车驾驶员名册（2026年第四季度）"], ["制表单位：客运管理处", "", "", "制表日期：2026年11月30日"], [], ["序号", *ZH, "备注"],
        *[[str(n + 1), *row, ""] for n, row in enumerate(ROWS)], ["合计", "3人"], [], ["审核人：", "", "填表人："],
    ], "utf-8-sig", end="\r\n")
    text("brackets.csv", [[f"{name}（必填）" for name in ZH], *ROWS])
    text("wide.csv", [ZH, *[[row[0].replace("-", "－").replace("1", "１"), row[1], row[2].upper(), row[3].replace("·", " "), *row[4:]] for row in ROWS]])
    text("pages.csv", [ZH, *ROWS[:2], ["第1页", "共2页"], ZH, ROWS[2], ["小计", "", "2"], ["TOTAL", "3"]])
    text("remarks.csv", [[*EN, "remark"], *[[*row, '"first line\n""second"", line"'] for row in ROWS]])
    text("twice.csv", [EN, *ROWS, ROWS[0]])
    text("names-alone.csv", [["Driver No.", "Full name", "Number plate", "Group"], *[[row[0], row[1], row[3], row[5]] for row in ROWS]])
    (HERE / "mixed.csv").write_bytes(",".join(ZH).encode() + b"\n" + b"\n".join(",".join(row).encode("gb18030") for row in ROWS) + b"\n")
    (HERE / "web-page.xls").write_text("<html><body><table><tr><td>姓名</td></tr></table></body></html>")


def spreadsheets():
    book = openpyxl.Workbook()
    for row in [ZH, *ROWS]:
        book.active.append(row)
    book.save(HERE / "plain.xlsx")

    book = xlsxwriter.Workbook(HERE / "joined.xlsx")
    notes, drivers, hidden = book.add_worksheet("说明"), book.add_worksheet("名册"), book.add_worksheet("旧名册")
    notes.write_row(0, 0, ["本表由客运管理处填写"])
    drivers.merge_range(0, 0, 0, 5, "荣成市出租汽车驾驶员名册")
    drivers.write_row(2, 0, ["班组", "姓名", "从业资格证号", "车牌号", "联系地址", "自编号"])
    drivers.merge_range(3, 0, 5, 0, "海鸥班组")
    for n, row in enumerate(ROWS):
        drivers.write_row(3 + n, 1, [row[1], row[0], row[3], "荣成市", row[2]])
    drivers.merge_range(6, 0, 6, 5, "制表人：孙丽 2026年11月30日")
    drivers.set_column(4, 4, None, None, {"hidden": True})
    hidden.write_row(0, 0, ZH)
    hidden.write_row(1, 0, ["d-9", "旧人", "cab-9", "鲁K·T9999", "t-1", "旧班组"])
    hidden.hide()
    book.close()

    book = xlsxwriter.Workbook(HERE / "numbers.xlsx")
    sheet, zeros = book.add_worksheet(), book.add_format({"num_format": "000000"})
    sheet.write_row(0, 0, ["工号", "姓名", "车牌号", "班组"])
    for n, row in enumerate(ROWS):
        sheet.write_number(1 + n, 0, 101 + n, zeros)
        sheet.write_formula(1 + n, 1, f'=CONCATENATE("{row[1]}","")', None, row[1])
        sheet.write_row(1 + n, 2, [row[3], row[5]])
    book.close()

    book = xlsxwriter.Workbook(HERE / "several.xlsx")
    for name in ["一分公司", "二分公司"]:
        sheet = book.add_worksheet(name)
        for n, row in enumerate([ZH, *ROWS]):
            sheet.write_row(n, 0, row)
    book.close()

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("驾驶员")
    for n, row in enumerate([ZH, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(n, column, cell)
    book.save(str(HERE / "old.xls"))


texts()
spreadsheets()
