using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace TaxiCredit.Dispatch.Operations.Reads;

/// <summary>
/// Takes looks from the spool into the audit log. A line of the log ends with the file and the number of the line that it came from,
/// <c>#0123456789abcdef-7</c>: after a crash the log itself says how far it has come, so that nothing is lost and nothing is told twice.
/// </summary>
internal sealed partial class ReadsToLog(ReadSpool spool, TimeProvider time, ILogger<ReadsToLog> log)
{
    public static readonly Job Job = new(
        "reads-to-log", TimeSpan.FromSeconds(5),
        (job, stop) => job.Services.GetRequiredService<ReadsToLog>().RunAsync(job.Services.GetRequiredService<DispatchContext>(), stop));

    /// <summary>Lines that are committed together.</summary>
    private const int Batch = 500;

    public Task RunAsync(DispatchContext db, CancellationToken stop) => spool.EachAsync(file => TakeAsync(file, db, stop));

    private async Task TakeAsync(SpoolFile file, DispatchContext db, CancellationToken stop)
    {
        var (bytes, lines) = file.Logged ?? (0, -1);
        // In doubt until the commit is known: whoever fails in between asks the log.
        file.Logged = null;
        var through = lines < 0 ? await ThroughAsync(file, db, stop) : lines - 1;
        lines = Math.Max(lines, 0);
        while (file.Read(bytes, Batch) is { Count: > 0 } batch)
        {
            await using var write = await db.BeginWriteAsync(stop);
            foreach (var (look, end) in batch)
            {
                if (lines > through)
                    db.Audit.Add(Line(look, $"{file.Name}-{lines.ToString(CultureInfo.InvariantCulture)}"));
                (bytes, lines) = (end, lines + 1);
            }

            await write.SaveAsync(stop);
            db.ChangeTracker.Clear();
        }

        file.Logged = (bytes, lines);
    }

    /// <summary>Number of the last line of a file that is in the log; -1 for none.</summary>
    private static async Task<int> ThroughAsync(SpoolFile file, DispatchContext db, CancellationToken stop)
    {
        if (file.Read(0, 1) is not [var (first, _)])
            return -1;

        // A clock may have been set back meanwhile. A line that cannot be read has no time: then the whole log is looked through.
        var (from, end) = (first?.At.AddDays(-1) ?? DateTimeOffset.UnixEpoch, $"% #{file.Name}-%");
        var last = await db.Audit.AsNoTracking().Where(a => a.Operation == Looks.Audited && a.At >= from && EF.Functions.Like(a.Detail, end))
            .OrderByDescending(a => a.Id).Select(a => a.Detail).FirstOrDefaultAsync(stop);
        return last is null ? -1 : int.Parse(last[(last.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture);
    }

    private AuditEntry Line(Look? look, string from)
    {
        if (look is null)
            LogUnreadable(from);
        // The time of the look, and not of its arrival here.
        return new()
        {
            At = look?.At ?? time.GetUtcNow(), Actor = look?.Actor ?? "?", Operation = Looks.Audited, Subject = look?.Subject ?? "?",
            Detail = $"{look?.Where ?? "?"} #{from}",
        };
    }

    [LoggerMessage(5011, LogLevel.Error, "Line {Line} of the spool of looks cannot be read; the audit log says that there was one")]
    private partial void LogUnreadable(string line);
}
