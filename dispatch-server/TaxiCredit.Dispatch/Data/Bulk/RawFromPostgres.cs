using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace TaxiCredit.Dispatch.Data.Bulk;

/// <summary>
/// Reads the binary form of COPY (<see href="https://www.postgresql.org/docs/current/sql-copy.html"/>, "Binary Format"): of a row the number of its
/// fields, of each field its length, -1 for null, and its bytes; numbers with the most significant byte first.
/// </summary>
internal sealed class RawFromPostgres(DispatchContext db, NpgsqlRawCopyStream copy, CellKind[] kinds) : RawSource
{
    private const int SignatureAndFlags = 11 + sizeof(int);
    private const short FieldsAtEnd = -1;

    /// <summary>
    /// A pass over a whole table goes along its key, and so do those that are joined to it: sorted, millions of rows would be written to disk first.
    /// </summary>
    private const string InOrderOfKeys = "SET LOCAL enable_sort = off; SET LOCAL work_mem = '64MB'";

    private const string AsBefore = "SET LOCAL enable_sort TO DEFAULT; SET LOCAL work_mem TO DEFAULT";

    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private bool _begun;
    private bool _ended;

    public static async Task<RawFromPostgres> OpenAsync(DispatchContext db, IReadOnlyList<RawColumn> columns, string from, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is not null)
            await db.Database.ExecuteSqlRawAsync(InOrderOfKeys, stop);
        var sql = $"COPY (SELECT {string.Join(", ", columns.Select(column => column.Postgres))} {from}) TO STDOUT (FORMAT BINARY)";
        return new(db, await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginRawBinaryCopyAsync(sql, stop), [.. columns.Select(c => c.Kind)]);
    }

    public override bool Fill(RowBatch batch)
    {
        if (!_begun)
        {
            Take(SignatureAndFlags);
            Take(BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int))));
            _begun = true;
        }

        while (!batch.IsFull)
        {
            if (BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short))) == FieldsAtEnd)
                return !(_ended = true);
            foreach (var kind in kinds)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
                if (length < 0)
                    batch.AddNull();
                else if (kind == CellKind.Number)
                    batch.AddNumber(BinaryPrimitives.ReadInt64BigEndian(Take(length)));
                else
                    batch.Add(kind, Take(length));
            }
        }

        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await copy.DisposeAsync();
        // After a fault the savepoint, or the transaction, takes back what was set.
        if (_ended && db.Database.CurrentTransaction is not null)
            await db.Database.ExecuteSqlRawAsync(AsBefore);
    }

    /// <summary>The next bytes, good until more are taken.</summary>
    private ReadOnlySpan<byte> Take(int length)
    {
        if (_end - _at < length)
            Fetch(length);
        _at += length;
        return _buffer.AsSpan(_at - length, length);
    }

    private void Fetch(int length)
    {
        var left = _buffer.AsSpan(_at, _end - _at);
        if (length > _buffer.Length)
            left.CopyTo(_buffer = new byte[2 * length]);
        else
            left.CopyTo(_buffer);
        (_at, _end) = (0, left.Length);
        _end += copy.ReadAtLeast(_buffer.AsSpan(_end), length - _end);
    }
}
