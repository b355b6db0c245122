using Microsoft.Extensions.Localization;
using SkiaSharp;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Prints a credit report.</summary>
internal sealed class ReportPdf(PdfFonts fonts, IStringLocalizer<ReportTexts> texts, IStringLocalizer<TallyTexts> tallyTexts, Words words)
{
    private static readonly SKColor Soft = new(0x47, 0x54, 0x5f);
    private static readonly PdfStyle Title = new(20, Bold: true);
    private static readonly PdfStyle Heading = new(12, Bold: true);
    private static readonly PdfStyle Body = new(9.5f);
    private static readonly PdfStyle Strong = new(9.5f, Bold: true);
    private static readonly PdfStyle Small = new(8, Ink: Soft);
    private static readonly PdfStyle Column = new(8, Bold: true, Ink: Soft);

    private static readonly PdfColumn[] Tally =
        [new(0.15f), new(0.40f), new(0.12f, SKTextAlign.Right), new(0.09f, SKTextAlign.Right), new(0.11f, SKTextAlign.Right), new(0.13f, SKTextAlign.Right)];

    private static readonly PdfColumn[] Below = [new(0.15f), new(0.85f)];
    private static readonly PdfColumn[] Months = [new(0.3f), new(0.25f), new(0.2f, SKTextAlign.Right), new(0.25f, SKTextAlign.Right)];

    public byte[] Print(ReportFile file)
    {
        using var book = new PdfBook(fonts, $"{file.Title} {file.Driver}", file.MadeAt);
        var flow = new PdfFlow(book, page => texts["Foot", file.Driver, words.Instant(file.MadeAt), page]);
        Head(file, flow);
        Lines(file, flow);
        Section(flow, texts["Next"], file.NextStar);
        if (file.Certainty.Count > 0)
            Section(flow, texts["Sure"], file.Certainty);
        Section(flow, texts["Open"],
            file.OpenMatters.Count == 0 ? [texts["Open.None"]] : file.OpenMatters.Select(m => words.Pair($"{m.Code} {m.Conduct}", m.When)));
        if (file.Months.Count > 0)
            Year(file, flow);
        Section(flow, texts["Chain"], [file.Check, file.Chain.HeadHash]);
        Proofs(file, flow);
        return book.Finish();
    }

    private void Head(ReportFile file, PdfFlow flow)
    {
        flow.Paragraph(file.Title, Title);
        flow.Paragraph($"{file.Driver} {file.Name}", Heading);
        flow.Paragraph(texts["Of", file.Team, file.HomeCab], Body);
        flow.Paragraph(texts["Made", words.Instant(file.MadeAt), words.Day(file.BureauDay)], Body);
        if (file.Synthetic is not null)
            flow.Paragraph(file.Synthetic, Strong);
        flow.Space(8);
    }

    private void Lines(ReportFile file, PdfFlow flow)
    {
        Begin(flow, texts["SoFar", words.Month(file.Period)]);
        flow.Paragraph(file.Provisional, Body);
        flow.Paragraph(words.Clauses(words.Of(file.Stars), tallyTexts["FromPoints", Words.InSentence(file.Points)]), Strong);
        flow.Paragraph($"{words.Pair(tallyTexts["Rulebook"], file.Rulebook)} · {words.Pair(tallyTexts["DaysOnShift"], Words.Count(file.DaysOnShift))}", Small);
        flow.Space(4);
        flow.Row(Tally, [tallyTexts["DecidedOn"], tallyTexts["What"], tallyTexts["Booked"], tallyTexts["Weight"], tallyTexts["Counts"], tallyTexts["Total"]],
            Column);
        foreach (var line in file.Lines)
            Line(line, flow);
        flow.Rule();
        flow.Row(Tally, ["", tallyTexts["AddUp"], "", "", Words.Points(file.Lines.Sum(line => line.Counts)), Words.Points(file.Points)], Strong);
    }

    private void Line(ReportLine line, PdfFlow flow)
    {
        var isEntry = line.Entry is not null;
        if (!isEntry && line is { Booked: 0, Counts: 0 })
        {
            // About stars: it adds no points.
            flow.Row(Below, ["", line.What], Body);
            return;
        }

        flow.Row(
            Tally,
            [
                line.DecidedOn is { } day ? words.Day(day) : "", line.What, isEntry ? Words.Change(line.Booked) : "", isEntry ? $"{line.WeightPercent} %" : "",
                Words.Change(line.Counts), Words.Points(line.Total),
            ],
            Body);
        if (!isEntry)
            return;
        var conducted = line.ConductOn is { } on ? $"{tallyTexts["ConductOn"]} {words.Day(on)} · " : "";
        flow.Row(Below, ["", $"{conducted}{tallyTexts["Entry", line.Code!, line.Entry!]} · {line.Case} · {line.Reason}"], Small);
        if (line.Rule is not null)
            flow.Row(Below, ["", line.Rule], Small);
        if (line.Decision is not null)
            flow.Row(Below, ["", tallyTexts["Decision", line.Decision]], Small);
    }

    private void Year(ReportFile file, PdfFlow flow)
    {
        Begin(flow, texts["Year"]);
        flow.Row(Months, [texts["Year.Month"], tallyTexts["Rating"], texts["Year.Points"], texts["Year.Revision"]], Column);
        foreach (var month in file.Months)
        {
            var isKnown = month.Points is not null;
            flow.Row(
                Months,
                [words.Month(month.Period), isKnown ? words.Of(month.Stars) : texts["Year.None"], isKnown ? Words.Points(month.Points!.Value) : "",
                    isKnown ? $"{month.Revision}" : ""],
                Body);
        }
    }

    /// <summary>The checkpoint once, then each entry's salt, leaf and hashes: what the JSON has, to be read off paper.</summary>
    private void Proofs(ReportFile file, PdfFlow flow)
    {
        if (file.Proofs.Count == 0)
            return;
        Begin(flow, texts["Proofs"]);
        flow.Paragraph(texts["Proofs.Lead"], Small);
        var (_, checkpoint) = Split(file.Proofs[0]);
        flow.Paragraph(checkpoint, Small);
        foreach (var proof in file.Proofs)
            flow.Paragraph($"{proof.Entry} · {proof.Salt} · {Split(proof).Hashes}", Small);
    }

    private static (string Hashes, string Checkpoint) Split(EntryProof proof)
    {
        var end = proof.Proof.IndexOf("\n\n", StringComparison.Ordinal);
        var hashes = proof.Proof[..end].Split('\n')[1..];
        return (string.Join(' ', hashes), proof.Proof[(end + 2)..].Replace('\n', ' ').Trim());
    }

    private static void Section(PdfFlow flow, string heading, IEnumerable<string> paragraphs)
    {
        Begin(flow, heading);
        foreach (var paragraph in paragraphs)
            flow.Paragraph(paragraph, Body);
    }

    private static void Begin(PdfFlow flow, string heading)
    {
        flow.Space(10);
        flow.Paragraph(heading, Heading);
    }
}
