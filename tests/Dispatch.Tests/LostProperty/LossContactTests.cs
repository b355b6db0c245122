using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.LostProperty;

/// <summary>How to reach owners: read with a reason that stands in the audit log, and erased in time.</summary>
[TestClass]
public class LossContactTests : CityTests
{
    [TestMethod]
    public async Task Contact_ReadByAnOfficer_StandsInTheLogWithWhatFor()
    {
        var (loss, _) = await City.ReturnAsync("138 0013 8000");

        var read = await City.PostAsync($"losses/{loss.Number}/contact", new { actor = SmallCity.Officer, reason = "To verify the owner" });

        Assert.AreEqual("138 0013 8000", read.GetProperty("contact").GetString());
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Audit.CountAsync(
            a => a.Actor == SmallCity.Officer && a.Operation == "read-loss-contact" && a.Subject == loss.Number && a.Detail == "To verify the owner")));
        var rows = await City.WithDbAsync(db => db.Set<LossContact>().AsNoTracking().ToListAsync());
        Assert.IsFalse(rows.Exists(row => System.Text.Encoding.UTF8.GetString(row.Sealed).Contains("0013", StringComparison.Ordinal)), "it lies sealed");
    }

    /// <summary>The last day of the time is the ninetieth after the day on which the matter was settled; an open one keeps its contact.</summary>
    [TestMethod]
    [DataRow(90, 2)]
    [DataRow(91, 1)]
    public async Task Contact_OfASettledLoss_IsErasedAfterItsTime(int daysAfter, int left)
    {
        var (loss, _) = await City.ReturnAsync("138 0013 8000");
        await City.AskAsync(LostCity.Phone with { Contact = "139" });
        await City.SetTodayAsync(new DateOnly(2017, 8, 15).AddDays(daysAfter));

        await EraseAsync();

        Assert.AreEqual(left, await City.WithDbAsync(db => db.Set<LossContact>().CountAsync()));
        Assert.AreEqual(LossStatus.Returned, (await City.StoredAsync(loss)).Status);
    }

    private async Task EraseAsync()
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        await EraseLossContacts.Job.RunAsync(new JobContext(scope.ServiceProvider, lease: null), CancellationToken.None);
    }
}
