using System.Globalization;

namespace TaxiCredit.Dispatch.Features.Backups;

/// <summary>Where backups go by themselves, when, and how many are kept.</summary>
internal sealed class BackupSettings
{
    public const string Section = "Backup";

    public const int MaxKeep = 366;
    public const int MaxKeepMonths = 120;

    private const string Hour = "HH':'mm";

    /// <summary>A folder that is there and that this server may write to, best on another machine's disk. Empty: none is made.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Time of the city's day, as 03:10.</summary>
    public string At { get; set; } = "03:10";

    /// <summary>How many of the newest are kept, 1 to <see cref="MaxKeep"/>.</summary>
    public int Keep { get; set; } = 14;

    /// <summary>For how many months the first one of each is kept too, 0 to <see cref="MaxKeepMonths"/>.</summary>
    public int KeepMonths { get; set; } = 12;

    /// <summary>File whose first line seals the key ring and the log's keys, which are in each backup then. Empty: they are in none.</summary>
    public string PassphraseFile { get; set; } = "";

    /// <summary>Only of settings without a fault.</summary>
    public TimeOnly Time => TimeOnly.ParseExact(At, Hour, CultureInfo.InvariantCulture);

    public string? FindFault()
    {
        if (!TimeOnly.TryParseExact(At, Hour, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return $"{Section}:{nameof(At)} is '{At}'; it takes a time of the day, as 03:10.";
        if (Keep is < 1 or > MaxKeep)
            return $"{Section}:{nameof(Keep)} is {Keep}; it takes 1 to {MaxKeep}.";
        if (KeepMonths is < 0 or > MaxKeepMonths)
            return $"{Section}:{nameof(KeepMonths)} is {KeepMonths}; it takes 0 to {MaxKeepMonths}.";
        return Relative(nameof(Folder), Folder) ?? Relative(nameof(PassphraseFile), PassphraseFile);
    }

    private static string? Relative(string name, string path) => path.Length == 0 || Path.IsPathFullyQualified(path)
        ? null
        : $"{Section}:{name} is '{path}'; it takes a whole path, from the root of the file system.";
}
