using System.IO.Compression;
using System.Text;
using TaxiCredit.Dispatch.Features.Registers;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Sheets;

namespace Dispatch.Tests.Registers;

/// <summary>Registers as offices make them: <c>Files/make.py</c> writes them with the programs that offices have.</summary>
[TestClass]
public sealed class OfficeFilesTests
{
    [TestMethod]
    [DataRow("plain.csv", "utf-8", 0)]
    [DataRow("excel-zh.csv", "gb18030", 0)]
    [DataRow("unicode-text.txt", "utf-16", 0)]
    [DataRow("big-endian.txt", "utf-16", 0)]
    [DataRow("old-mac.csv", "utf-8", 0)]
    [DataRow("pipes.csv", "utf-8", 0)]
    [DataRow("hint.csv", "utf-8", 0)]
    [DataRow("titled.csv", "utf-8", 2)]
    [DataRow("brackets.csv", "utf-8", 0)]
    [DataRow("wide.csv", "utf-8", 0)]
    [DataRow("pages.csv", "utf-8", 4)]
    [DataRow("remarks.csv", "utf-8", 0)]
    [DataRow("twice.csv", "utf-8", 0)]
    [DataRow("names-alone.csv", "utf-8", 0)]
    [DataRow("plain.xlsx", "xlsx", 0)]
    [DataRow("joined.xlsx", "xlsx", 1)]
    [DataRow("numbers.xlsx", "xlsx", 0)]
    [DataRow("old.xls", "xls", 0)]
    public void Register_AsAnOfficeMakesIt_NamesItsThreeDrivers(string file, string form, int skipped)
    {
        var book = WorkbookReader.Read(Bytes(file));
        Assert.IsNull(book.Refusal);
        var table = RegisterTable.Read(book.Value, RegisterChoice.Usual());
        Assert.IsNull(table.Refusal);

        Assert.AreEqual(form, book.Value.Form);
        Assert.IsEmpty(table.Value.Faults, string.Join('\n', table.Value.Faults));
        Assert.HasCount(skipped, table.Value.Skipped, string.Join(' ', table.Value.Skipped));
        Assert.AreEqual(
            "王伟 鲁KT1101 海鸥班组; 李娜 鲁KT1101 海鸥班组; 赵敏 鲁KD10103 海鸥班组",
            string.Join("; ", table.Value.Lines.Select(line => $"{line.Name} {Plates.KeyOf(line.Plate!)} {line.TeamName}")));
        var codes = string.Join(' ', table.Value.Lines.Select(line => line.Driver));
        Assert.AreEqual(file == "numbers.xlsx" ? "000101 000102 000103" : "d-101 d-102 d-103", codes);
    }

    [TestMethod]
    [DataRow("mixed.csv", "file-encoding")]
    [DataRow("web-page.xls", "file-kind")]
    [DataRow("locked.xlsx", "workbook-locked")]
    public void File_ThatIsNoTable_IsRefusedByName(string file, string rule) => Assert.AreEqual(rule, WorkbookReader.Read(Bytes(file)).Refusal?.Code);

    [TestMethod]
    public void Sheets_OfWhichSeveralHoldDrivers_AreAskedFor()
    {
        var book = WorkbookReader.Read(Bytes("several.xlsx")).Value;

        var refused = RegisterTable.Read(book, RegisterChoice.Usual()).Refusal;
        Assert.AreEqual("sheet-several", refused?.Code);
        Assert.AreSequenceEqual(new[] { "一分公司", "二分公司" }, (List<string>)refused!.Facts!["sheets"]!);
        Assert.HasCount(3, RegisterTable.Read(book, RegisterChoice.Usual() with { Sheet = "二分公司" }).Value.Lines);
        Assert.AreEqual("sheet-unknown", RegisterTable.Read(book, RegisterChoice.Usual() with { Sheet = "三分公司" }).Refusal?.Code);
    }

