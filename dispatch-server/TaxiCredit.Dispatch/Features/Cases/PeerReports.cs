using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
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

        var reporter = await db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == command.Reporter, stop);
        if (reporter is null)
            return Refusal.Missing("reporter-unknown", $"A peer report names the driver who reports; no driver has the code '{command.Reporter}'.");
        if (reporter.Id == subject.Id)
            return Refusal.AgainstRule("reporter-is-subject", "You cannot report yourself.");
        // As it was on the day that is told of: who moved since may report, and be reported, as a member of that day.
        var held = MembershipQueries.AsOf(db, command.ConductOn).AsNoTracking();
        var (reporting, reported) = (
            await held.SingleAsync(m => m.DriverId == reporter.Id, stop), await held.SingleAsync(m => m.DriverId == subject.Id, stop));
        if (reporting.CabId == reported.CabId)
            return Refusal.AgainstRule("reporter-shares-cab", $"{reporter.Code} and {subject.Code} share a cab; neither reports on the other.");

        var leader = await db.Leaderships.Where(l => l.TeamId == reported.TeamId && l.RemovedOn == null).Select(l => (int?)l.DriverId)
            .SingleOrDefaultAsync(stop);
        return reporting.TeamId == reported.TeamId && (leader == reporter.Id || leader == subject.Id)
            ? null
            : Refusal.AgainstRule(
                "reporter-outside-team",
                $"A peer report goes between a team's leader and a member of the same team; {reporter.Code} and {subject.Code} were not on that day.");
    }
}
