using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Bureau;

[TestClass]
public class UnitPageTests : CityTests
{
    [TestMethod]
    public async Task Unit_PutIntoACab_ShowsItsFileOnce()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/units");

        await officer.SubmitAsync("put", ("UnitId", "Disp 1"), ("CabCode", "cab-1"));
        StringAssert.Contains(officer.Html, "id=\"UnitId-fault\"");
        await officer.SubmitAsync("put", ("UnitId", "disp-0001"), ("CabCode", "cab-nowhere"));
        StringAssert.Contains(officer.Html, "id=\"CabCode-fault\"");
        await officer.SubmitAsync("put", ("UnitId", "disp-0001"), ("CabCode", "cab-1"));

        StringAssert.Contains(officer.Html, "download=\"config.json\"");
        StringAssert.Contains(officer.Text, "\"id\": \"disp-0001\"");
        Assert.DoesNotContain("config.json", (await officer.GoAsync("/bureau/units?q=disp-0001&rest=cab")).Html);
        StringAssert.Contains(officer.Text, "disp-0001");
        Assert.DoesNotContain("disp-0001", (await officer.GoAsync("/bureau/units?rest=stock")).Text);
    }

    [TestMethod]
    public async Task Unit_ReplacedMovedAndScrapped_TellsItsLife()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/units");
        await officer.SubmitAsync("put", ("UnitId", "disp-0001"), ("CabCode", "cab-1"));

        await officer.GoAsync("/bureau/units/disp-0001");
        await officer.SubmitAsync("replace", ("NewId", "disp-0002"), ("OldTo", "stock"), ("OldReason", "no"));
        StringAssert.Contains(officer.Html, "id=\"OldReason-fault\"");
        await officer.SubmitAsync("replace", ("NewId", "disp-0002"), ("OldTo", "stock"), ("OldReason", "dark star"));
        StringAssert.Contains(officer.Text, "\"id\": \"disp-0002\"");
        StringAssert.Contains(officer.Text, "dark star");
        await officer.SubmitAsync("out", ("To", "scrapped"), ("Reason", "beyond repair"));
        StringAssert.Contains(officer.Text, "beyond repair");
        Assert.DoesNotContain("_handler\" value=\"replace\"", officer.Html, "there is nothing to replace");
        Assert.DoesNotContain("_handler\" value=\"out\"", officer.Html, "scrapped is the end");

        await officer.GoAsync("/bureau/units/disp-0002");
        await officer.SubmitAsync("move", ("ToCab", "cab-1"));
        StringAssert.Contains(officer.Html, "id=\"ToCab-fault\"");
        await officer.SubmitAsync("move", ("ToCab", "cab-2"));
        StringAssert.Contains(officer.Text, "Moved to another cab");
        await officer.SubmitAsync("renew");
        StringAssert.Contains(officer.Text, "\"epoch\": 2");
    }

    [TestMethod]
    public async Task Units_ByTheirFirmware_AreCountedAndFoundByWhatTheySaidThemselves()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/units");
        Assert.DoesNotContain("data-testid=\"programs\"", officer.Html, "there is no unit");
        await officer.SubmitAsync("put", ("UnitId", "disp-0001"), ("CabCode", "cab-1"));
        await officer.GoAsync("/bureau/units");
        await officer.SubmitAsync("put", ("UnitId", "disp-0002"), ("CabCode", "cab-2"));
        var board = City.Server.Services.GetRequiredService<TwinBoard>();
        await DisplayCity.AwaitAllTwinsAsync(board, 2, _ => true);
        var first = board.All.Single(twin => twin.Display == "disp-0001").DisplayId;
        board.PutReported([board.ReportedOf(first) with { Firmware = "0.2.0" }]);
        await City.WithDbAsync(db => db.ReportedTwins.Where(t => t.DisplayId == first).ExecuteUpdateAsync(set => set.SetProperty(t => t.Firmware, "0.2.0")));

        await officer.GoAsync("/bureau/units");
        StringAssert.Contains(officer.Html, "href=\"/bureau/units?program=0.2.0\"");
        StringAssert.Contains(officer.Text, "Nothing said yet");
        await officer.GoAsync("/bureau/units?program=0.2.0");
        StringAssert.Contains(officer.Html, "href=\"/bureau/units/disp-0001\"");
        Assert.DoesNotContain("href=\"/bureau/units/disp-0002\"", officer.Html, "it said nothing yet");
    }

    [TestMethod]
    public async Task Unit_Unknown_IsMissingAndAnAuditorPressesNothing()
    {
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await auditor.GoAsync("/bureau/units/disp-0009");
        Assert.AreEqual(HttpStatusCode.NotFound, auditor.Status);
        Assert.DoesNotContain("method=\"post\" class", (await auditor.GoAsync("/bureau/units")).Html);
    }
}
