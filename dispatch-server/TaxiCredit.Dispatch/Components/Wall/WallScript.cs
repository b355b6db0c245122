using Microsoft.JSInterop;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>Calls of the wall's script. A call for a page that has been left does nothing.</summary>
internal static class WallScript
{
    /// <param name="script">Address of <c>wall.js</c> as it is served.</param>
    public static async Task CallAsync(this IJSRuntime js, string script, string function, params object?[] arguments)
    {
        try
        {
            await using var wall = await js.InvokeAsync<IJSObjectReference>("import", $"./{script}");
            await wall.InvokeVoidAsync(function, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // Its connection is closed: there is nothing left to draw on.
        }
    }
}
