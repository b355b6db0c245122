using System.Net;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Pdf;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class StickerTests
{
    [TestMethod]
    public async Task Stickers_Printed_AreScannedAndLeadToTheirCabs()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 9);
        var codes = await city.WithDbAsync(db => db.Cabs.OrderBy(c => c.Code).Select(c => c.PassengerCode).ToListAsync());

        var pdf = await city.Client.GetByteArrayAsync($"cabs/stickers?actor={DisplayCity.Keeper}");

        var host = city.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        CollectionAssert.AreEquivalent(codes.Take(8).Select(code => $"{host}/cab/{code}").ToList(), await PdfReader.CodesAsync(pdf, page: 1, dpi: 120));
        CollectionAssert.AreEquivalent(codes.Skip(8).Select(code => $"{host}/cab/{code}").ToList(), await PdfReader.CodesAsync(pdf, page: 2, dpi: 120));
        var text = await PdfReader.TextAsync(pdf);
        StringAssert.Contains(text, ShortCode.Grouped(codes[8]));
        StringAssert.Contains(text, "鲁K·T0009");
        StringAssert.Contains(text, "扫码核对星级");
        StringAssert.Contains(text, "Scan to check the stars");
    }

    [TestMethod]
    public async Task Stickers_AskedForByAuditorOrOfAnUnknownTeam_AreRefused()
    {
        await using var city = await DisplayCity.BuildAsync();

        using var auditor = await city.Client.GetAsync("cabs/stickers?actor=auditor");
        await SmallCity.AssertRefusalAsync(auditor, HttpStatusCode.Forbidden, "actor-not-allowed");
        using var team = await city.Client.GetAsync($"cabs/stickers?actor={DisplayCity.Keeper}&team=t-9");
        await SmallCity.AssertRefusalAsync(team, HttpStatusCode.NotFound, "team-unknown");
    }

    [TestMethod]
    public async Task CabCodes_DatabaseOlderThanThem_AreGivenAtTheStart()
    {
        await using var city = await DisplayCity.BuildAsync();
        await city.WithDbAsync(async db =>
        {
            foreach (var cab in await db.Cabs.ToListAsync())
                cab.PassengerCode = "";
            await db.SaveChangesAsync();
            await CabCodes.GiveMissingAsync(db, CancellationToken.None);
        });

        var codes = await city.WithDbAsync(db => db.Cabs.Select(c => c.PassengerCode).ToListAsync());
        Assert.IsTrue(codes.All(code => ShortCode.TryRead(code, out _)));
        Assert.AreEqual(codes.Count, codes.Distinct().Count());
    }
}
