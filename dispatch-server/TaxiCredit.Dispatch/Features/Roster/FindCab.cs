using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>Finds the cab that a driver means: by its number, by its plate however it is written, or by the code on its sticker.</summary>
internal static class FindCab
{
    private const int Longest = 200;

    /// <param name="typed">
    /// Number <c>cab-0001</c>, or plate <c>鲁K·T0001</c> in any spelling, see <see cref="Plates"/>, also without its province; or the code that passengers
    /// scan.
    /// </param>
    public static async Task<Outcome<Cab>> ByAsync(string? typed, OperationContext context, CancellationToken stop)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is 0 or > Longest)
            return Refusal.Malformed("cab-missing", "Type the cab's number or its plate.");

        var number = Spelling.Code(text);
        var sticker = ShortCode.TryRead(text, out var code) ? code : null;
        if (await context.Db.Cabs.AsNoTracking().FirstOrDefaultAsync(c => c.Code == number || c.PassengerCode == sticker, stop) is { } cab)
            return cab;
        return await HavingAsync(text, context.Db, stop) switch
        {
            [var only] => only,
            [] => RosterRules.NoCab(text),
            var several => Refusal.Conflict("plate-ambiguous", $"{string.Join(" and ", several.Select(c => c.Code))} may have this plate; name one of them."),
        };
    }

    /// <summary>Those of whose code or plate somebody has typed a part, in any spelling.</summary>
    public static IQueryable<Cab> Among(IQueryable<Cab> cabs, string typed)
    {
        var (code, plate, written) = (Spelling.Code(typed), Plates.PartOf(typed), typed.Trim());
        return cabs.Where(c => c.Code.Contains(code) || plate != "" && c.PlateKey.Contains(plate) || c.PlateKey == "" && c.Plate.Contains(written));
    }

    /// <summary>
    /// Cabs that have a plate in any spelling: one, but for those of which a person has yet to say which is right, and where the province is missing.
    /// </summary>
    public static async Task<List<Cab>> HavingAsync(string plate, DispatchContext db, CancellationToken stop)
    {
        var keys = Plates.KeysOf(plate).Where(key => key.Length > 0).ToList();
        var found = await db.Cabs.AsNoTracking().Where(c => c.PlateKey == "" || keys.Contains(c.PlateKey)).ToListAsync(stop);
        return [.. found.Where(c => keys.Contains(Plates.KeyOf(c.Plate))).OrderBy(c => c.Code, StringComparer.Ordinal)];
    }
}
