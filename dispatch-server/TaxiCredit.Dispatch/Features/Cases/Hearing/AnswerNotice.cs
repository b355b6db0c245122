using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>
/// A driver answers what is alleged, or the desk records an answer that came on paper. The same again is the same answer; another one amends it while the time
/// runs, and the one before stays on record.
/// </summary>
/// <param name="Actor">The driver; an officer or supervisor for a paper.</param>
/// <param name="Cause">With <see cref="Stance.BeyondControl"/>, and only there.</param>
/// <param name="Text">At most 2,000 characters; may be empty.</param>
/// <param name="File">A photo as <see cref="PhotoReader"/> has re-encoded it, or a PDF; null for none.</param>
/// <param name="HandedInOn">Papers only: the day on which it was handed in, in time.</param>
internal sealed record AnswerNotice(
    Acting Actor, Stance Stance, BeyondControl? Cause = null, string? Text = null, EvidenceFile? File = null, DateOnly? HandedInOn = null)
{
    private static readonly OperationRule Rule = new("answer-notice", Permission.AnswerNotice);

    /// <param name="number">Of the case, as the desk knows it, or code of the notice, as the driver does.</param>
    public static async Task<Outcome<DriverAnswer>> HandleAsync(
        string number, AnswerNotice command, OperationContext context, PhotoFolder? files, CancellationToken stop)
    {
        var allowed = await context.MayAsync(command.Actor, Permission.AnswerNotice, command.Actor.Name, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        var named = context.Db.Cases.Where(c => c.Number == number).Select(c => (long?)c.Id);
        var served = await (from notice in context.Db.Notices.AsNoTracking()
                            join report in context.Db.Cases on notice.CaseId equals report.Id
                            where notice.Code == number || notice.CaseId == named.FirstOrDefault()
                            select new { notice.CaseId, Driver = report.Driver.Code }).SingleOrDefaultAsync(stop);
        // Somebody else's notice is like none: a refusal of the right would say that it is there.
        if (served is null || allowed.Value.DriverId is not null && served.Driver != allowed.Value.Name)
            return Refusal.Missing("notice-unknown", $"You have no notice '{number}'.");

        return await context.RunAsync<DriverAnswer>(
            Rule, command.Actor, served.Driver, command.Check, person => command.AnswerAsync(served.CaseId, person, context, files, stop), stop);
    }

    private async Task<Outcome<Done<DriverAnswer>>> AnswerAsync(
        long id, Person person, OperationContext context, PhotoFolder? files, CancellationToken stop)
    {
        var db = context.Db;
        var report = await db.Cases.SingleAsync(c => c.Id == id, stop);
        var notice = await db.Notices.AsNoTracking().SingleAsync(n => n.CaseId == id, stop);
        var last = await db.Answers.AsNoTracking().Where(a => a.CaseId == id).OrderByDescending(a => a.Round).FirstOrDefaultAsync(stop);
        var isPaper = person.DriverId is null;
        if (Paper.FindFault(isPaper, HandedInOn, notice.ServedOn, context.Today) is { } unfit)
            return unfit;
        if (last is not null && IsSame(last))
            return Done.Repeated(last);
        if (report.UnlessDecided() is { } decided)
            return decided;
        if ((HandedInOn ?? context.Today) > notice.AnswerBy)
            return Refusal.AgainstRule("answer-too-late", $"The time for an answer ended with {notice.AnswerBy:yyyy-MM-dd}. The desk can still be told.");

        if (report.Move(CaseSignal.Answer) is { } refused)
            return refused;
        await Decisions.TakeBackDecision.DropAsync(report, context, stop);
        var answer = new DriverAnswer
        {
            CaseId = id,
            Round = (last?.Round ?? 0) + 1,
            Stance = Stance,
            Cause = Cause,
            Text = (Text ?? "").Trim(),
            File = File is null ? null : await files!.StoreAsync(File.Bytes, stop, File.Extension),
            FileHash = File?.Hash,
            OnPaperBy = isPaper ? person.Name : null,
            On = HandedInOn ?? context.Today,
            At = context.Now,
        };
        db.Add(answer);
        return Done.With(answer, report.Number, $"{Stance} {answer.Round}");
    }

    private bool IsSame(DriverAnswer last) =>
        last.Stance == Stance && last.Cause == Cause && last.Text == (Text ?? "").Trim() && last.FileHash == File?.Hash;

    private Refusal? Check()
    {
        if (Text?.Length > DriverAnswer.LongestText)
            return Refusal.Malformed("answer-length", $"An answer takes at most {DriverAnswer.LongestText} characters; this has {Text.Length}.");
        return (Stance == Stance.BeyondControl) == Cause is not null
            ? null
            : Refusal.Malformed("cause-unfit", "Stance 'beyondControl' names its cause: weather, traffic, passenger or other; other stances name none.");
    }
}

/// <summary>What comes with an answer or an objection.</summary>
/// <param name="Extension"><c>.jpg</c> or <c>.pdf</c>.</param>
internal sealed record EvidenceFile(byte[] Bytes, string Extension)
{
    /// <summary>SHA-256, 64 lower-case hex digits.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>What a driver hands in on paper, and the desk records.</summary>
internal static class Paper
{
    /// <param name="first">The first day on which it can have come.</param>
    public static Refusal? FindFault(bool isPaper, DateOnly? handedInOn, DateOnly? first, DateOnly today) =>
        isPaper != handedInOn is not null || handedInOn > today || handedInOn < first
            ? Refusal.Malformed("handed-in", $"handedInOn is the day on which a paper came to the desk, {first:yyyy-MM-dd} to today; drivers leave it out.")
            : null;
}

/// <summary>An answer as a body of the API has it; files come by the page.</summary>
/// <inheritdoc cref="AnswerNotice"/>
internal sealed record AnswerBody(Stance Stance, BeyondControl? Cause = null, string? Text = null, DateOnly? HandedInOn = null);
