using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>What features keep of a case, and what goes with it to another one, such as a passenger's receipt.</summary>
internal interface ICaseCompanions
{
    /// <summary>Call under the write lock, before either case is saved.</summary>
    Task FollowAsync(Case from, Case to, DispatchContext db, CancellationToken stop);
}

/// <summary>
/// An undecided case is about the wrong driver: it ends, and one with the same content goes on about the driver who drove, from its beginning. Submission,
/// deadlines, photo and receipt are those of the first. Neither driver is told of the other.
/// </summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Driver">Public code of the driver who drove.</param>
/// <param name="Reason">How that is known, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record ReassignCase(Acting Actor, string Driver, string Reason, Guid? Version = null)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("reassign-case", Permission.DecideCase);

    /// <returns>The case that ended; <see cref="Case.MergedInto"/> names the one that goes on.</returns>
    public static Task<Outcome<Case>> HandleAsync(
        string number, ReassignCase command, OperationContext context, ICaseCompanions companions, CancellationToken stop) =>
        CloseCase.RunAsync(
            number, Rule, command.Actor, command.Reason, command.Version, context,
            (report, person) => command.MoveAsync(report, person, context, companions, stop), stop);

    private async Task<Refusal?> MoveAsync(Case report, Person person, OperationContext context, ICaseCompanions companions, CancellationToken stop)
    {
        var db = context.Db;
        if (await db.Drivers.SingleOrDefaultAsync(d => d.Code == Driver, stop) is not { } driver)
            return RosterRules.NoDriver(Driver);
        if (driver.Id == report.DriverId)
            return Refusal.AgainstRule("reassign-same", $"Case {report.Number} is about {Driver} already.");
        var again = new RecordCase(
            Actor, report.Kind, driver.Code, report.Code, report.ConductOn, report.Place, report.Account, report.ConductHour, report.Reporter);
        if ((await PeerReports.CheckAsync(again, driver, db, stop) ?? report.Move(CaseSignal.Reassign)) is { } refused)
            return refused;

        var id = await CaseNumber.NextAsync(db, stop);
        var content = new CaseContent(
            report.Kind, driver, report.Code, report.ConductOn, report.ConductHour, report.Place, report.Account, report.Reporter, report.PropertyFen,
            report.Authority);
        // As it was submitted: whoever complained waits no longer for the mistake, and whoever recorded it still does not decide it.
        var moved = Case.Submit(id, CaseNumber.Of(id), content, report.SubmittedOn, report.SubmittedBy);
        if (report is { ComplexOn: { } on, ComplexBy: { } by, ComplexReason: { } why })
            moved.DeclareComplex(new(on, by, why), CaseQueue.DeadlinesOf(context));
        db.Cases.Add(moved);
        await TakePhotoAlongAsync(report, moved, db, stop);
        await companions.FollowAsync(report, moved, db, stop);
        report.MergeInto(moved.Number);
        context.Record(person.Name, "record-case", moved.Number, $"{moved.Kind} {moved.Code} {driver.Code} of {report.Number}");
        return null;
    }

    private static async Task TakePhotoAlongAsync(Case report, Case moved, DispatchContext db, CancellationToken stop)
    {
        if (await db.CasePhotos.SingleOrDefaultAsync(p => p.CaseId == report.Id, stop) is not { } photo)
            return;
        db.Remove(photo);
        db.Add(new CasePhoto { CaseId = moved.Id, File = photo.File, Size = photo.Size });
    }
}
