using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Compares where a chain ends with where it was recorded to end.</summary>
internal static class CheckEnd
{
    private static readonly string[] Chains = [ChainHead.Ledger, ChainHead.Chronicle, ChainHead.Audit];

    public static async Task CheckNamesAsync(DispatchContext db, Findings findings, CancellationToken stop)
    {
        foreach (var other in await db.Set<ChainHead>().Where(h => !Chains.Contains(h.Name)).Select(h => h.Name).ToListAsync(stop))
            findings.Differs("ChainHeads", other, "chain", "none of that name", "one");
    }

    public static async Task RunAsync(DispatchContext db, string chain, long last, string hash, Findings findings, CancellationToken stop)
    {
        var recorded = await db.EndAsync(chain, stop) ?? (0, "none");
        if (recorded.Sequence != last)
            findings.Differs("ChainHeads", chain, "number of the last link", last, recorded.Sequence);
        if (recorded.Hash != hash && (recorded.Sequence, last) != (0, 0))
            findings.Differs("ChainHeads", chain, "hash of the last link", hash, recorded.Hash);
    }
}

/// <summary>The hash of the link before, as it is stored.</summary>
internal sealed class LastHash(string first)
{
    private byte[] _bytes = Encoding.UTF8.GetBytes(first);
    private int _length = Encoding.UTF8.GetByteCount(first);

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <param name="hash">Of any length: what stands in a row may be anything.</param>
    public void Set(ReadOnlySpan<byte> hash)
    {
        if (_bytes.Length < hash.Length)
            _bytes = new byte[hash.Length];
        hash.CopyTo(_bytes);
        _length = hash.Length;
    }
}
