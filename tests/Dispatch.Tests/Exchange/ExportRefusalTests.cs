using Microsoft.AspNetCore.Http;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace Dispatch.Tests.Exchange;

[TestClass]
public sealed class ExportRefusalTests
{
    [TestMethod]
    public async Task Export_LedgerWithARepair_IsRefusedAndWritesNothing()
    {
        await using var city = await EmptyCity.BuildAsync();
        Assert.IsEmpty((await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n")).Value.Faults);
        // No operation of the server books a repair yet.
        await city.WithDbAsync(async db =>
        {
            var driver = db.Set<Driver>().Single(d => d.Code == "d-1");
            var day = new DateOnly(2018, 1, 1);
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var repair = new NewEntry(driver.Id, "d-1", EntryKind.Repair, "R01", Points.FromWhole(15), null, day, day, "", null);
            await db.AppendAsync(repair, new { }, CancellationToken.None);
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });
        var before = await city.WithDbAsync(StoredRows.AllAsync);
        var (roster, cases) = (Path.Combine(city.Folder, "exported-roster.csv"), Path.Combine(city.Folder, "exported-cases.csv"));

        var exported = await city.ExportAsync(roster, cases);

        Assert.AreEqual((StatusCodes.Status422UnprocessableEntity, "repairs-not-exported"), (exported.Refusal?.Status, exported.Refusal?.Code));
        Assert.IsEmpty(Directory.GetFiles(city.Folder, "exported-*"));
        Assert.AreEqual(before, await city.WithDbAsync(StoredRows.AllAsync));
    }
}
