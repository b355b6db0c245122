using Microsoft.Extensions.Configuration;
using SkiaSharp;
using TaxiCredit.Dispatch.Pdf;

namespace Dispatch.Tests.Pdf;

[TestClass]
public sealed class PdfTests
{
    private static readonly PdfFonts Fonts = new(new ConfigurationBuilder().Build());
    private static readonly PdfStyle Style = new(12);

    [TestMethod]
    public async Task Text_ChineseAndEnglish_IsFoundByAReader()
    {
        // 用 and 车 share their glyphs with radicals of another code point.
        var text = await PdfReader.TextAsync(Book("信用报告 Credit report 鲁K·T0001 出租汽车"));

        StringAssert.Contains(text, "信用报告 Credit report 鲁K·T0001 出租汽车");
    }

    [TestMethod]
    public void Book_OneLine_WeighsLittleAndIsTheSameTwice()
    {
        var book = Book("荣成市");

        Assert.IsLessThan(20_000, book.Length, "the font is 19 MB; only its used glyphs go into the file");
        CollectionAssert.AreEqual(book, Book("荣成市"));
    }

    [TestMethod]
    [DataRow("The driver took a detour by the harbour and would not say why.")]
    [DataRow("司机绕行港口，且拒绝说明原因（计价器显示三十二元）；乘客要求退还多收的车费。")]
    [DataRow("Pneumonoultramicroscopicsilicovolcanoconiosis")]
    [DataRow("😀😀😀😀😀😀😀😀")]
    public void Wrap_NarrowColumn_FitsAndLosesNothing(string text)
    {
        using var setter = new PdfText(Fonts, Style);

        var lines = setter.Wrap(text, 72);

        Assert.IsGreaterThan(1, lines.Count);
        Assert.IsTrue(lines.All(line => setter.Measure(line) <= 72), string.Join('|', lines));
        Assert.AreEqual(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.IsFalse(lines.Any(line => line.Length > 0 && "，。；）".Contains(line[0], StringComparison.Ordinal)), string.Join('|', lines));
        Assert.IsFalse(lines.Any(line => line.EndsWith('（')), string.Join('|', lines));
    }

    [TestMethod]
    public void Wrap_Empty_IsOneEmptyLine()
    {
        using var setter = new PdfText(Fonts, Style);

        CollectionAssert.AreEqual(new[] { "", "" }, setter.Wrap("\n", 72).ToArray());
    }

    [TestMethod]
    public async Task Flow_MoreThanAPage_GoesOnAndNumbersPages()
    {
        using var book = new PdfBook(Fonts, "Report", DateTimeOffset.UnixEpoch);
        var flow = new PdfFlow(book, page => $"page {page}");
        for (var n = 1; n <= 60; n++)
            flow.Row([new(0.7f), new(0.3f, SKTextAlign.Right)], [$"line {n}", $"{n}.00"], Style);
        flow.Rule();
        flow.Paragraph(string.Concat(Enumerable.Repeat("很长的一段话。", 900)), Style);

        var text = await PdfReader.TextAsync(book.Finish());

        Assert.IsGreaterThan(2, book.Pages);
        Assert.IsTrue(Enumerable.Range(1, 60).All(n => text.Contains($"line {n} ", StringComparison.Ordinal)));
        Assert.IsTrue(Enumerable.Range(1, book.Pages).All(n => text.Contains($"page {n}", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task QrMark_Printed_IsReadAsWritten()
    {
        using var book = new PdfBook(Fonts, "Code", DateTimeOffset.UnixEpoch);
        book.BeginPage();
        QrMark.Draw(book.Page, "https://taxi.example/cab/0123456789ab", SKRect.Create(100, 100, 110, 110));

        CollectionAssert.AreEqual(new[] { "https://taxi.example/cab/0123456789ab" }, await PdfReader.CodesAsync(book.Finish(), 1, dpi: 110));
    }

    [TestMethod]
    public void Fonts_NoneWithChinese_AreMissedByName()
    {
        var none = new PdfFonts(new ConfigurationBuilder()
            .AddInMemoryCollection(
                [KeyValuePair.Create<string, string?>("Pdf:Regular", "/nowhere"), KeyValuePair.Create<string, string?>("Pdf:Bold", "/nowhere")])
            .Build());

        // A system other than Linux may have one of its own.
        Assert.AreEqual(OperatingSystem.IsLinux() ? "font-missing" : null, none.Missing?.Code);
        Assert.IsNull(Fonts.Missing);
    }

    private static byte[] Book(string line)
    {
        using var book = new PdfBook(Fonts, "Test", DateTimeOffset.UnixEpoch);
        book.BeginPage();
        book.Draw(line, 50, 100, Style);
        return book.Finish();
    }
}
