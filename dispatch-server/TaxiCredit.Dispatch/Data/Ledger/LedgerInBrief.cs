using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>A driver's entries, one after the other with commas between them, in the order of the chain.</summary>
internal sealed record FileInBrief(int DriverId, string Entries);

/// <summary>
/// What a tally needs of each entry, as one short text that the database itself derives from the entry and keeps in the index by drivers:
/// <c>sequence points day max-stars reverses kind code</c>, the day counted from 0001-01-01, the kind by three letters, <c>-</c> for null. A close
/// reads one row a driver from that index alone; to pass millions of rows of eight columns through a driver takes several times as long. ADR 0013.
/// </summary>
internal static class LedgerInBrief
{
    private const string Index = "IX_Ledger_DriverId_Sequence";

    /// <summary>As SQLite derives it. An index over an expression serves only queries with the same one.</summary>
    private const string OnSqlite = """
        "Sequence" || ' ' || "Points" || ' ' || CAST(julianday("DecidedOn") - 1721425.5 AS INTEGER) || ' ' || ifnull("MaxStars", '-') || ' ' || ifnull("Reverses", '-') || ' ' || substr("Kind", 1, 3) || ' ' || "Code"
        """;

    /// <summary>As PostgreSQL derives it, in a column of its own: it cannot answer an expression from an index.</summary>
    private const string OnPostgres = """
        "Sequence"::text || ' ' || "Points"::text || ' ' || ("DecidedOn" - DATE '0001-01-01')::text || ' ' || coalesce("MaxStars"::text, '-') || ' ' || coalesce("Reverses"::text, '-') || ' ' || substr("Kind", 1, 3) || ' ' || "Code"
        """;

    /// <summary>Migration of SQLite: the index by drivers, which Entity Framework knows by its name, with the brief in it.</summary>
    public static readonly string[] MigrationOnSqlite =
    [
        $"""DROP INDEX "{Index}" """,
        $"""CREATE INDEX "{Index}" ON "Ledger" ("DriverId", "Sequence", ({OnSqlite}))""",
    ];

    /// <summary>Migration of PostgreSQL. The new column writes the table anew.</summary>
    public static readonly string[] MigrationOnPostgres =
    [
        $"""ALTER TABLE "Ledger" ADD COLUMN "Brief" text COLLATE "C" GENERATED ALWAYS AS ({OnPostgres}) STORED""",
        $"""DROP INDEX "{Index}" """,
        $"""CREATE INDEX "{Index}" ON "Ledger" ("DriverId", "Sequence") INCLUDE ("Brief")""",
    ];

    private const string FilesOnSqlite = $$"""
        SELECT "DriverId", group_concat({{OnSqlite}}) AS "Entries" FROM "Ledger" INDEXED BY "{{Index}}"
        WHERE "DriverId" > {0} AND "DriverId" <= {1} AND "Sequence" <= {2} GROUP BY "DriverId" ORDER BY "DriverId"
        """;

    // Aggregates take their rows in the order of the subquery; sorted in the aggregate itself they would be sorted again, driver by driver.
    private const string FilesOnPostgres = """
        SELECT "DriverId", string_agg("Brief", ',') AS "Entries" FROM (
            SELECT "DriverId", "Brief" FROM "Ledger" WHERE "DriverId" > {0} AND "DriverId" <= {1} AND "Sequence" <= {2} ORDER BY "DriverId", "Sequence") AS "InOrder"
        GROUP BY "DriverId" ORDER BY "DriverId"
        """;

    // A few dozen codes, each in millions of entries.
    private static readonly ConcurrentDictionary<string, string> Codes = new();
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> CodesBySpan = Codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Files of the drivers above <paramref name="after"/> up to <paramref name="through"/> in the order of their ids; one without entries is not among them.</summary>
    public static IAsyncEnumerable<FileInBrief> FilesInBriefAsync(this DispatchContext db, int after, int through, long throughSequence) =>
        db.Database.SqlQueryRaw<FileInBrief>(db is PostgresDispatchContext ? FilesOnPostgres : FilesOnSqlite, after, through, throughSequence).AsAsyncEnumerable();

    /// <summary>Adds a file to the driver that was started.</summary>
    /// <exception cref="ArgumentException">As <see cref="TallyAccumulator.Add(LedgerEntry)"/>; the order of the entries is looked at too.</exception>
    public static void Add(this TallyAccumulator tally, FileInBrief file)
    {
        var rest = file.Entries.AsSpan();
        while (!rest.IsEmpty)
        {
            var (sequence, points, day) = (Number(Word(ref rest)), Number(Word(ref rest)), Number(Word(ref rest)));
            var (maxStars, reverses, kind, code) = (NumberOrNull(Word(ref rest)), NumberOrNull(Word(ref rest)), KindOf(Word(ref rest)), CodeOf(Word(ref rest)));
            tally.Add(sequence, kind, code, new Points((int)points), (int?)maxStars, DateOnly.FromDayNumber((int)day), reverses);
        }
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', ',');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return word;
    }

    private static long? NumberOrNull(ReadOnlySpan<char> text) => text is "-" ? null : Number(text);

    private static long Number(ReadOnlySpan<char> text)
    {
        var (negative, number) = (text is ['-', ..], 0L);
        foreach (var digit in negative ? text[1..] : text)
            number = (10 * number) + digit - '0';
        return negative ? -number : number;
    }

    private static EntryKind KindOf(ReadOnlySpan<char> letters) => letters switch
    {
        "Dec" => EntryKind.Decision,
        "Rev" => EntryKind.Reversal,
        "Rep" => EntryKind.Repair,
        _ => throw new InvalidDataException($"An entry in brief is of the kind '{letters}'."),
    };

    private static string CodeOf(ReadOnlySpan<char> text)
    {
        if (CodesBySpan.TryGetValue(text, out var code))
            return code;
        code = text.ToString();
        return Codes.GetOrAdd(code, code);
    }
}
