using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// Who may report whom: leader and member of one team, either way; never yourself, never the other driver of a shared cab. That a driver reports
/// in their own name is checked by <see cref="RecordCase"/>.
/// </summary>
internal static class PeerReports
{
    public static async Task<Refusal?> CheckAsync(RecordCase command, Driver subject, DispatchContext db, CancellationToken stop)
    {
        if (command.Kind != CaseKind.PeerReport)
        {
            return command.Reporter is null
                ? null
                : Refusal.Malformed("reporter-unfit", "reporter belongs to kind 'peerReport' alone; other cases do not name who reported.");
        }

        var reporter = await db.Drivers.AsNoTracking().Include(d => d.HomeCab).SingleOrDefaultAsync(d => d.Code == command.Reporter, stop);
        if (reporter is null)
            return Refusal.Missing("reporter-unknown", $"A peer report names the driver who reports; no driver has the code '{command.Reporter}'.");
        if (reporter.Id == subject.Id)
            return Refusal.AgainstRule("reporter-is-subject", "You cannot report yourself.");
        if (reporter.HomeCabId == subject.HomeCabId)
            return Refusal.AgainstRule("reporter-shares-cab", $"{reporter.Code} and {subject.Code} share a cab; neither reports on the other.");

        var team = await db.Cabs.Where(c => c.Id == subject.HomeCabId).Select(c => c.TeamId).SingleAsync(stop);
        var leader = await db.Leaderships.Where(l => l.TeamId == team && l.RemovedOn == null).Select(l => (int?)l.DriverId).SingleOrDefaultAsync(stop);
        return reporter.HomeCab.TeamId == team && (leader == reporter.Id || leader == subject.Id)
            ? null
            : Refusal.AgainstRule(
                "reporter-outside-team",
                $"A peer report goes between a team's leader and a member of the same team; {reporter.Code} and {subject.Code} are not.");
    }
}
