using Dispatch.Tests.Displays;

namespace Dispatch.Tests;

/// <summary>Waits for what another thread does and nothing announces; a test that waits in vain is cancelled.</summary>
internal static class Until
{
    public static async Task SoAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(DisplayCity.Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
