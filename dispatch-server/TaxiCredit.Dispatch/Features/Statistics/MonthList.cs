using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Statistics;

/// <summary>A published month in a line.</summary>
/// <param name="Rated">Drivers by stars, with every key that <see cref="MonthView"/> names.</param>
/// <param name="Complaints">As <see cref="MonthView.Complaints"/>.</param>
internal sealed record MonthLine(string Period, int Revision, IReadOnlyDictionary<string, int> Rated, int? Complaints);

/// <summary>
/// Every published month in a line. The list is public and what it counts grows for ever: each close is counted once, and of the complaints those that
/// have come since the last look. Thread-safe.
/// </summary>
internal sealed class MonthList : IAsyncDisposable
{
    private readonly SharedRun<IReadOnlyList<MonthLine>> _runs;
    private readonly Dictionary<string, int> _complaints = [];
    private long _lastCase;

    public MonthList(IServiceScopeFactory scopes, IHostApplicationLifetime host) =>
        _runs = new(scopes, host, (services, stop) => ReadAsync(services.GetRequiredService<DispatchContext>(), stop));

    public ValueTask DisposeAsync() => _runs.DisposeAsync();

    /// <summary>In their newest revisions, newest first.</summary>
    public Task<IReadOnlyList<MonthLine>> AllAsync(CancellationToken stop) => _runs.AskAsync().WaitAsync(stop);

    /// <summary>One at a time.</summary>
    private async Task<IReadOnlyList<MonthLine>> ReadAsync(DispatchContext db, CancellationToken stop)
    {
        var closes = await PublishedRatings.NewestRevisions(db).OrderByDescending(c => c.Period)
            .Select(c => new { c.Id, c.Period, c.Revision, c.Digest }).ToListAsync(stop);
        var rated = await RatedCounts.OfAllAsync(closes.ConvertAll(c => (c.Id, c.Digest)), db, stop);
        await CountAsync(db, stop);
        return closes.ConvertAll(c => new MonthLine(c.Period, c.Revision, rated[c.Id], MonthView.FromFive(_complaints.GetValueOrDefault(c.Period))));
    }

    /// <summary>Kind and day of a case never change, and ids ascend with the commits, as cases are stored under the write lock.</summary>
    private async Task CountAsync(DispatchContext db, CancellationToken stop)
    {
        var last = await db.Cases.MaxAsync(c => (long?)c.Id, stop) ?? 0;
        if (last <= _lastCase)
            return;
        var counts = await CountedComplaints.Told(db).Where(c => c.Id > _lastCase && c.Id <= last)
            .GroupBy(c => new { c.SubmittedOn.Year, c.SubmittedOn.Month }).Select(g => new { g.Key.Year, g.Key.Month, Count = g.Count() }).ToListAsync(stop);
        foreach (var month in counts)
        {
            var period = new Month(month.Year, month.Month).ToString();
            _complaints[period] = _complaints.GetValueOrDefault(period) + month.Count;
        }

        _lastCase = last;
    }
}
