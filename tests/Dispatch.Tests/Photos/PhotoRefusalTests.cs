using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Passengers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Photos;

namespace Dispatch.Tests.Photos;

/// <summary>A photo that cannot be shown. Nobody has looked at it, so the audit log says of nobody that they did.</summary>
[TestClass]
public sealed class PhotoRefusalTests
{
    [TestMethod]
    public async Task ReportPhoto_NoneOrLost_IsMissing()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        var without = await city.ReportAsync(1, PassengerCity.Detour);
        var with = await city.ReportAsync(1, PassengerCity.Detour, photo: [1, 2, 3]);
        File.Delete(Directory.GetFiles(Path.Combine(city.Folder, "photos")).Single());

        foreach (var (number, rule) in new[] { (without.Number, "photo-none"), (with.Number, "photo-lost") })
        {
            await city.UnchangedAsync(async () => await SmallCity.AssertRefusalAsync(
                await city.Client.GetAsync($"reports/{number}/photo?actor={DisplayCity.Keeper}"), HttpStatusCode.NotFound, rule));
        }
    }

    [TestMethod]
    public async Task CasePhoto_NoneOrLost_IsMissing()
    {
        await using var city = await SmallCity.BuildAsync();
        var photos = city.Server.Services.GetRequiredService<PhotoFolder>();
        var praise = new RecordCase(SmallCity.Officer, CaseKind.Merit, "d-2", "M01", new DateOnly(2017, 8, 10), "Rank", "A purse.");
        var without = await PraiseAsync(null);
        var with = await PraiseAsync([1, 2, 3]);
        File.Delete(Directory.GetFiles(Path.Combine(city.Options.Data, "photos")).Single());

        foreach (var (number, rule) in new[] { (without, "photo-none"), (with, "photo-lost") })
        {
            await city.UnchangedAsync(async () =>
            {
                var read = await city.WithDeskAsync(context =>
                    ReadCasePhoto.HandleAsync(number, new(SmallCity.Auditor), context, photos, CancellationToken.None));
                Assert.AreEqual((StatusCodes.Status404NotFound, rule), (read.Refusal?.Status, read.Refusal?.Code));
            });
        }

        async Task<string> PraiseAsync(byte[]? photo) =>
            (await city.WithDeskAsync(context => RecordWithPhoto.HandleAsync(new(praise, photo), context, photos, CancellationToken.None))).Value.Number;
    }
}
