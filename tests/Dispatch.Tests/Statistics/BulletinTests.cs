using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Tests.Anchor;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;

namespace Dispatch.Tests.Statistics;

[TestClass]
public class BulletinTests : CityTests
{
    /// <summary>What both databases give for the same two months, to the byte.</summary>
    private const string July =
        """
        table,line,zh,en,figure,value
        month,,,,period,2017-07
        month,,,,edition,1
        month,,,,reason,
        month,,,,synthetic,false
        month,,,,rulebook,rongcheng-taxi 2016-01-01
        month,,,,before,2017-06/1
        stars,4,,,drivers,2
        stars,4,,,before,3
        stars,4,,,editionBefore,
        stars,3,,,drivers,7
        stars,3,,,before,0
        stars,3,,,editionBefore,
        stars,2,,,drivers,0
        stars,2,,,before,0
        stars,2,,,editionBefore,
        stars,1,,,drivers,0
        stars,1,,,before,0
        stars,1,,,editionBefore,
        stars,0,,,drivers,0
        stars,0,,,before,0
        stars,0,,,editionBefore,
        stars,unrated,,,drivers,0
        stars,unrated,,,before,6
        stars,unrated,,,editionBefore,
        complaints,,,,total,14
        complaints,,,,daysOnShift,279
        complaints,,,,per10000Days,501.8
        complaints,2017-05,,,total,
        complaints,2017-06,,,total,13
        complaints,2017-07,,,total,14
        complaints,S02,拒载,Refusing a passenger,count,7
        complaints,S02,拒载,Refusing a passenger,per10000Days,250.9
        complaints,S02,拒载,Refusing a passenger,before,6
        complaints,S02,拒载,Refusing a passenger,2017-05,
        complaints,S02,拒载,Refusing a passenger,2017-06,6
        complaints,S02,拒载,Refusing a passenger,2017-07,7
        complaints,OTHERS,,,count,7
        complaints,OTHERS,,,per10000Days,250.9
        complaints,OTHERS,,,before,7
        complaints,OTHERS,,,2017-05,
        complaints,OTHERS,,,2017-06,7
        complaints,OTHERS,,,2017-07,7
        merits,,,,total,5
        merits,,,,propertyYuan,5002.5
        merits,M01,归还失物,Lost property returned,count,5
        decisions,,,,total,18
        decisions,,,,medianDays,8
        decisions,,,,late,6
        decisions,,,,overdue,9
        decisions,upheld,,,count,12
        decisions,dismissed,,,count,6
        objections,,,,total,10
        objections,,,,upheldPercent,50
        objections,,,,medianDays,0
        objections,confirmed,,,count,5
        objections,overturned,,,count,5
        """;

    /// <summary>Every conduct but S02: S03 stands in July, and goes along with S01 and T05, which do not.</summary>
    private const string Others =
        "S01 + S03 + S04 + S05 + S06 + S07 + S08 + S09 + S10 + S11 + S12 + S13 + T01 + T02 + T03 + T04 + T05 + T06 + T07 + T08 + T09 + "
        + "P01 + P02 + P03 + P04 + P05 + P06";

    [TestMethod]
    public async Task Bulletin_OfAMonth_TellsItsFigures()
    {
        await FillAsync();

        var table = (await City.Client.GetStringAsync("/months/2017-07/bulletin.csv")).TrimStart('\ufeff').ReplaceLineEndings("\n");

        Assert.AreEqual(July.Replace("OTHERS", Others, StringComparison.Ordinal), table.Split("\nanchor,")[0]);
    }

