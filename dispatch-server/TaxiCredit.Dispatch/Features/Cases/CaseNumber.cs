using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>Cases are numbered in the order of submission: <c>c-000123</c>.</summary>
internal static class CaseNumber
{
    /// <summary>The next number. Call it under the write lock, and save before you call it again.</summary>
    public static async Task<long> NextAsync(DispatchContext db, CancellationToken stop) => 1 + (await db.Cases.MaxAsync(c => (long?)c.Id, stop) ?? 0);

    public static string Of(long number) => $"c-{number:D6}";
}
