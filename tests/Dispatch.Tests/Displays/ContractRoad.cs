using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Displays;

/// <summary>The way of a message from the inbox to the twin, without broker and database.</summary>
internal sealed class ContractRoad
{
    private readonly TwinBoard _board;
    private readonly RefusedCounts _refused;
    private readonly ReportReader _reader;

    /// <param name="display">Its id.</param>
    /// <param name="rootKey">Its key.</param>
    /// <param name="isAnnounced">The next key epoch has been announced.</param>
    public ContractRoad(string display, byte[] rootKey, bool isAnnounced = false)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddSingleton<RootKeySeal>().AddSingleton<DisplayRegistry>()
            .AddSingleton<ICabIdentities>(all => all.GetRequiredService<DisplayRegistry>()).AddSingleton<RefusedCounts>()
            .AddSingleton<TwinBoard>().AddSingleton<ReportReader>().BuildServiceProvider();
        var registered = new Display
        {
            Id = 1,
            Code = display,
            CabId = 1,
            SealedRootKey = services.GetRequiredService<RootKeySeal>().Seal(rootKey),
            PasswordSha256 = DisplayKeys.Derive(rootKey, 1).PasswordSha256,
            ProvisionedAt = DateTimeOffset.UnixEpoch,
        };
        if (isAnnounced)
            Assert.IsNull(registered.AnnounceNextEpoch(DisplayKeys.Derive(rootKey, 2).PasswordSha256));
        services.GetRequiredService<DisplayRegistry>().Put(registered);
        (_board, _refused, _reader) =
            (services.GetRequiredService<TwinBoard>(), services.GetRequiredService<RefusedCounts>(), services.GetRequiredService<ReportReader>());
    }

    /// <summary>The reason of a refusal as the manifest calls it: for it a superseded journal is old.</summary>
    public (string? Refused, ReportBatch Batch) Take(CabMessage message)
    {
        var before = _refused.Of(null);
        var batch = _reader.Read([message]);
        _board.PutReported(batch.Reported);
        var reason = _refused.Of(null).SingleOrDefault(count => count.Value != before.GetValueOrDefault(count.Key)).Key;
        return (reason == "superseded" ? "old" : reason, batch);
    }
}
