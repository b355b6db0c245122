using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Prints the document of a ruling, first in Chinese and then in English: the same for everybody who has it.</summary>
internal sealed class RulingPdf(PdfFonts fonts, IStringLocalizer<DecisionTexts> texts, Words words)
{
    private static readonly PdfStyle Title = new(18, Bold: true);
    private static readonly PdfStyle Heading = new(11, Bold: true);
    private static readonly PdfStyle Body = new(9.5f);
    private static readonly PdfStyle Small = new(8);

    public byte[] Print(RulingDocument document)
    {
        var content = RulingContent.Read(document.Content);
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            using var book = new PdfBook(fonts, $"TaxiCredit {document.Number}", document.MadeAt);
            var flow = new PdfFlow(book, page => $"{document.Number} · {content.Driver} · {page}");
            foreach (var language in new[] { "zh-Hans", "en" })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                Write(flow, document, content);
                flow.Space(14);
                flow.Rule();
            }

            return book.Finish();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    private void Write(PdfFlow flow, RulingDocument document, RulingContent r)
    {
        flow.Paragraph(texts["Document", document.Number], Title);
        flow.Paragraph(texts["Document.Of", r.Driver, words.Day(r.RuledOn), words.Day(r.ObjectedOn)], Body);
        Section(flow, "Document.Decision", texts[
            "Document.Decision.Of", r.Decision ?? texts["Document.NoNumber"], r.Code, Words.Conduct(r.ConductZh, r.ConductEn)!,
            Words.ChangeInSentence(r.Points), words.Day(r.DecidedOn)]);
        Section(flow, "Document.Statement", r.HasFile ? [r.Statement, texts["WithFile"]] : [r.Statement]);
        Section(flow, "Document.Ruling", [.. Ruled(r)]);
        flow.Space(6);
        flow.Paragraph(texts["Document.Foot", words.Instant(document.MadeAt)], Small);
    }

    private IEnumerable<string> Ruled(RulingContent r)
    {
        yield return texts[$"Ruled.{r.Outcome}", words.Day(r.RuledOn)];
        yield return r.PointsNow == 0 ? texts["Now.Nothing"] : texts["Now", Words.Conduct(r.RuledZh, r.RuledEn)!, Words.ChangeInSentence(r.PointsNow)];
        if (r.Reason is not null)
            yield return r.Reason;
        if (r.Outcome == Ruling.Lapsed)
            yield return texts["Document.Lapsed", words.Day(r.RuleBy)];
        else if (r.WasStayed)
            yield return texts["Document.Stayed"];
    }

    private void Section(PdfFlow flow, string heading, params string[] paragraphs)
    {
        flow.Space(6);
        flow.Paragraph(texts[heading], Heading);
        foreach (var paragraph in paragraphs)
            flow.Paragraph(paragraph, Body);
    }
}
