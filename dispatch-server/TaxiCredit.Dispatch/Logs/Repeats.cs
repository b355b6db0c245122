namespace TaxiCredit.Dispatch.Logs;

/// <summary>Counts what is logged again and again: the first is told at once, and how many followed it once a window is over. Thread-safe.</summary>
internal sealed class Repeats
{
    /// <summary>Kinds that are told apart at once; more are told as they come.</summary>
    private const int MaxKinds = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Kind> _kinds = [];

    /// <param name="kind">What makes two events the same.</param>
    /// <param name="what">By which the count is told.</param>
    /// <returns>Whether it is to be told now; it is counted otherwise.</returns>
    public bool IsNew(string kind, string what, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_kinds.TryGetValue(kind, out var known))
            {
                known.More++;
                return false;
            }

            if (_kinds.Count < MaxKinds)
                _kinds[kind] = new(what, now);
            return true;
        }
    }

    /// <summary>Takes the counts of windows that are over. A kind that did not repeat itself in its window is told anew when it comes again.</summary>
    /// <param name="all">Also those of windows that are open: nothing follows.</param>
    public List<(string What, int Times)> Take(DateTimeOffset now, bool all)
    {
        lock (_gate)
        {
            var told = new List<(string, int)>();
            foreach (var (key, kind) in _kinds.Where(one => all || now - one.Value.Since >= Window).ToList())
            {
                if (kind.More == 0)
                {
                    _kinds.Remove(key);
                    continue;
                }

                told.Add((kind.What, kind.More));
                (kind.More, kind.Since) = (0, now);
            }

            return told;
        }
    }

    private sealed class Kind(string what, DateTimeOffset since)
    {
        public string What => what;

        public int More { get; set; }

        public DateTimeOffset Since { get; set; } = since;
    }
}
