using System.Net;

namespace Dispatch.Tests.Recognition;

[TestClass]
public sealed class ReferralRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    /// <summary>No month is published: a reason of the right length is refused for that.</summary>
    [TestMethod]
    [DataRow(0, HttpStatusCode.BadRequest, "reason-length")]
    [DataRow(1, HttpStatusCode.NotFound, "month-not-published")]
    [DataRow(500, HttpStatusCode.NotFound, "month-not-published")]
    [DataRow(501, HttpStatusCode.BadRequest, "reason-length")]
    public Task Referral_ByLengthOfReason_IsReadFrom1To500(int length, HttpStatusCode status, string rule) => _city.RefusesAsync(
        "recognition/referrals", new { actor = SmallCity.Officer, driver = "d-2", period = "2017-08", reason = new string('r', length) }, status, rule);
}
