using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>Finds the cab that a driver means: by its number, by its plate however it is written, or by the code on its sticker.</summary>
internal static class FindCab
{
    private const int Longest = 200;

    /// <param name="typed">
    /// Number <c>cab-0001</c>, or plate <c>鲁K·T0001</c>; spaces, dots and hyphens do not count in a plate, nor does case; or the code that
    /// passengers scan.
    /// </param>
    public static async Task<Outcome<Cab>> ByAsync(string? typed, OperationContext context, CancellationToken stop)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is 0 or > Longest)
            return Refusal.Malformed("cab-missing", "Type the cab's number or its plate.");

        var number = text.ToLowerInvariant();
        var plate = string.Concat(text.ToUpperInvariant().Where(char.IsLetterOrDigit));
        var sticker = ShortCode.TryRead(text, out var code) ? code : null;
        var cab = await context.Db.Cabs.AsNoTracking().FirstOrDefaultAsync(
            c => c.Code == number || c.PassengerCode == sticker || c.Plate.Replace("·", "").Replace(" ", "").Replace("-", "") == plate, stop);
        return cab is null ? RosterRules.NoCab(text) : cab;
    }
}
