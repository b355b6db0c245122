using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Components.Layout;

/// <summary>Whether the city is invented. That is settled before a server answers its first request, and for good: asked once.</summary>
internal sealed class SyntheticCity(IServiceScopeFactory scopes)
{
    private bool _is;
    private volatile bool _isKnown;

    /// <summary>In a scope of its own: the page asks the database meanwhile, and a context answers one question at a time.</summary>
    public async ValueTask<bool> IsItAsync(CancellationToken stop)
    {
        if (_isKnown)
            return _is;
        await using var scope = scopes.CreateAsyncScope();
        _is = await scope.ServiceProvider.GetRequiredService<DispatchContext>().Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop);
        _isKnown = true;
        return _is;
    }
}
