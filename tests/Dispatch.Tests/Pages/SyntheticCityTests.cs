using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Components.Layout;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Pages;

[TestClass]
public sealed class SyntheticCityTests
{
    /// <summary>A page that is not found is drawn twice; the first drawing is given up, and its question would outlive the request.</summary>
    [TestMethod]
    public async Task IsIt_AskedByTwoAtOnce_AsksTheDatabaseOnce()
    {
        await using var city = await SmallCity.BuildAsync();
        var synthetic = new SyntheticCity(city.Server.Services.GetRequiredService<IServiceScopeFactory>());

        var first = synthetic.IsItAsync(CancellationToken.None);
        var second = synthetic.IsItAsync(CancellationToken.None);

        Assert.AreSame(first, second);
        Assert.IsFalse(await first);
    }

    [TestMethod]
    public async Task IsIt_DatabaseFailedBefore_IsAskedAgain()
    {
        await using var city = await SmallCity.BuildAsync();
        var synthetic = new SyntheticCity(city.Server.Services.GetRequiredService<IServiceScopeFactory>());
        await city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Settings" RENAME TO "Elsewhere" """));
        await Assert.ThrowsAsync<Exception>(() => synthetic.IsItAsync(CancellationToken.None));
        await city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Elsewhere" RENAME TO "Settings" """));
        await city.WithDbAsync(db =>
        {
            db.Settings.Add(new Setting { Name = Setting.Synthetic, Value = "true" });
            return db.SaveChangesAsync();
        });

        Assert.IsTrue(await synthetic.IsItAsync(CancellationToken.None));
    }
}
