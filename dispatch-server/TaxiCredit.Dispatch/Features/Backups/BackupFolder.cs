using System.Globalization;
using System.Text.RegularExpressions;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Backups;

/// <param name="At">When it was begun, as its name says: the time of a file changes when it is copied.</param>
internal sealed record BackupFile(string Path, DateTimeOffset At);

/// <summary>The backups of one city in one folder. Files of other names are nobody's business here, and never deleted.</summary>
internal sealed partial class BackupFolder
{
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";
    private const string Unfinished = ".part";

    private readonly string _path;
    private readonly string _prefix;

    /// <exception cref="DirectoryNotFoundException">It is not there. It is not made: what is missing is most likely a disk that is not mounted.</exception>
    public BackupFolder(string path, string city)
    {
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder {path}: mount its disk, or make it, or change {BackupSettings.Section}:Folder.");
        (_path, _prefix) = (path, Foreign().Replace(city, "-") + "-");
    }

    /// <summary>From the oldest to the newest.</summary>
    public List<BackupFile> All =>
        [.. Directory.EnumerateFiles(_path).Select(TryRead).OfType<BackupFile>().OrderBy(file => file.At)];

    public string PathFor(DateTimeOffset at) =>
        Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"{_prefix}{at.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}.backup"));

    /// <summary>What a run that was killed has left.</summary>
    public void ClearUnfinished()
    {
        foreach (var file in Directory.EnumerateFiles(_path, "*" + Unfinished).Where(file => TryRead(file[..^Unfinished.Length]) is not null))
            File.Delete(file);
    }

    /// <summary>What need not be kept: neither among the newest, nor the first of one of the newest months. What has a time ahead is not judged.</summary>
    /// <param name="all">In any order.</param>
    public static List<BackupFile> ToDelete(IEnumerable<BackupFile> all, DateTimeOffset now, int keep, int keepMonths)
    {
        var past = all.Where(file => file.At <= now).OrderByDescending(file => file.At).ToList();
        var firsts = past.GroupBy(file => Month.Of(BureauTime.DayOf(file.At))).Take(keepMonths).Select(month => month.Last());
        return [.. past.Skip(keep).Except(firsts)];
    }

    /// <summary>Whether the newest is of before the time of the day that has come last.</summary>
    public static bool IsDue(IEnumerable<BackupFile> all, DateTimeOffset now, TimeOnly at)
    {
        var today = BureauTime.BeginOf(BureauTime.DayOf(now)) + at.ToTimeSpan();
        var last = today <= now ? today : today.AddDays(-1);
        return !all.Any(file => file.At >= last && file.At <= now);
    }

    private BackupFile? TryRead(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith(_prefix, StringComparison.Ordinal) && name.EndsWith(".backup", StringComparison.Ordinal)
            && DateTimeOffset.TryParseExact(
                name[_prefix.Length..^".backup".Length], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new(path, at)
            : null;
    }

    [GeneratedRegex("[^A-Za-z0-9-]")]
    private static partial Regex Foreign();
}
