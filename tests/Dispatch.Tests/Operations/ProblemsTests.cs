using System.Net;
using System.Text;

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
