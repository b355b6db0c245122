using System.Net;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Privacy;

namespace Dispatch.Tests.Privacy;

/// <summary>The audit log by pages and by what is asked for.</summary>
[TestClass]
public class AuditLogTests : CityTests
{
    private static readonly DateTimeOffset Midnight = new(2030, 5, 2, 0, 0, 0, TimeSpan.FromHours(8));

    [TestMethod]
    [DataRow(49, 0)]
    [DataRow(50, 0)]
    [DataRow(51, 1)]
    [DecidedByDatabase("order: pages by key")]
    public async Task Pages_ByTheKeyOfTheLastLine_HaveEachLineOnce(int lines, int onTheSecond)
    {
        await WriteAsync(Enumerable.Range(0, lines).Select(i => Line("auditor-a", "sign-in", $"{i}")));

        var first = await PageAsync(new(Actor: "auditor-a"));
        // What is written meanwhile moves nothing.
        await WriteAsync([Line("auditor-a", "sign-out", "later")]);
        var second = first.Next is { } next ? await PageAsync(new(Actor: "auditor-a"), next) : null;

        Assert.AreEqual(onTheSecond, second?.Lines.Count ?? 0);
        Assert.IsNull(second?.Next);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, lines).Reverse().Select(i => $"{i}").ToList(), first.Lines.Concat(second?.Lines ?? []).Select(line => line.Subject).ToList());
    }

    [TestMethod]
    [DecidedByDatabase("types: instants compared with a day in SQL")]
    public async Task Lines_Filtered_AreThoseAskedFor()
    {
        await WriteAsync(
        [
            Line("officer-a", "read-contact", "p-000001"), Line("auditor-a", "read-contact", "p-000002"), Line("auditor-a", "read-photo", "p-000001"),
        ]);

        Assert.AreEqual("p-000001", (await PageAsync(new(" officer-a ", Operation: "read-contact"))).Lines.Single().Subject);
        Assert.HasCount(2, (await PageAsync(new(Operation: "read-contact"))).Lines);
        CollectionAssert.AreEqual(
            new[] { "read-photo", "read-contact" }, (await PageAsync(new(Subject: "p-000001"))).Lines.Select(line => line.Operation).ToList());
        Assert.AreEqual("read-photo", (await PageAsync(new("auditor-a", "p-000001", "read-photo"))).Lines.Single().Operation);
        Assert.IsEmpty((await PageAsync(new(Actor: "nobody"))).Lines);
        Assert.IsGreaterThan(3, (await PageAsync(new("", " ", ""))).Lines.Count);
    }

    [TestMethod]
    [DataRow(-1, "2030-05-01")]
    [DataRow(0, "2030-05-02")]
    [DataRow(1, "2030-05-02")]
    [DataRow(86_399_999, "2030-05-02")]
    [DataRow(86_400_000, "2030-05-03")]
    public async Task Day_OfALine_IsTheCitys(int milliseconds, string day)
    {
        await WriteAsync([Line("officer-a", "sign-in", "officer-a", Midnight.AddMilliseconds(milliseconds))]);

        foreach (var asked in new[] { "2030-05-01", "2030-05-02", "2030-05-03" })
        {
            Assert.HasCount(
                asked == day ? 1 : 0,
                (await PageAsync(new(Day: DateOnly.Parse(asked, System.Globalization.CultureInfo.InvariantCulture)))).Lines, asked);
        }
    }

    [TestMethod]
    [DataRow(SmallCity.Supervisor, HttpStatusCode.OK)]
    [DataRow(SmallCity.Auditor, HttpStatusCode.OK)]
    [DataRow(SmallCity.Admin, HttpStatusCode.OK)]
    [DataRow(SmallCity.Officer, HttpStatusCode.Forbidden)]
    public async Task Page_ByRole_IsShownOrForbidden(string name, HttpStatusCode status)
    {
        using var browser = (await City.EnterAsync(name)).Browser;

        await browser.GoAsync($"/bureau/audit?subject={name}&operation=sign-in");

        Assert.AreEqual(status, browser.Status);
        Assert.AreEqual(status == HttpStatusCode.OK, browser.Html.Contains("<code class=\"soft\">sign-in</code>", StringComparison.Ordinal), browser.Text);
        Assert.AreEqual(status == HttpStatusCode.OK, browser.Html.Contains("href=\"/bureau/audit\"", StringComparison.Ordinal), "the link in the navigation");
    }

    [TestMethod]
    [DataRow("?actor=nobody", false)]
    [DataRow("?day=yesterday&before=9999999999", true)]
    [DataRow("?before=1", false)]
    [DataRow("?before=x", true)]
    public async Task Page_WithAnAddressTypedByHand_Answers(string query, bool hasLines)
    {
        using var browser = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await browser.GoAsync("/bureau/audit" + query);

        Assert.AreEqual(HttpStatusCode.OK, browser.Status);
        Assert.AreEqual(hasLines, browser.Html.Contains("<code class=\"soft\">add-team</code>", StringComparison.Ordinal));
        Assert.AreEqual(!hasLines, browser.Text.Contains("No lines match", StringComparison.Ordinal));
    }

    private static AuditEntry Line(string actor, string operation, string subject, DateTimeOffset? at = null) =>
        new() { At = at ?? Midnight, Actor = actor, Operation = operation, Subject = subject };

    /// <summary>One after the other: their order is the order of their keys.</summary>
    private Task<int> WriteAsync(IEnumerable<AuditEntry> lines) => City.WithDbAsync(async db =>
    {
        foreach (var line in lines)
        {
            db.Audit.Add(line);
            await db.SaveChangesAsync();
        }

        return 0;
    });

    private Task<AuditPage> PageAsync(AuditFilter filter, long? before = null) =>
        City.WithDbAsync(db => AuditLog.PageAsync(filter, before, db, CancellationToken.None));
}
