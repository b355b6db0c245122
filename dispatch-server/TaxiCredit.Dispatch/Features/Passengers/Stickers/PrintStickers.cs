using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Passengers.Stickers;

/// <summary>The stickers of the whole fleet, or of a team, as a PDF to print. They carry what hangs in every cab: reading it leaves no audit line.</summary>
/// <param name="Team">Code of a team; null for the fleet.</param>
internal sealed record PrintStickers(Acting Actor, string? Team = null)
{
    public string? Team { get; init; } = Spelling.Code(Team);

    /// <param name="address">Where passengers reach the server, without a slash at its end.</param>
    public static async Task<Outcome<byte[]>> HandleAsync(
        PrintStickers command, string address, OperationContext context, PdfFonts fonts, Reachability reach, CancellationToken stop)
    {
        if ((await context.MayAsync(command.Actor, Permission.EditRoster, null, stop)).Refusal is { } forbidden)
            return forbidden;
        if ((reach.OfPages(address) ?? fonts.Missing) is { } missing)
            return missing;
        if (command.Team is { } team && !await context.Db.Teams.AnyAsync(t => t.Code == team, stop))
            return RosterRules.NoTeam(team);

        var stickers = await context.Db.Cabs.AsNoTracking().Where(c => command.Team == null || c.Team.Code == command.Team)
            .OrderBy(c => c.Code).Select(c => new Sticker(c.Plate, c.Team.Name, c.PassengerCode)).ToListAsync(stop);
        return stickers.Count == 0
            ? Refusal.Conflict("no-cabs", "There is no cab to print a sticker for.")
            : StickerSheet.Print(stickers, address, fonts, context.Now);
    }
}
