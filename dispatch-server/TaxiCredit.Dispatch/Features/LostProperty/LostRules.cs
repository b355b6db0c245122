using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What the operations on lost property share.</summary>
internal static class LostRules
{
    public static Refusal NoLoss(string number) => Refusal.Missing("loss-unknown", $"No loss has the number '{number}'; see GET /api/v1/losses.");

    public static Refusal NoFound(string number) => Refusal.Missing("found-unknown", $"No found thing has the number '{number}'; see GET /api/v1/found.");

    /// <param name="kind">Null where none was chosen.</param>
    public static Refusal? Kind(PropertyKind? kind) => kind is { } one && Enum.IsDefined(one)
        ? null
        : Refusal.Malformed("property-kind", $"Choose what it is: {string.Join(", ", Enum.GetNames<PropertyKind>())}.");

    public static Refusal? Text(string? value, int max, string name) => string.IsNullOrWhiteSpace(value) || value.Length > max
        ? Refusal.Malformed($"{name}-length", $"{name} takes 1 to {max} characters; this has {value?.Length ?? 0}.")
        : null;

    /// <summary>Refuses what builds on an earlier state.</summary>
    /// <param name="seen">The version that was looked at; null where nobody looked.</param>
    public static Refusal? Unless(Guid? seen, Guid version, string number) => seen is null || seen == version
        ? null
        : Refusal.Conflict("changed-meanwhile", $"{number} has changed since version {seen}. Read it again and repeat.");

    /// <summary>With its cab.</summary>
    public static async Task<Loss?> FindLossAsync(this DispatchContext db, string number, CancellationToken stop) => Loss.IdOf(number) is { } id
        ? await db.Losses.Include(l => l.Cab).SingleOrDefaultAsync(l => l.Id == id, stop)
        : null;

    /// <summary>With cab, driver, loss and case.</summary>
    public static async Task<FoundItem?> FindFoundAsync(this DispatchContext db, string number, CancellationToken stop) => FoundItem.IdOf(number) is { } id
        ? await db.FoundItems.Include(f => f.Cab).Include(f => f.Driver).Include(f => f.Loss).Include(f => f.Case).SingleOrDefaultAsync(f => f.Id == id, stop)
        : null;
}
