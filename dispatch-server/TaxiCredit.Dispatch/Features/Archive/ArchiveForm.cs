using System.Globalization;
using System.Text.RegularExpressions;

namespace TaxiCredit.Dispatch.Features.Archive;

internal enum ArchiveKind
{
    /// <summary>For another place: without what lets people in.</summary>
    Archive,

    /// <summary>For this place, after a loss: people go on with the passwords that they had.</summary>
    Backup,
}

/// <summary>
/// An archive of a whole city: a tar file of the head, the rows of each table and the photos in parts, keys if they were asked for, and
/// <c>SHA256SUMS</c> as its last entry. ADR 0034 has the form, <c>docs/operations.md</c> how to use it.
/// </summary>
internal static partial class ArchiveForm
{
    public const string Product = "taxicredit-city-archive";

    /// <summary>Of what is described here: 2 for backups, 1 for archives. A program refuses a greater one than its own.</summary>
    public const int Version = 2;

    /// <summary>Of the first program that could read one of this kind.</summary>
    public static int VersionOf(ArchiveKind kind) => kind == ArchiveKind.Backup ? 2 : 1;

    public const string Head = "archive.json";
    public const string Keys = "keys.sealed";
    public const string Sums = "SHA256SUMS";

    /// <summary>Rows of this name are files, not rows of a table.</summary>
    public const string Photos = "photos";

    /// <summary>A part ends with the row that reaches so many bytes.</summary>
    public const int PartBytes = 4 << 20;

    /// <summary>Most bytes of a part, as stored and as inflated; what claims or holds more is refused.</summary>
    public const int MaxPartBytes = 64 << 20;

    public static string NameOf(string table, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(table == Photos ? "" : "tables/")}{table}-{number:D6}.ndjson.gz");

    /// <returns>Null if a part is not called so.</returns>
    public static (string Table, int Number)? PartOf(string name) => Part().Match(name) is { Success: true } match
        ? (match.Groups["table"].Value, int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    /// <summary>As <see cref="Features.Photos.PhotoFolder"/> names them: no other name is ever given to the file system.</summary>
    public static bool IsPhoto(string name) => Photo().IsMatch(name);

    [GeneratedRegex(@"^(tables/(?<table>[A-Za-z0-9_]+)|(?<table>photos))-(?<number>[0-9]{6})\.ndjson\.gz\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"^[0-9a-f]{32}\.(jpg|pdf)\z")]
    private static partial Regex Photo();
}
