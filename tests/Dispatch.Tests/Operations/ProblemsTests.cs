using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Operations;

/// <summary>What a request is refused for before it comes to an operation.</summary>
[TestClass]
public sealed class ProblemsTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow("recognition/shortlist", DisplayName = "the period")]
    public Task Request_WithoutAQueryThatItTakes_IsRefused(string path) => _city.UnchangedAsync(async () =>
        await SmallCity.AssertRefusalAsync(await _city.Client.GetAsync("/api/v1/" + path), HttpStatusCode.BadRequest, "request-malformed"));

    /// <summary>As the database's library throws it: 13 full, 10 input or output, 8 read-only, 19 a constraint with its extended code.</summary>
    [TestMethod]
    [DataRow(13, 13, 503, "disk-full", "60")]
    [DataRow(10, 778, 503, "disk-full", "60")]
    [DataRow(8, 8, 503, "storage-failed", "5")]
    [DataRow(19, 2067, 409, "changed-meanwhile", "")]
    [DataRow(19, 1811, 500, "tools.ietf.org", "")]
    public async Task Fault_OfTheDatabase_TellsTheTruth(int code, int extended, int status, string rule, string retryAfter)
    {
        var context = new DefaultHttpContext { RequestServices = _city.Server.Services };
        context.Request.Path = "/api/v1/cases";
        context.Response.Body = new MemoryStream();
        var problems = new Problems(NullLogger<Problems>.Instance);

        await problems.TryHandleAsync(context, new DbUpdateException("Not stored.", new SqliteException("fault", code, extended)), CancellationToken.None);

        Assert.AreEqual(status, context.Response.StatusCode);
        StringAssert.Contains(Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()), rule);
        Assert.AreEqual(retryAfter, context.Response.Headers.RetryAfter.ToString());
    }

    [TestMethod]
    [DataRow(65_535, HttpStatusCode.Forbidden, "person-needed")]
    [DataRow(65_536, HttpStatusCode.Forbidden, "person-needed")]
    [DataRow(65_537, HttpStatusCode.RequestEntityTooLarge, "body-too-large")]
    public Task Request_ByLengthOfBody_IsReadUpTo65536(int bytes, HttpStatusCode status, string rule) => _city.UnchangedAsync(async () =>
    {
        const string Around = "{}";
        using var body = new StringContent(Around.Insert(1, new string(' ', bytes - Around.Length)), Encoding.UTF8, "application/json");
        await SmallCity.AssertRefusalAsync(await _city.Client.PostAsync("/api/v1/teams/t-1/leader/removal", body), status, rule);
    });
}
