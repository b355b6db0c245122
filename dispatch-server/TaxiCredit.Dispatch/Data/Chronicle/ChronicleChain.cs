using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>
/// The hash chains over facts and over the audit log. Every hash is SHA-256 in 64 lower-case hex digits; <c>docs/verify.md</c> has the forms, so
/// that other tools can check them. Text that may hold anything is preceded by its length in bytes of UTF-8, so that every value has one spelling.
/// </summary>
internal static class ChronicleChain
{
    private const string EntryForm = "taxicredit-chronicle-1";
    private const string LineForm = "taxicredit-audit-1";

    /// <summary>What stands in front of the first entry of the chronicle.</summary>
    public static readonly string Genesis = Digest(Encoding.ASCII.GetBytes(EntryForm + "\n"));

    /// <summary>What stands in front of the first line of the audit log.</summary>
    public static readonly string AuditGenesis = Digest(Encoding.ASCII.GetBytes(LineForm + "\n"));

    /// <summary>The hash of an entry, and through <paramref name="previousHash"/> of everything before it.</summary>
    public static string HashOf(string previousHash, ChronicleEntry entry) => Digest(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{EntryForm}\n{previousHash}\n{entry.Sequence}\n{entry.At.ToUnixTimeMilliseconds()}\n{NameOf(entry.Change)}\n{entry.Table}\n{entry.Key}\n")
        + $"{entry.Replaces?.ToString(CultureInfo.InvariantCulture) ?? "-"}\n{entry.Commitment ?? "-"}\n{Sized(entry.Content ?? "")}"));

    /// <summary>As <see cref="HashOf(string, ChronicleEntry)"/>, of an entry whose fields are at hand as they are stored, in UTF-8.</summary>
    /// <param name="form">Has the form of the entry afterwards.</param>
    public static void Write(FormWriter form, ReadOnlySpan<byte> previousHash, in StoredEntry entry)
    {
        form.Begin();
        form.Line(EntryForm);
        form.Line(previousHash);
        form.Line(entry.Sequence);
        form.Line(entry.At);
        form.Line(NameOf(entry.Change));
        form.Line(entry.Table);
        form.Line(entry.Key);
        if (entry.Replaces is { } replaced)
            form.Line(replaced);
        else
            form.Line("-"u8);
        form.Line(entry.HasCommitment ? entry.Commitment : "-"u8);
        form.Line(entry.Content.Length);
        form.Line(entry.Content);
    }

    /// <summary>As <see cref="HashOf(string, ChronicleEntry)"/>, of a line of the audit log.</summary>
    public static string HashOf(string previousHash, AuditEntry line) => Digest(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{LineForm}\n{previousHash}\n{line.Id}\n{line.At.ToUnixTimeMilliseconds()}\n")
        + Sized(line.Actor) + Sized(line.Operation) + Sized(line.Subject) + Sized(line.Detail)));

    public static string NameOf(RowChange change) => change switch
    {
        RowChange.Adopted => "adopted",
        RowChange.Stored => "stored",
        RowChange.Deleted => "deleted",
        RowChange.Erased => "erased",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    private static string Sized(string text) => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text)}\n{text}\n");

    private static string Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>A <see cref="ChronicleEntry"/> as it stands in its row.</summary>
internal readonly ref struct StoredEntry
{
    public required long Sequence { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long At { get; init; }

    public required RowChange Change { get; init; }

    public required ReadOnlySpan<byte> Table { get; init; }

    public required ReadOnlySpan<byte> Key { get; init; }

    public required long? Replaces { get; init; }

    public required bool HasCommitment { get; init; }

    public required ReadOnlySpan<byte> Commitment { get; init; }

    public required ReadOnlySpan<byte> Content { get; init; }
}
