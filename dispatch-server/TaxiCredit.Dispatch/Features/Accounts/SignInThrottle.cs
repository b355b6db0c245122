using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// How often a name may be tried from one place. Whoever tries wrong waits, ever longer, and nobody else: the owner comes from another place, so that no
/// stranger can keep an account shut. Kept in this process alone: another server, or a restart, begins anew. Thread-safe.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>Attempts before the first wait.</summary>
    public const int Free = 5;

    /// <summary>A pair that was left alone for so long begins anew.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>After the fifth attempt in a row; doubles with each further one.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    /// <summary>Pairs that are remembered: those tried longest ago are given up. Each place tries at most 20 times a minute.</summary>
    private const int MaxKept = 50_000;

    private readonly Dictionary<string, Attempts> _kept = [];

    private readonly Lock _lock = new();

    /// <summary>Counts an attempt before it is looked at, so that many at once are each counted.</summary>
    /// <param name="name">As it was typed, or the account's where there is one.</param>
    /// <returns>Whether it may be looked at; false within the wait, which it does not lengthen.</returns>
    public bool Begin(string name, string source)
    {
        var (key, now) = (KeyOf(name, source), time.GetUtcNow());
        lock (_lock)
        {
            if (!_kept.TryGetValue(key, out var attempts) || now - attempts.Last >= Forgotten)
                attempts = new Attempts(0, now, now);
            if (now < attempts.NotBefore)
                return false;

            var count = attempts.Count + 1;
            if (_kept.Count >= MaxKept && !_kept.ContainsKey(key))
                GiveUpOldest();
            _kept[key] = new Attempts(count, now, now + WaitAfter(count));
            return true;
        }
    }

    /// <summary>The right password was shown.</summary>
    public void Clear(string name, string source)
    {
        lock (_lock)
            _kept.Remove(KeyOf(name, source));
    }

    /// <summary>How long to wait after so many in a row.</summary>
    public static TimeSpan WaitAfter(int count)
    {
        if (count < Free)
            return TimeSpan.Zero;
        var doublings = Math.Min(count - Free, 16);
        return TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << doublings, LongestWait.Ticks));
    }

    private void GiveUpOldest()
    {
        foreach (var (key, _) in _kept.OrderBy(kept => kept.Value.Last).Take(MaxKept / 10).ToList())
            _kept.Remove(key);
    }

    /// <summary>A hash: a password in the wrong field is not kept, and no name is longer than another.</summary>
    private static string KeyOf(string name, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Account.Normalize(name)}\n{source}")));

    /// <param name="Count">In a row.</param>
    private sealed record Attempts(int Count, DateTimeOffset Last, DateTimeOffset NotBefore);
}
