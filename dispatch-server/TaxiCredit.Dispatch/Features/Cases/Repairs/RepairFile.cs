using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Repairs;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

/// <summary>What a rule of the rulebook offers a driver today.</summary>
/// <param name="Points">That a repair would give back; null where it gives nothing, or where the driver names a decision first.</param>
/// <param name="Of">Number of the decision whose points those are, or of its case where it has no document; null with <paramref name="Why"/>.</param>
/// <param name="Why">Why it gives nothing yet; null if it can be asked for.</param>
/// <param name="From">First day on which it can be asked for again, where only time is missing.</param>
internal sealed record RepairOffer(RepairRule Rule, decimal? Points, string? Of, string? Why, DateOnly? From);

/// <summary>A repair with what it came to.</summary>
/// <param name="Of">As in <see cref="RepairOffer"/>.</param>
/// <param name="Points">That were given back; null where none were.</param>
internal sealed record AskedRepair(Repair Repair, RepairRule Rule, string Driver, string Case, string Of, decimal? Points);

/// <summary>Offers to a driver, and what they have asked for.</summary>
/// <param name="Asked">Newest first.</param>
internal sealed record RepairFile(IReadOnlyList<RepairOffer> Offers, IReadOnlyList<AskedRepair> Asked)
{
    private const int MaxAsked = 24;
    private const int MaxOpen = 100;

    /// <summary>Something was lost that a rule may give back, or was asked for.</summary>
    public bool IsWorthAPage => Asked.Count > 0 || Offers.Any(offer => offer.Why is not "repair-nothing-lost");

    public static async Task<RepairFile> OfAsync(int driverId, OperationContext context, CancellationToken stop) =>
        new(await OffersAsync(driverId, context, stop), await AskedAsync(Newest(context.Db.Repairs.Where(r => r.DriverId == driverId)), context, stop));

    /// <summary>What waits for a decision, oldest first.</summary>
    public static Task<List<AskedRepair>> OpenAsync(OperationContext context, CancellationToken stop) =>
        AskedAsync(context.Db.Repairs.Where(r => r.Outcome == null).OrderBy(r => r.Id).Take(MaxOpen), context, stop);

    private static IQueryable<Repair> Newest(IQueryable<Repair> repairs) => repairs.OrderByDescending(r => r.Id).Take(MaxAsked);

    /// <param name="repairs">In the order in which they are told.</param>
    public static async Task<List<AskedRepair>> AskedAsync(IQueryable<Repair> repairs, OperationContext context, CancellationToken stop)
    {
        var db = context.Db;
        var found = await (from repair in repairs.AsNoTracking()
                           join report in db.Cases on repair.CaseId equals report.Id
                           join kept in db.Decisions on repair.CaseId equals kept.CaseId into documents
                           from document in documents.DefaultIfEmpty()
                           select new
                           {
                               repair, report.Number, report.Driver.Code, Year = (int?)document.Year, Serial = (int?)document.Serial,
                               Points = db.Ledger.Where(e => e.Sequence == repair.LedgerSequence).Select(e => (long?)e.Points).FirstOrDefault(),
                           }).ToListAsync(stop);
        return found.ConvertAll(f => new AskedRepair(
            f.repair, context.Rulebooks.InForceOn(f.repair.On).Value.Repair.First(rule => rule.Id == f.repair.Rule), f.Code, f.Number,
            f.Year is { } year ? DecisionDocument.NumberOf(year, f.Serial!.Value) : f.Number, f.Points is { } points ? new Points(points).ToDecimal() : null));
    }

    /// <summary>By the rulebook of today; none in a file without a deduction that ever counted.</summary>
    private static async Task<List<RepairOffer>> OffersAsync(int driverId, OperationContext context, CancellationToken stop)
    {
        var offers = new List<RepairOffer>();
        if (!await context.Db.Ledger.AnyAsync(e => e.DriverId == driverId && e.Kind == EntryKind.Decision && e.Points < 0, stop))
            return offers;
        var room = await RepairTerms.RoomAsync(driverId, context.Today, context, stop);
        var open = await context.Db.Repairs.Where(r => r.DriverId == driverId && r.Outcome == null).Select(r => r.Rule).ToListAsync(stop);
        foreach (var rule in context.Rulebooks.InForceOn(context.Today).Value.Repair)
        {
            if (open.Contains(rule.Id))
                continue;
            if (RepairTerms.FindFault(rule, room, context.Today) is { } early)
            {
                var why = room.Left > Points.Zero ? early.Code : "repair-nothing-lost";
                offers.Add(new(rule, null, null, why, Later(room.CleanFrom(rule), room.AgainFrom(rule))));
            }
            else if (rule.MakesGood)
                offers.Add(new(rule, null, null, room.Left > Points.Zero ? null : "repair-nothing-lost", null));
            else
                offers.Add(await OfferAsync(driverId, rule, room, context, stop));
        }

        return offers;
    }

    private static async Task<RepairOffer> OfferAsync(int driverId, RepairRule rule, RepairRoom room, OperationContext context, CancellationToken stop)
    {
        var terms = await RepairTerms.FindAsync(driverId, rule, null, room, context.Today, context, stop);
        if (terms.Refusal is { } refused)
            return new(rule, null, null, refused.Code, null);
        var id = terms.Value.Case.Id;
        var document = await context.Db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == id, stop);
        return new(rule, terms.Value.Points.ToDecimal(), document?.Number ?? terms.Value.Case.Number, null, null);
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one > other || other is null ? one : other;
}
