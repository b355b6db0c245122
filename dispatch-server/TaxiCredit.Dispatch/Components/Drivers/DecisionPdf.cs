using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Prints the document of a decision, first in Chinese and then in English: the same for everybody who has it.</summary>
internal sealed class DecisionPdf(PdfFonts fonts, IStringLocalizer<NoticeTexts> texts, ReportWords told, Words words)
{
    private static readonly PdfStyle Title = new(18, Bold: true);
    private static readonly PdfStyle Heading = new(11, Bold: true);
    private static readonly PdfStyle Body = new(9.5f);
    private static readonly PdfStyle Small = new(8);

    public byte[] Print(DecisionDocument document, HearingSettings settings)
    {
        var content = DecisionContent.Read(document.Content);
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            using var book = new PdfBook(fonts, $"TaxiCredit {document.Number}", document.MadeAt);
            var flow = new PdfFlow(book, page => $"{document.Number} · {content.Driver} · {page}");
            foreach (var (language, desk) in new[] { ("zh-Hans", settings.DeskZh), ("en", settings.DeskEn) })
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                Write(flow, document, content, desk);
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

    private void Write(PdfFlow flow, DecisionDocument document, DecisionContent d, string desk)
    {
        flow.Paragraph(texts["Document", document.Number], Title);
        flow.Paragraph(texts["Document.Of", d.Driver, d.Case, words.Day(d.DecidedOn)], Body);
        Section(flow, "Document.Finding", texts[$"Document.{d.Verdict}", Words.Conduct(d.ConductZh, d.ConductEn)!], d.Reason,
            told.When(d.On, d.FromHour, d.ToHour, d.Place));
        if ((d.Authority ?? d.Evidence) is { } evidence)
            Section(flow, "Evidence", evidence);
        Section(flow, "Document.Heard", Heard(d));
        Section(flow, "Rule", $"{d.Code} · {Words.Conduct(d.RuleZh, d.RuleEn)}");
        Section(flow, "Document.Effect", [.. Effects(d)]);
        Section(flow, "Document.Remedies", texts["Remedy", d.ObjectionDays, desk]);
        flow.Paragraph(texts["Document.Foot", words.Instant(document.MadeAt)], Small);
    }

    private string Heard(DecisionContent d)
    {
        if (d.HeardBy is not { } until)
            return texts["Document.NoHearing"];
        if (d.Stance is not { } stance)
            return texts["Document.NoAnswer", words.Day(until)];
        var cause = d.Cause is { } why ? $" · {texts[$"Cause.{why}"]}" : "";
        return $"{texts[$"Stance.{stance}"]}{cause}. {d.Answer}".TrimEnd();
    }

    private IEnumerable<string> Effects(DecisionContent d)
    {
        yield return d.Points == 0 ? texts["Document.NoPoints"] : texts["Document.Points", Words.ChangeInSentence(d.Points)];
        if (d.MaxStars is { } most && d.Points != 0)
            yield return texts["Follows.Stars", most];
        if (d.Stars is { } stars)
            yield return texts["Document.Stars", words.Month(stars.Month), words.Of(stars.Without), words.Of(stars.With)];
    }

    private void Section(PdfFlow flow, string heading, params string[] paragraphs)
    {
        flow.Space(6);
        flow.Paragraph(texts[heading], Heading);
        foreach (var paragraph in paragraphs)
            flow.Paragraph(paragraph, Body);
    }
}
