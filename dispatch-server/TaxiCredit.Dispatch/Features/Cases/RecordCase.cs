using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>A report is put on the bureau's desk.</summary>
/// <param name="Actor">Officer or supervisor who records it; for a peer report also the driver who makes it, for a merit also the leader who praises.</param>
/// <param name="Kind"><c>complaint</c>, <c>infringement</c>, <c>peerReport</c> or <c>merit</c>.</param>
/// <param name="Driver">Public code of the driver: <c>d-0001</c>.</param>
/// <param name="Code">Conduct code of the rulebook: <c>S01</c>.</param>
/// <param name="ConductOn">Day of the conduct, not in the future.</param>
/// <param name="Place">Where, 1 to 200 characters.</param>
/// <param name="Account">What happened, 1 to 2,000 characters.</param>
/// <param name="ConductHour">Hour of the day, 0 to 23, if known.</param>
/// <param name="Reporter">Peer reports only: code of the driver who reports.</param>
/// <param name="PropertyFen">Merits only: value of returned property in fen, 1 to <see cref="Case.MaxPropertyFen"/>.</param>
/// <param name="Authority">
/// How the authority that has decided an infringement, after hearing the driver, names its decision, so that the case needs no hearing of its own; of a merit
/// the certificate or whoever vouches for it. 1 to 200 characters, not with other kinds.
/// </param>
internal sealed record RecordCase(
    Acting Actor, CaseKind Kind, string Driver, string Code, DateOnly ConductOn, string Place, string Account,
    int? ConductHour = null, string? Reporter = null, long? PropertyFen = null, string? Authority = null)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    public string? Reporter { get; init; } = Spelling.Code(Reporter);

    private static readonly OperationRule Rule = new("record-case", Permission.RecordCase);
    private static readonly OperationRule PeerRule = new("record-case", Permission.ReportPeer);
    private static readonly OperationRule PraiseRule = new("record-case", Permission.Praise);

    /// <param name="key">Idempotency key; null for none.</param>
    public static Task<Outcome<Case>> HandleAsync(RecordCase command, OperationContext context, CancellationToken stop, string? key = null) =>
        RunAsync(command, Once(key, context, stop, command), _ => Task.CompletedTask, context, stop);

    /// <summary>A case is recorded once for a key.</summary>
    /// <param name="content">What was sent under it.</param>
    public static Once<Case> Once(string? key, OperationContext context, CancellationToken stop, params object?[] content) => new(
        key, Operations.Once.ContentOf(content), number => context.Db.Cases.Include(c => c.Driver).SingleAsync(c => c.Number == number, stop));

    /// <param name="enclose">Stores what comes with the case, in the same transaction.</param>
    public static Task<Outcome<Case>> RunAsync(
        RecordCase command, Once<Case> once, Func<Case, Task> enclose, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(RuleOf(command.Kind), command.Actor, command.Driver, once, person => command.Check(person, context), async _ =>
        {
            var driver = await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == command.Driver, stop);
            if (driver is null)
                return RosterRules.NoDriver(command.Driver);
            if (await PeerReports.CheckAsync(command, driver, context.Db, stop) is { } unfit)
                return unfit;

            var content = new CaseContent(
                command.Kind, driver, command.Code, command.ConductOn, command.ConductHour, command.Place.Trim(), command.Account.Trim(),
                command.Reporter, command.PropertyFen, command.Authority?.Trim());
            var report = await content.SubmitAsync(command.Actor.Name, context, stop);
            await enclose(report);
            return Done.With(report, report.Number, $"{command.Kind} {command.Code} {driver.Code}");
        }, stop);

    private static OperationRule RuleOf(CaseKind kind) => kind switch
    {
        CaseKind.PeerReport => PeerRule,
        CaseKind.Merit => PraiseRule,
        _ => Rule,
    };

    private Refusal? Check(Person actor, OperationContext context) => CheckOwn(actor) ?? FindFault(context.Today, context.Rulebooks);

    /// <summary>What holds for drivers, who report themselves and not through the bureau.</summary>
    private Refusal? CheckOwn(Person actor)
    {
        if (actor.DriverId is null)
            return null;
        if (Kind == CaseKind.PeerReport && Reporter != actor.Name)
            return Refusal.Forbidden("reporter-is-another", $"'{actor.Name}' can only report in their own name, not as '{Reporter}'.");
        return Driver == actor.Name && Kind == CaseKind.Merit ? Refusal.AgainstRule("praise-of-oneself", "You cannot praise yourself.") : null;
    }

    /// <summary>What can be told from the report alone.</summary>
    public Refusal? FindFault(DateOnly today, InstalledRulebooks rulebooks)
    {
        if (ConductOn > today)
            return Refusal.AgainstRule("conduct-in-future", $"Conduct on {ConductOn:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}.");
        if (ConductHour is < 0 or > 23)
            return Refusal.Malformed("hour-out-of-range", $"conductHour is {ConductHour}; it takes 0 to 23.");
        if (Text(Place, 200, "place") is { } place)
            return place;
        if (Text(Account, 2000, "account") is { } account)
            return account;
        if (PropertyFen is not null && (Kind != CaseKind.Merit || PropertyFen is <= 0 or > Case.MaxPropertyFen))
            return Refusal.Malformed(
                "property-unfit",
                $"propertyFen is the value of property that was returned: 1 to {Case.MaxPropertyFen}, a hundredth of a yuan each, and only with kind 'merit'.");

        if (Authority is not null && (Kind is not (CaseKind.Infringement or CaseKind.Merit) || string.IsNullOrWhiteSpace(Authority) || Authority.Length > 200))
        {
            return Refusal.Malformed(
                "authority-unfit",
                "authority names the decision of an authority, or what certifies a merit, in 1 to 200 characters, and only with kind 'infringement' or "
                + "'merit'.");
        }

        return ConductRules.Find(Code, ConductOn, Kind, rulebooks).Refusal;
    }

    private static Refusal? Text(string? value, int max, string name) =>
        string.IsNullOrWhiteSpace(value) || value.Length > max
            ? Refusal.Malformed($"{name}-length", $"{name} takes 1 to {max} characters; this has {value?.Length ?? 0}.")
            : null;
}
