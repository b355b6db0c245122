using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Components.Drivers;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.TransparencyLog;

namespace Dispatch.Tests.Anchor;

[TestClass]
public class SignedReportTests : CityTests
{
    private const string Origin = "small.log.invalid";

    private static readonly JsonSerializerOptions Json = new(LedgerAppend.DetailsJson) { WriteIndented = true };

    [TestMethod]
    public async Task Report_OfAPublishedMonth_ProvesItsEntriesAndTellsWhichAreNewer()
    {
        await DecideAndPublishAsync();
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var report = await ReportAsync("d-2");

        Assert.IsNull(SignedReport.FindFault(report, Origin, await KeysAsync(), out var proven, out var unproven));
        Assert.AreEqual((1, 1), (proven, unproven));
    }

    [TestMethod]
    public async Task Report_WithAnyOneDigitChanged_IsRefused()
    {
        await DecideAndPublishAsync();
        var (report, keys) = (await ReportAsync("d-2"), await KeysAsync());
        var digits = Enumerable.Range(0, report.Length).Where(at => char.IsAsciiDigit(report[at])).ToList();
        Assert.IsGreaterThan(200, digits.Count);

        foreach (var at in digits)
        {
            var changed = report[..at] + (char)('0' + ((report[at] - '0' + 1) % 10)) + report[(at + 1)..];
            Assert.IsNotNull(SignedReport.FindFault(changed, Origin, keys, out _, out _), $"character {at}: {report[at]}");
        }
    }

    [TestMethod]
    public async Task Report_OfAnotherCityOrUnknownKeyOrUnsigned_IsRefused()
    {
        await DecideAndPublishAsync();
        var (report, keys) = (await ReportAsync("d-2"), await KeysAsync());

        Assert.Contains("of another city", SignedReport.FindFault(report, "other.example", keys, out _, out _)!);
        Assert.Contains("No key", SignedReport.FindFault(report, Origin, [NoteSigner.Create(Origin).Verifier], out _, out _)!);
        Assert.Contains("not signed", SignedReport.FindFault("{\n  \"driver\": \"d-2\"\n}", Origin, keys, out _, out _)!);
        Assert.Contains("not signed", SignedReport.FindFault("", Origin, keys, out _, out _)!);
    }

    /// <summary>Somebody who can sign, and tells an entry as it is not in the log.</summary>
    [TestMethod]
    public async Task Report_SignedWithAnotherEntryThanTheLogHas_IsRefused()
    {
        await DecideAndPublishAsync();
        var report = await ReportAsync("d-2");
        var (own, text) = (NoteSigner.Create(Origin), report[..report.LastIndexOf(",\n  \"signature\"", StringComparison.Ordinal)] + "\n}");
        var forged = Encoding.UTF8.GetBytes(text.Replace("\"decidedOn\": \"2017-06-20\"", "\"decidedOn\": \"2017-06-21\"", StringComparison.Ordinal));

        var fault = SignedReport.FindFault(
            Encoding.UTF8.GetString(SignedReport.Sign(forged, Origin, [own])), Origin, [own.Verifier, .. await KeysAsync()], out _, out _);

        StringAssert.StartsWith(fault, "Entry 1 is told as ");
    }

    [TestMethod]
    public async Task Report_BeforeTheFirstCheckpoint_IsNotSigned()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        Assert.DoesNotContain("signature", await ReportAsync("d-2"));
    }

    private async Task DecideAndPublishAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        await City.UpholdAsync("d-2", "S01", "2017-06-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
        await City.SignPublicationAsync();
    }

    private async Task<string> ReportAsync(string driver)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var files = services.GetRequiredService<ReportFiles>();
        var sign = await services.GetRequiredService<ReportSigning>().PrepareAsync(CancellationToken.None);
        var taken = await TakeCreditReport.HandleAsync(
            new(SmallCity.Officer, driver, "json"), report => sign(JsonSerializer.SerializeToUtf8Bytes(files.Of(report), Json)),
            services.GetRequiredService<OperationContext>(), services.GetRequiredService<RatingChances>(), services.GetRequiredService<ChainVerification>(),
            services.GetRequiredService<CityTree>(), CancellationToken.None);
        return Encoding.UTF8.GetString(taken.Value);
    }

    private Task<List<NoteVerifier>> KeysAsync() =>
        City.WithDbAsync(async db => (await db.LogKeys.Select(k => k.Verifier).ToListAsync()).ConvertAll(NoteVerifier.Parse));
}