    [TestMethod]
    [DataRow("", "file-empty")]
    [DataRow("\n , \n", "file-empty")]
    [DataRow("%PDF-1.7", "file-kind")]
    [DataRow("driver,name\n\"d-1,王伟\n", "sheet-quote")]
    [DataRow("some,words\nand,more\n", "columns-unknown")]
    public void Text_ThatIsNoTable_IsRefusedByName(string text, string rule)
    {
        var book = WorkbookReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.AreEqual(rule, (book.Refusal ?? RegisterTable.Read(book.Value, RegisterChoice.Usual()).Refusal)?.Code);
    }

    [TestMethod]
    public void Bytes_ThatAreNoText_AreRefusedByName()
    {
        Assert.AreEqual("file-kind", WorkbookReader.Read([1, 0, 2, 0, 0, 3]).Refusal?.Code);
        Assert.AreEqual("file-encoding", WorkbookReader.Read([0x61, 0xFF, 0xFF, 0x0A]).Refusal?.Code);
        Assert.AreEqual("file-kind", WorkbookReader.Read(Zipped(("word/document.xml", 10))).Refusal?.Code);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(1, false)]
    public void File_AtItsLimit_IsRead(int more, bool isRead)
    {
        var content = new byte[Workbook.MaxBytes + more];
        content.AsSpan().Fill((byte)'\n');
        "a,b"u8.CopyTo(content);

        Assert.AreEqual(isRead ? null : "file-oversize", WorkbookReader.Read(content).Refusal?.Code);
    }

    [TestMethod]
    [DataRow(Workbook.MaxRows, 2, 1, null)]
    [DataRow(Workbook.MaxRows + 1, 2, 1, "sheet-oversize")]
    [DataRow(1, Workbook.MaxColumns, 1, null)]
    [DataRow(1, Workbook.MaxColumns + 1, 1, "sheet-oversize")]
    [DataRow(1, 2, Workbook.MaxCell, null)]
    [DataRow(1, 2, Workbook.MaxCell + 1, "sheet-cell")]
    public void Table_AtItsLimits_IsRead(int rows, int columns, int characters, string? rule)
    {
        var row = string.Join(',', Enumerable.Repeat(new string('x', characters), columns)) + "\n";

        Assert.AreEqual(rule, WorkbookReader.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row, rows)))).Refusal?.Code);
    }

    [TestMethod]
    public void Spreadsheet_ThatIsCutOffAnywhere_IsRefusedAndNeverHalfRead()
    {
        var whole = Bytes("plain.xlsx");
        for (var length = 8; length < whole.Length; length += 101)
            Assert.AreEqual("workbook-broken", WorkbookReader.Read(whole[..length]).Refusal?.Code, $"{length}");
    }

    [TestMethod]
    public void Spreadsheet_WithAnyByteChanged_IsReadOrRefused()
    {
        var whole = Bytes("old.xls");
        var random = new Random(20261201);
        for (var n = 0; n < 300; n++)
        {
            var changed = whole.ToArray();
            changed[random.Next(8, changed.Length)] ^= (byte)random.Next(1, 256);
            if (WorkbookReader.Read(changed).Refusal is { } refusal)
                Assert.IsTrue(refusal.Code is "workbook-broken" or "workbook-locked" or "file-empty" or "sheet-cell" or "sheet-oversize", refusal.Code);
        }
    }

    [TestMethod]
    public void Spreadsheet_ThatUnpacksToMoreThanItMay_IsRefusedBeforeItIsRead() =>
        Assert.AreEqual("workbook-bomb", WorkbookReader.Read(Zipped(("xl/workbook.xml", SpreadsheetReader.MaxUnpacked + 1))).Refusal?.Code);

    private static byte[] Zipped((string Name, long Length) entry)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var stream = package.CreateEntry(entry.Name, CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            for (var left = entry.Length; left > 0; left -= block.Length)
                stream.Write(block, 0, (int)Math.Min(block.Length, left));
        }

        return bytes.ToArray();
    }

    internal static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Registers", "Files", file));
}
