using System.Globalization;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>What the city's log commits to of a published close: everything that a replay starts from, the digest, and who vouched for it.</summary>
internal static class CloseForm
{
    /// <summary>Canonical bytes of a published close; its signatures must be loaded.</summary>
    public static byte[] Of(Close close) => LogForms.Lines(
        "taxicredit-close-1", close.Period, close.Revision, close.LedgerSequence, LogForms.Text(close.RulebookId), Day(close.RulebookFrom),
        close.RulebookHash, close.DriversThrough, close.Digest, LogForms.Text(close.Reason), close.LedById is null ? "leads" : "follows",
        LogForms.Text(close.PublishedBy), close.PublishedAt!.Value.ToUnixTimeMilliseconds(),
        string.Join(',', close.Signatures.OrderBy(s => s.Actor, StringComparer.Ordinal)
            .Select(s => $"{LogForms.Text(s.Actor)} {s.At.ToUnixTimeMilliseconds()}")));

    /// <summary>Appends a leaf for each close. Call in the transaction that publishes them.</summary>
    public static async Task AppendLeavesAsync(IEnumerable<Close> published, DispatchContext db, CancellationToken stop)
    {
        var next = await db.NextLeafAsync(stop);
        foreach (var close in published)
            db.CityLeaves.Add(CityLeaf.Of(next++, LeafKind.Close, close.Id, Of(close)));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
