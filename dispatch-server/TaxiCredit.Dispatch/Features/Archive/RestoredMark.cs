using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// A restore stores what the archive has and nothing else, so that it can be compared; that there was one is a line of the audit log, which the first start
/// writes. Until then it is a file of the data folder.
/// </summary>
internal static class RestoredMark
{
    public const string Audited = "restore-city";

    /// <param name="making">The folder in which the restore makes things.</param>
    public static void Leave(DataFolder making, ArchiveHead head, string content, string by, DateTimeOffset now) =>
        PrivateFile.Write(PathIn(making), Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{by}\nat {now:yyyy-MM-dd HH:mm:ss}Z, {(head.Kind == ArchiveKind.Backup ? "backup" : "archive")} of {head.MadeAt:yyyy-MM-dd HH:mm:ss}Z, "
            + $"content {content}\n")));

    /// <summary>Call at each start, once the chronicle has taken over what there is.</summary>
    public static async Task TakeAsync(DataFolder folder, DispatchContext db, DateTimeOffset now, CancellationToken stop)
    {
        var path = PathIn(folder);
        if (!File.Exists(path) || await File.ReadAllLinesAsync(path, stop) is not [var by, var detail, ..])
            return;
        await using (var write = await db.BeginWriteAsync(stop))
        {
            // Another start may have been cut off between the commit and the deletion.
            if (!await db.Audit.AnyAsync(a => a.Operation == Audited && a.Detail == detail, stop))
                db.Audit.Add(new AuditEntry { At = now, Actor = by, Operation = Audited, Subject = await db.CityAsync(stop), Detail = detail });
            await write.SaveAsync(stop);
        }

        File.Delete(path);
    }

    private static string PathIn(DataFolder folder) => Path.Combine(folder.Path, "restored");
}
