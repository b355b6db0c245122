using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Verification;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests;

/// <summary>What <c>verify</c> says of a city.</summary>
internal static class Verified
{
    public static async Task<(bool Same, List<string> Lines)> RunAsync(DispatchContext db, InstalledRulebooks rulebooks)
    {
        var lines = new List<string>();
        return (await VerifyCity.RunAsync(db, rulebooks, lines.Add, CancellationToken.None), lines);
    }
}
