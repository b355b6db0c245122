using CsCheck;
using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

/// <summary>A driver's month with everything that goes into it.</summary>
internal sealed record History(Rulebook Rulebook, Month Month, DriverFacts Facts, IReadOnlyList<LedgerEntry> Ledger)
{
    public Tally Tally() => Tallier.Run(Rulebook, Month, Facts, Ledger);

    /// <summary>The history with one more entry at its end.</summary>
    public History With(EntryKind kind, string code, Points points, DateOnly decidedOn, int? maxStars = null, long? reverses = null) =>
        this with
        {
            Ledger = [.. Ledger, Histories.Entry((Ledger.Count == 0 ? 0 : Ledger[^1].Sequence) + 1, kind, code, points, decidedOn, maxStars, reverses)],
        };

    public History WithReversalOf(LedgerEntry entry, DateOnly decidedOn) =>
        With(EntryKind.Reversal, entry.Code, -entry.Points, decidedOn, reverses: entry.Sequence);

    public override string ToString() => $"{Rulebook}\n{Month}, {Facts}\n{string.Join('\n', Ledger)}";
}

/// <summary>Random rulebooks and histories: more reversals, equal points, limits hit and odd hundredths than life has.</summary>
internal static class Histories
{
    public const string Driver = "d-0001";

    private static readonly string NoDetails = new('0', 64);

    private static readonly Gen<Points> Amount = Gen.OneOf(Gen.Int[1, 400], Gen.OneOf(500, 1000, 1500, 2500, 5000, 10_000))
        .Select(hundredths => new Points(hundredths));

    private static readonly Gen<MeritCap?> Cap =
        Gen.Select(Gen.Int[0, 3], Gen.OneOf(CapPeriod.Window, CapPeriod.Quarter), (count, per) => count == 0 ? null : new MeritCap(count, per));

    private static readonly Gen<Window> Window =
        Gen.Select(Gen.Int[0, 18], months => months == 0 ? new Window(WindowKind.CalendarYear, 12) : new Window(WindowKind.Rolling, months));

    private static readonly Gen<IReadOnlyList<AgeingStep>> Ageing =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[34, 99], Gen.Int[0, 33], Gen.Int[1, 3], IReadOnlyList<AgeingStep> (first, gap, weight, last, count) =>
            new AgeingStep[] { new(0, 100), new(first, weight), new(first + gap, last) }[..count]);

    private static readonly Gen<MeritLimits> Merit =
        Gen.Select(Gen.Int[0, 8000], Gen.Int[-20, 100], Gen.Bool, (limit, offset, age) => new MeritLimits(new(limit), offset < 0 ? null : offset, age));

    /// <summary>A rulebook that differs from Rongcheng's in everything that a tally reads.</summary>
    private static readonly Gen<Rulebook> AnyRulebook =
        Gen.Select(Gen.Int[90_000, 100_500], Gen.Int[0, 15_000], Gen.Int[0, 6000], Window, Ageing, Merit, Gen.Int[-1, 4], Cap.Array[3],
            (start, down, up, window, ageing, merit, drop, caps) => Shipped.Rongcheng with
            {
                Base = new(start),
                Floor = new(start - down),
                Ceiling = new(start + up),
                Window = window,
                Ageing = ageing,
                Merit = merit,
                Stars =
                [
                    .. Shipped.Rongcheng.Stars.Where(band => band.From > new Points(start - down) && band.Stars > 0),
                    new StarBand(0, new(start - down), null),
                ],
                LargestDrop = drop < 1 ? null : drop,
                Codes =
                [
                    .. Shipped.Rongcheng.Codes.Select(code => code.Id switch
                    {
                        "M01" => code with { Cap = caps[0] },
                        "M03" => code with { Cap = caps[1] },
                        "M07" => code with { Cap = caps[2] },
                        _ => code,
                    }),
                ],
            });

    /// <summary>What becomes a ledger entry once it is clear what stands before it.</summary>
    private sealed record Draft(int Kind, string Code, Points Points, int? MaxStars, int DaysAgo, int Target);

    private static readonly Gen<Draft> AnyDraft =
        Gen.Select(Gen.Int[0, 9], Gen.OneOf("M01", "M03", "M07", "X99"), Amount, Gen.Int[-12, 3], Gen.Int[-40, 640], Gen.Int[0, 1000],
            (kind, code, points, maxStars, daysAgo, target) => new Draft(kind, code, points, maxStars < 0 ? null : maxStars, daysAgo, target));

    private static readonly Gen<DriverFacts> Facts =
        Gen.Select(Gen.Int[55, 100], Gen.Int[-1, 4], (days, previous) => new DriverFacts(Driver, days, previous < 0 ? null : previous));

    private static readonly Gen<Month> Month = Gen.Select(Gen.Int[2016, 2020], Gen.Int[1, 12], (year, number) => new Month(year, number));

    /// <summary>Histories of up to 40 entries under Rongcheng's rulebook and under random ones.</summary>
    public static Gen<History> Any { get; } =
        Gen.Select(Gen.OneOf(Gen.Const(Shipped.Rongcheng), AnyRulebook), Month, Facts, AnyDraft.Array[0, 40],
            (rulebook, month, facts, drafts) => new History(rulebook, month, facts, Ledger(month, drafts)));

    public static LedgerEntry Entry(long sequence, EntryKind kind, string code, Points points, DateOnly decidedOn, int? maxStars, long? reverses) =>
        new(sequence, Driver, kind, code, points, maxStars, decidedOn, decidedOn, "", reverses, NoDetails);

    private static List<LedgerEntry> Ledger(Month month, Draft[] drafts)
    {
        var ledger = new List<LedgerEntry>();
        foreach (var draft in drafts)
        {
            // Gaps: the sequence numbers the city's ledger, not the driver's.
            var sequence = (ledger.LastOrDefault()?.Sequence ?? 0) + 1 + (draft.Target % 3);
            var decidedOn = month.LastDay.AddDays(-draft.DaysAgo);
            var entry = draft.Kind switch
            {
                0 => Entry(sequence, EntryKind.Repair, "R01", draft.Points, decidedOn, null, null),
                1 or 2 => ReversalOf(ledger, sequence, draft.Target, decidedOn),
                <= 5 => Entry(sequence, EntryKind.Decision, draft.Code, draft.Points, decidedOn, null, null),
                6 => Entry(sequence, EntryKind.Decision, "S01", Points.Zero, decidedOn, draft.MaxStars, null),
                _ => Entry(sequence, EntryKind.Decision, "S01", -draft.Points, decidedOn, draft.MaxStars, null),
            };
            if (entry is not null) ledger.Add(entry);
        }

        return ledger;
    }

    /// <summary>A reversal of some entry, or nothing if the ledger would be broken by it.</summary>
    private static LedgerEntry? ReversalOf(List<LedgerEntry> ledger, long sequence, int target, DateOnly decidedOn)
    {
        if (ledger.Count == 0) return null;
        var reversed = ledger[target % ledger.Count];
        var reversal = Entry(sequence, EntryKind.Reversal, reversed.Code, -reversed.Points, decidedOn, null, reversed.Sequence);
        List<LedgerEntry> all = [.. ledger, reversal];
        return all.TrueForAll(entry => InForce(entry, all).Count() <= 1) ? reversal : null;
    }

    private static IEnumerable<LedgerEntry> InForce(LedgerEntry entry, List<LedgerEntry> ledger) =>
        ledger.Where(other => other.Reverses == entry.Sequence && !InForce(other, ledger).Any());
}
