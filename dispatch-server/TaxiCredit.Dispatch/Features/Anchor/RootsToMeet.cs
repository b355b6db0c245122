using System.Security.Cryptography;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>Compares each leaf with what it stands for, and the root at each signed size while the tree grows.</summary>
internal sealed class RootsToMeet
{
    private readonly Queue<Anchored> _left;
    private readonly CompactRange _tree = new();
    private byte[] _salted = new byte[512];

    public RootsToMeet(IEnumerable<Anchored> signed)
    {
        _left = new(signed.OrderBy(s => s.Size));
        Meet();
    }

    /// <summary>In words; null if there is none so far.</summary>
    public string? FirstFault { get; private set; }

    public void Fault(string words) => FirstFault ??= words;

    /// <summary>After a fault no leaf is looked at.</summary>
    /// <param name="row">Begins with index, salt and commitment of the leaf.</param>
    /// <param name="form">Canonical bytes of what it stands for; nothing if that is not there.</param>
    /// <param name="kind">Null for a line of the audit log.</param>
    public void Append(RawRow row, ReadOnlySpan<byte> form, LeafKind? kind, long key)
    {
        if (FirstFault is not null)
            return;
        if (row.Number(0) is not { } index || row.KindOf(1) != CellKind.Bytes || row.KindOf(2) != CellKind.Bytes)
            Fault($"leaf {_tree.Size}: its values are not of their types");
        else if (form.IsEmpty)
            Fault($"leaf {index} stands for {Subject()}, which is not there");
        else if (!IsOf(row.Span(2), row.Span(1), form))
            Fault($"leaf {index}: {Subject()} is not what the log committed to");
        else if (index != _tree.Size)
            Fault($"leaf {_tree.Size} is missing; {index} follows {_tree.Size - 1}");
        else
            Grow(row.Span(2));

        string Subject() => kind is { } of ? $"{of} {key}" : $"Audit {key}";
    }

    /// <summary>Of a log without leaves nothing is appended.</summary>
    public string? FindUnmet() => FirstFault ?? (_left.TryPeek(out var beyond)
        ? $"the {beyond.Name} covers {beyond.Size} leaves, the database has {_tree.Size}"
        : null);

    private bool IsOf(ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> form)
    {
        var length = salt.Length + form.Length;
        if (_salted.Length < length)
            _salted = new byte[2 * length];
        salt.CopyTo(_salted);
        form.CopyTo(_salted.AsSpan(salt.Length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_salted.AsSpan(0, length), hash);
        return commitment.SequenceEqual(hash);
    }

    private void Grow(ReadOnlySpan<byte> commitment)
    {
        _tree.Append(MerkleHash.OfLeaf(commitment));
        Meet();
    }

    private void Meet()
    {
        while (FirstFault is null && _left.TryPeek(out var next) && next.Size == _tree.Size)
        {
            if (!_tree.Root().AsSpan().SequenceEqual(next.Root))
                Fault($"the {next.Name} has another root at {next.Size} leaves: something up to there was changed");
            _left.Dequeue();
        }
    }
}
