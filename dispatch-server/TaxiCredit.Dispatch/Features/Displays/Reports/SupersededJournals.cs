using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>
/// The memories of each display that newer ones have replaced, the newest <see cref="MaxPerDisplay"/>: only a unit out of order has more, and it must
/// not fill the server with them.
/// </summary>
internal sealed class SupersededJournals
{
    /// <summary>More exchanges of its memory than a unit sees in its life.</summary>
    public const int MaxPerDisplay = 32;

    private readonly Dictionary<int, Queue<string>> _journals = [];

    public bool Contains(int displayId, string journal) => _journals.TryGetValue(displayId, out var known) && known.Contains(journal);

    /// <summary>In the order in which they were replaced; the oldest beyond the limit is forgotten.</summary>
    public void Add(SupersededJournal journal)
    {
        if (!_journals.TryGetValue(journal.DisplayId, out var known))
            _journals[journal.DisplayId] = known = [];
        if (known.Contains(journal.Journal))
            return;
        known.Enqueue(journal.Journal);
        if (known.Count > MaxPerDisplay)
            known.Dequeue();
    }

    /// <summary>Leaves the newest of each display in a list that ascends by time.</summary>
    public static void Trim(List<SupersededJournal> journals)
    {
        var seen = new Dictionary<int, int>();
        for (var i = journals.Count - 1; i >= 0; i--)
        {
            var count = seen[journals[i].DisplayId] = seen.GetValueOrDefault(journals[i].DisplayId) + 1;
            if (count > MaxPerDisplay)
                journals.RemoveAt(i);
        }
    }
}
