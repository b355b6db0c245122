using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>Signs credit reports with the keys of the log, from the log's first checkpoint on: until then nobody could know the key.</summary>
internal sealed class ReportSigning(DispatchContext db, LogKeyFile keys, IOptions<AnchorSettings> settings)
{
    /// <returns>What signs a report, see <see cref="SignedReport"/>; before the first checkpoint it leaves the report as it is.</returns>
    public async Task<Func<byte[], byte[]>> PrepareAsync(CancellationToken stop)
    {
        if (!await db.LogKeys.AnyAsync(stop))
            return report => report;
        var origin = settings.Value.OriginOf(await db.CityAsync(stop));
        return report => SignedReport.Sign(report, origin, keys.SignersOf(origin));
    }
}
