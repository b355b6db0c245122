using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Tallies;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>A driver's entries, one after the other with commas between them, in the order of the chain.</summary>
/// <param name="Entries">Text as the database sends it: to make strings of hundreds of megabytes only to take them apart costs more than the tally.</param>
internal sealed record FileInBrief(int DriverId, byte[] Entries);

/// <summary>
/// What a tally needs of each entry, as one short text that the database itself derives from the entry and keeps in the index by drivers:
/// <c>sequence points day max-stars reverses kind code</c>, the day counted from 0001-01-01, the kind by three letters, <c>-</c> for null. A close
/// reads one row a driver from that index alone; to pass millions of rows of eight columns through a driver takes several times as long. ADR 0013.
/// </summary>
internal static class LedgerInBrief
{
    private const string Index = "IX_Ledger_DriverId_Sequence";

    /// <summary>As SQLite derives it, letter by letter as in the index: one over an expression serves only queries with the same one.</summary>
    private const string OnSqlite = """
        "Sequence" || ' ' || "Points" || ' ' || CAST(julianday("DecidedOn") - 1721425.5 AS INTEGER) || ' ' || ifnull("MaxStars", '-')
        || ' ' || ifnull("Reverses", '-') || ' ' || substr("Kind", 1, 3) || ' ' || "Code"
        """;

    private const string FilesOnSqlite = $$"""
        SELECT "DriverId", group_concat({{OnSqlite}}) AS "Entries" FROM "Ledger" INDEXED BY "{{Index}}"
        WHERE "DriverId" > {0} AND "DriverId" <= {1} AND "Sequence" <= {2} GROUP BY "DriverId" ORDER BY "DriverId"
        """;

    // A column of its own that the index includes: PostgreSQL cannot answer an expression from an index.
    // Aggregates take their rows in the order of the subquery; sorted in the aggregate itself they would be sorted again, driver by driver.
    private const string FilesOnPostgres = """
        SELECT "DriverId", string_agg("Brief", ',') AS "Entries" FROM (
            SELECT "DriverId", "Brief" FROM "Ledger"
            WHERE "DriverId" > {0} AND "DriverId" <= {1} AND "Sequence" <= {2} ORDER BY "DriverId", "Sequence") AS "InOrder"
        GROUP BY "DriverId" ORDER BY "DriverId"
        """;

    // A few dozen codes, each in millions of entries.
    private static readonly ConcurrentDictionary<ulong, string> Codes = new();

    /// <summary>
    /// Files of the drivers above <paramref name="after"/> up to <paramref name="through"/> in the order of their ids; one without entries is not among them.
    /// </summary>
    public static async Task<List<FileInBrief>> FilesInBriefAsync(this DispatchContext db, int after, int through, long throughSequence, CancellationToken stop)
    {
        var files = new List<FileInBrief>();
        var query = db.Database.SqlQueryRaw<FileInBrief>(db is PostgresDispatchContext ? FilesOnPostgres : FilesOnSqlite, after, through, throughSequence);
        await db.ReadAsync(query, row => files.Add(new(row.GetInt32(0), row.GetFieldValue<byte[]>(1))), stop);
        return files;
    }

    /// <summary>Adds a file to the driver that was started.</summary>
    /// <exception cref="ArgumentException">As <see cref="TallyAccumulator.Add(LedgerEntry)"/>; the order of the entries is looked at too.</exception>
    public static void Add(this TallyAccumulator tally, FileInBrief file)
    {
        var entries = new Words(file.Entries);
        while (entries.More)
        {
            var (sequence, points, day) = (entries.Number(), entries.Number(), entries.Number());
            var (maxStars, reverses) = (entries.NumberOrNull(), entries.NumberOrNull());
            var (kind, code) = (KindOf(entries.Word()), CodeOf(entries.Word()));
            tally.Add(sequence, kind, code, new Points((int)points), (int?)maxStars, DateOnly.FromDayNumber((int)day), reverses);
        }
    }

    private static EntryKind KindOf(ReadOnlySpan<byte> letters) =>
        letters.SequenceEqual("Dec"u8) ? EntryKind.Decision
        : letters.SequenceEqual("Rev"u8) ? EntryKind.Reversal
        : letters.SequenceEqual("Rep"u8) ? EntryKind.Repair
        : throw new InvalidDataException($"An entry in brief is of the kind '{Encoding.UTF8.GetString(letters)}'.");

    private static string CodeOf(ReadOnlySpan<byte> text)
    {
        if (text.Length > sizeof(ulong))
            return Encoding.UTF8.GetString(text);
        var key = 0UL;
        foreach (var letter in text)
            key = (key << 8) | letter;
        return Codes.TryGetValue(key, out var code) ? code : Codes.GetOrAdd(key, Encoding.UTF8.GetString(text));
    }

    /// <summary>Words with a space or a comma after each but the last.</summary>
    private ref struct Words(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;

        public readonly bool More => _at < _text.Length;

        public long? NumberOrNull()
        {
            if (_text[_at] != '-')
                return Number();
            _at += 2;
            return null;
        }

        public long Number()
        {
            var (at, number) = (_at, 0L);
            var negative = _text[at] == '-';
            if (negative)
                at++;
            for (; at < _text.Length && (uint)(_text[at] - '0') is var digit and <= 9; at++)
                number = (10 * number) + digit;
            _at = at + 1;
            return negative ? -number : number;
        }

        public ReadOnlySpan<byte> Word()
        {
            var start = _at;
            while (_at < _text.Length && _text[_at] is not ((byte)' ' or (byte)','))
                _at++;
            return _text[start.._at++];
        }
    }
}
