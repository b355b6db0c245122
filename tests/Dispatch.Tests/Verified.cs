using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Verification;

namespace Dispatch.Tests;

/// <summary>What <c>verify</c> says of a city.</summary>
internal static class Verified
{
    public static async Task<(bool Same, List<string> Lines)> RunAsync(DispatchContext db)
    {
        var lines = new List<string>();
        return (await VerifyCity.RunAsync(db, lines.Add, CancellationToken.None) is not null, lines);
    }
}