    [TestMethod]
    public async Task Bulletin_ThatManyAskForAtOnce_IsWorkedOutOnce()
    {
        await FillAsync();
        await using var shelf = City.Server.NewShelf();

        var close = await City.WithDbAsync(db => db.Closes.AsNoTracking().SingleAsync(c => c.Period == "2017-07"));
        var figures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shelf.FiguresOfAsync(close, default)));

        Assert.HasCount(1, figures.Distinct());
        Assert.AreEqual(1, shelf.WorkedOut);
    }

    /// <summary>Whatever a program's culture says of digits, dots and capitals.</summary>
    [TestMethod]
    public async Task Bulletin_InAnyCulture_IsTheSameToTheByte()
    {
        await FillAsync();
        var asked = await City.Client.GetStringAsync("/api/v1/statistics/2017-07");
        var table = await City.Client.GetStringAsync("/months/2017-07/bulletin.csv");
        var usual = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in new[] { "zh-CN", "en-US", "tr-TR", "de-DE" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                var bulletin = await City.WithDbAsync(async db => (await Bulletin.OfAsync("2017-07", null, db, City.Server.NewShelf(), default)).Value);

                Assert.AreEqual(asked, Encoding.UTF8.GetString(BulletinJson.Write(bulletin)), culture);
                Assert.AreEqual(table.TrimStart('\ufeff'), Encoding.UTF8.GetString(BulletinCsv.Write(bulletin)).TrimStart('\ufeff'), culture);
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }

    /// <summary>Counts move with a published month alone, whatever is decided, found out or reassigned afterwards.</summary>
    [TestMethod]
    public async Task Bulletin_WhateverComesAfterThePublication_StaysTheSameToTheByte()
    {
        await FillAsync();
        var before = await City.WithDbAsync(async db =>
            BulletinJson.Write((await Bulletin.OfAsync("2017-07", null, db, City.Server.NewShelf(), default)).Value));
        var total = (await City.GetAsync("months/2017-07")).GetProperty("complaints").GetInt32();

        await City.ComplainAsync("S01", "2017-07-30", 1, 2, 3, 4, 5);
        await City.PostAsync($"ledger/{await BookedAsync("c-000020")}/reversal", new { actor = SmallCity.Supervisor, reason = "A mistake." });
        await City.PostAsync("cases/c-000027/reassignment", new { actor = SmallCity.Officer, driver = "d-1", reason = "The taximeter says so." });
        await City.PostAsync("cases/c-000028/withdrawal", new { actor = SmallCity.Officer, reason = "Taken back." });
        await City.UpholdAsync("d-9", "T05", "2017-07-30");

        var after = await City.WithDbAsync(async db =>
            BulletinJson.Write((await Bulletin.OfAsync("2017-07", null, db, City.Server.NewShelf(), default)).Value));
        Assert.AreEqual(Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(after));
        Assert.AreEqual(total, (await City.GetAsync("months/2017-07")).GetProperty("complaints").GetInt32());
    }

    /// <summary>Of what differs between months, editions, tables and formats nothing tells more: each is the same lines again.</summary>
    [TestMethod]
    public async Task Bulletin_InEveryFormatMonthAndEdition_TellsTheSameLines()
    {
        await FillAsync();
        await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "To see." });
        await City.SignAndPublishAsync("2017-06", await DigestAsync("2017-06"));
        var june = (await City.FiguresAsync("2017-06")).GetProperty("complaints");
        var july = (await City.FiguresAsync("2017-07")).GetProperty("complaints");

        Assert.AreEqual(
            (await City.FiguresAsync("2017-06", 1)).GetProperty("complaints").GetRawText(), june.GetRawText(), "an edition has no other complaints");
        Assert.AreEqual((await City.GetAsync("months/2017-06")).GetProperty("complaints").GetInt32(), june.GetProperty("total").GetInt32());
        foreach (var complaints in new[] { june, july })
        {
            var lines = complaints.GetProperty("lines").EnumerateArray().ToList();
            Assert.AreEqual(complaints.GetProperty("total").GetInt32(), lines.Sum(line => line.GetProperty("count").GetInt32()), "lines are the total");
            Assert.IsTrue(lines.TrueForAll(line => line.GetProperty("count").GetInt32() >= 5), complaints.GetRawText());
            Assert.HasCount(1, lines.Where(line => line.GetProperty("names").GetArrayLength() > 1).ToList());
        }

        // What July tells of June is a line of June's own bulletin, or nothing.
        var told = june.GetProperty("lines").EnumerateArray()
            .ToDictionary(line => line.GetProperty("names").GetRawText(), line => line.GetProperty("count").GetInt32());
        foreach (var line in july.GetProperty("lines").EnumerateArray())
        {
            int? before = told.TryGetValue(line.GetProperty("names").GetRawText(), out var count) ? count : null;
            Assert.AreEqual(before, line.GetProperty("before").Deserialize<int?>(), line.GetRawText());
        }

        var page = await PageAsync("/months/2017-07/bulletin");
        var numbers = Regex.Matches((await City.GetAsync("statistics/2017-07")).GetRawText(), @"\d+").Select(m => m.Value).ToHashSet();
        foreach (Match cell in Regex.Matches(page, """<td class="amount"[^>]*>([0-9,.]+)</td>"""))
            Assert.Contains(cell.Groups[1].Value.Replace(",", "", StringComparison.Ordinal).Split('.')[0], numbers, cell.Value);
    }

    [TestMethod]
    public async Task Bulletin_OfARevision_IsAnEditionThatSaysWhatChanged()
    {
        await FillAsync();
        await City.PostAsync($"ledger/{await BookedAsync("c-000020")}/reversal", new { actor = SmallCity.Supervisor, reason = "A mistake." });
        await City.PostAsync("months/2017-07/revisions", new { actor = SmallCity.Officer, reason = "A decision was taken back." });
        await City.SignAndPublishAsync("2017-07", await DigestAsync("2017-07"));

        var (first, second) = (await City.FiguresAsync("2017-07", 1), await City.FiguresAsync("2017-07"));

        Assert.AreEqual((1, 2), (first.GetProperty("edition").GetInt32(), second.GetProperty("edition").GetInt32()));
        Assert.AreEqual("A decision was taken back.", second.GetProperty("reason").GetString());
        foreach (var (then, now) in first.GetProperty("stars").EnumerateArray().Zip(second.GetProperty("stars").EnumerateArray()))
            Assert.AreEqual(then.GetProperty("drivers").GetInt32(), now.GetProperty("editionBefore").GetInt32());
        var page = await PageAsync("/months/2017-07/bulletin");
        Assert.Contains("What changed in this edition", page);
        Assert.Contains("A decision was taken back.", page);
        Assert.Contains("A newer edition of this month is published", await PageAsync("/months/2017-07/bulletin?edition=1"));
        var editions = (await City.GetAsync("statistics")).EnumerateArray().Select(e => $"{e.GetProperty("period")}/{e.GetProperty("edition")}");
        Assert.AreEqual("2017-07/2 2017-07/1 2017-06/1 2017-05/1", string.Join(' ', editions));
    }

    [TestMethod]
    public async Task Bulletin_BeforeTheFirstPublication_SaysThatThereIsNone()
    {
        Assert.Contains("No month has been published yet.", await PageAsync("/bulletin"));
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/statistics/2017-07"), HttpStatusCode.NotFound, "month-not-published");
        await City.CloseAsync("2017-07");
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/statistics/2017-07?edition=2"), HttpStatusCode.NotFound, "edition-unknown");
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/api/v1/statistics/2017-7"), HttpStatusCode.NotFound, "period-form");
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/months/2017-06/bulletin.csv"), HttpStatusCode.NotFound, "month-not-published");
        using var none = await City.Client.GetAsync("/months/2017-06/bulletin");
        Assert.AreEqual(HttpStatusCode.NotFound, none.StatusCode);
        foreach (var edition in new[] { "0", "2", "abc", "-1", "99999999999999999999" })
        {
            using var unknown = await City.Client.GetAsync($"/months/2017-07/bulletin?edition={edition}");
            Assert.AreEqual(HttpStatusCode.NotFound, unknown.StatusCode, edition);
        }

        Assert.Contains("Bulletin of July 2017", await PageAsync("/bulletin"));
    }

    /// <summary>Few complaints are told as a total alone, or not at all.</summary>
    [TestMethod]
    [DataRow(4, null)]
    [DataRow(5, 5)]
    [DataRow(6, 6)]
    public async Task Complaints_AboutTheFewestPeople_AreWithheld(int complaints, int? told)
    {
        await City.SetTodayAsync(new(2017, 7, 10));
        for (var n = 0; n < complaints; n++)
            await City.ComplainAsync("S02", "2017-07-09", 1 + n % 3);
        await City.SetTodayAsync(new(2017, 8, 15));
        await City.CloseAsync("2017-07");

        var figures = (await City.FiguresAsync("2017-07")).GetProperty("complaints");

        Assert.AreEqual(told, figures.GetProperty("total").Deserialize<int?>());
        Assert.AreEqual(0, figures.GetProperty("lines").GetArrayLength(), "they are about three drivers");
    }

    [TestMethod]
    public async Task Bulletin_OnceTheCheckpointIsSigned_CarriesIt()
    {
        await City.CloseAsync("2017-07");
        await City.SignPublicationAsync();

        var anchor = (await City.GetAsync("statistics/2017-07")).GetProperty("anchor");

        Assert.AreEqual(await City.Client.GetStringAsync("/log/checkpoint"), anchor.GetProperty("checkpoint").GetString());
        Assert.AreEqual(64, anchor.GetProperty("digest").GetString()!.Length);
    }

    private async Task FillAsync()
    {
        await City.FillJuneAsync();
        await City.FillJulyAsync();
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
        // Or the server does so between two looks.
        await City.SignPublicationAsync();
    }

    private async Task<long> BookedAsync(string number) => (await City.GetAsync($"cases/{number}")).GetProperty("ledgerSequence").GetInt64();

    private async Task<string> DigestAsync(string period) => await City.WithDbAsync(db => Task.FromResult(
        db.Set<TaxiCredit.Dispatch.Features.MonthClose.Close>().Where(c => c.Period == period).OrderBy(c => c.Revision).Select(c => c.Digest).Last()));

    private async Task<string> PageAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", "en" } } };
        using var answer = await City.Client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
