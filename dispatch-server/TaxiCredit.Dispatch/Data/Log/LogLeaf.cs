using System.Security.Cryptography;

namespace TaxiCredit.Dispatch.Data.Log;

/// <summary>
/// A leaf of a transparency log: SHA-256 over a random salt and the canonical bytes of what it stands for. Append-only: a trigger refuses to change or
/// delete a row. The salt is kept as long as what it salts. Nothing of that is ever erased: places, hours and reasons are not in it but in details,
/// which have a salt of their own.
/// </summary>
internal abstract class LogLeaf
{
    public const int SaltLength = 16;

    /// <summary>Place in the tree: 0, 1, 2 … without a gap.</summary>
    public required long Index { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>32 bytes: what is published of the leaf.</summary>
    public required byte[] Commitment { get; init; }

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltLength);

    public static byte[] Commit(byte[] salt, byte[] form) => SHA256.HashData([.. salt, .. form]);
}

/// <summary>What a leaf of the city's log stands for.</summary>
internal enum LeafKind
{
    /// <summary>An entry of the ledger; <see cref="CityLeaf.Key"/> is its sequence.</summary>
    Entry,

    /// <summary>A published close or revision; the key is its id.</summary>
    Close,

    /// <summary>Roots of shifts and roster; the key is the last day that it covers, counted from 0001-01-01.</summary>
    Day,
}

/// <summary>A leaf of the log whose checkpoints are published.</summary>
internal sealed class CityLeaf : LogLeaf
{
    public required LeafKind Kind { get; init; }

    public required long Key { get; init; }

    public static CityLeaf Of(long index, LeafKind kind, long key, byte[] form)
    {
        var salt = NewSalt();
        return new() { Index = index, Kind = kind, Key = key, Salt = salt, Commitment = Commit(salt, form) };
    }
}

/// <summary>A leaf of the log of audit lines, whose checkpoints leave the machine and are not published.</summary>
internal sealed class AuditLeaf : LogLeaf
{
    /// <summary>Id of the line.</summary>
    public required long AuditId { get; init; }

    public static AuditLeaf Of(long index, AuditEntry line)
    {
        var salt = NewSalt();
        return new() { Index = index, AuditId = line.Id, Salt = salt, Commitment = Commit(salt, LogForms.OfAudit(line)) };
    }
}
