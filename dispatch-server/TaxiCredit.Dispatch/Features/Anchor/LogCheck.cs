using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>A size and root that somebody has signed, to be compared with the tree of today.</summary>
/// <param name="Name">What it is, for a fault: <c>checkpoint of 2017-12-02</c>.</param>
internal sealed record Anchored(string Name, long Size, byte[] Root);

/// <summary>
/// Recomputes a log from the rows that its leaves stand for, never from stored hashes, and compares it with what was signed: proves that nothing before
/// a checkpoint was changed, left out or put in. One pass, whatever the number of checkpoints; memory does not grow with the log.
/// </summary>
internal static class LogCheck
{
    private const int Batch = 10_000;

    /// <returns>The first difference in words; null if there is none.</returns>
    public static async Task<string?> OfCityAsync(DispatchContext db, IEnumerable<Anchored> signed, CancellationToken stop)
    {
        var roots = new RootsToMeet(signed);
        var entry = 0L;
        for (var from = 0L; ; from += Batch)
        {
            var leaves = await db.CityLeaves.AsNoTracking().Where(l => l.Index >= from && l.Index < from + Batch).OrderBy(l => l.Index).ToListAsync(stop);
            var forms = await FormsAsync(leaves, db, stop);
            foreach (var leaf in leaves)
            {
                if (leaf.Kind == LeafKind.Entry && leaf.Key != ++entry)
                    return $"leaf {leaf.Index} is of entry {leaf.Key}; entry {entry} comes before it";
                if (FaultOf(leaf, forms.GetValueOrDefault((leaf.Kind, leaf.Key)), $"{leaf.Kind} {leaf.Key}") is { } fault)
                    return fault;
                if (roots.Append(leaf) is { } other)
                    return other;
            }

            if (leaves.Count < Batch)
                break;
        }

        var (last, closes) = (
            await db.Ledger.MaxAsync(e => (long?)e.Sequence, stop) ?? 0, await db.Closes.CountAsync(c => c.Status == CloseStatus.Published, stop));
        if (last != entry)
            return $"the ledger ends at entry {last}, the log at entry {entry}";
        var logged = await db.CityLeaves.CountAsync(l => l.Kind == LeafKind.Close, stop);
        return logged != closes ? $"{closes} closes are published, {logged} are in the log" : roots.FindUnmet();
    }

    /// <inheritdoc cref="OfCityAsync"/>
    public static async Task<string?> OfAuditAsync(DispatchContext db, IEnumerable<Anchored> signed, CancellationToken stop)
    {
        var roots = new RootsToMeet(signed);
        for (var from = 0L; ; from += Batch)
        {
            var leaves = await db.AuditLeaves.AsNoTracking().Where(l => l.Index >= from && l.Index < from + Batch).OrderBy(l => l.Index).ToListAsync(stop);
            var (first, last) = leaves.Count == 0 ? (0, -1) : (leaves.Min(l => l.AuditId), leaves.Max(l => l.AuditId));
            var lines = await db.Audit.AsNoTracking().Where(a => a.Id >= first && a.Id <= last).ToDictionaryAsync(a => a.Id, stop);
            foreach (var leaf in leaves)
            {
                var form = lines.TryGetValue(leaf.AuditId, out var line) ? LogForms.OfAudit(line) : null;
                if ((FaultOf(leaf, form, $"Audit {leaf.AuditId}") ?? roots.Append(leaf)) is { } fault)
                    return fault;
            }

            if (leaves.Count < Batch)
                return roots.FindUnmet();
        }
    }

    private static string? FaultOf(LogLeaf leaf, byte[]? form, string subject) =>
        form is null ? $"leaf {leaf.Index} stands for {subject}, which is not there"
        : LogLeaf.Commit(leaf.Salt, form).AsSpan().SequenceEqual(leaf.Commitment) ? null
        : $"leaf {leaf.Index}: {subject} is not what the log committed to";

    private static async Task<Dictionary<(LeafKind, long), byte[]>> FormsAsync(List<CityLeaf> leaves, DispatchContext db, CancellationToken stop)
    {
        var forms = new Dictionary<(LeafKind, long), byte[]>(leaves.Count);
        var entries = leaves.Where(l => l.Kind == LeafKind.Entry).Select(l => l.Key).ToList();
        if (entries.Count > 0)
        {
            var (first, last) = (entries.Min(), entries.Max());
            await foreach (var row in db.Ledger.AsNoTracking().Where(e => e.Sequence >= first && e.Sequence <= last).AsAsyncEnumerable().WithCancellation(stop))
                forms[(LeafKind.Entry, row.Sequence)] = LogForms.OfEntry(row);
        }

        var closes = leaves.Where(l => l.Kind == LeafKind.Close).Select(l => (int)l.Key).ToList();
        foreach (var close in await db.Closes.AsNoTracking().Include(c => c.Signatures)
            .Where(c => closes.Contains(c.Id) && c.Status == CloseStatus.Published).ToListAsync(stop))
            forms[(LeafKind.Close, close.Id)] = CloseForm.Of(close);
        var days = leaves.Where(l => l.Kind == LeafKind.Day).Select(l => l.Key).ToList();
        foreach (var day in await db.LogDays.AsNoTracking().Where(d => days.Contains(d.Through)).ToListAsync(stop))
        {
            // A day whose shifts, or whose end of the chronicle, are not what they were has no form that its leaf could have committed to.
            var (root, events) = await LogDays.ShiftsAsync(db, day.From, day.Through, stop);
            var isThere = day.Chronicle == 0
                || await db.Set<ChronicleEntry>().AnyAsync(e => e.Sequence == day.Chronicle && e.Hash == day.ChronicleHash, stop);
            if (isThere && events == day.ShiftEvents && root.AsSpan().SequenceEqual(day.Shifts))
                forms[(LeafKind.Day, day.Through)] = LogDays.FormOf(day);
        }

        return forms;
    }

    /// <summary>Compares the root at each signed size while the tree grows.</summary>
    private sealed class RootsToMeet
    {
        private readonly Queue<Anchored> _left;
        private readonly CompactRange _tree = new();
        private string? _fault;

        public RootsToMeet(IEnumerable<Anchored> signed)
        {
            _left = new(signed.OrderBy(s => s.Size));
            Meet();
        }

        /// <returns>The first difference in words; null if there is none.</returns>
        public string? Append(LogLeaf leaf)
        {
            if (leaf.Index != _tree.Size)
                return $"leaf {_tree.Size} is missing; {leaf.Index} follows {_tree.Size - 1}";
            _tree.Append(MerkleHash.OfLeaf(leaf.Commitment));
            Meet();
            return _fault;
        }

        /// <summary>Of a log without leaves nothing is appended.</summary>
        public string? FindUnmet() => _fault ?? (_left.TryPeek(out var beyond)
            ? $"the {beyond.Name} covers {beyond.Size} leaves, the database has {_tree.Size}"
            : null);

        private void Meet()
        {
            while (_fault is null && _left.TryPeek(out var next) && next.Size == _tree.Size)
            {
                if (!_tree.Root().AsSpan().SequenceEqual(next.Root))
                    _fault = $"the {next.Name} has another root at {next.Size} leaves: something up to there was changed";
                _left.Dequeue();
            }
        }
    }
}
