using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Components.Layout;

/// <summary>Whether the city is invented. That is settled before a server answers its first request, and for good: asked once. Thread-safe.</summary>
internal sealed class SyntheticCity(IServiceScopeFactory scopes)
{
    private readonly Lock _asking = new();
    private Task<bool>? _answer;

    /// <summary>All who ask before there is an answer wait for the same one; after a database that could not be asked, the next who asks tries again.</summary>
    public Task<bool> IsItAsync(CancellationToken stop)
    {
        lock (_asking)
        {
            if (_answer is null or { IsFaulted: true })
                _answer = AskAsync();
            return _answer.WaitAsync(stop);
        }
    }

    /// <summary>
    /// In a scope of its own: the page asks the database meanwhile, and a context answers one question at a
    /// time. No request that is given up ends it for others.
    /// </summary>
    private async Task<bool> AskAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DispatchContext>().Settings.AnyAsync(s => s.Name == Setting.Synthetic, CancellationToken.None);
    }
}
