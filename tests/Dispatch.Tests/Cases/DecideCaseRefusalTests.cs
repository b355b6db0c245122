using System.Net;

namespace Dispatch.Tests.Cases;

[TestClass]
public sealed class DecideCaseRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(2_000, true)]
    [DataRow(2_001, false)]
    public async Task DecideCase_ByLengthOfReason_IsTakenFrom1To2000(int length, bool taken)
    {
        foreach (var verdict in new[] { "upheld", "dismissed" })
        {
            var number = (await _city.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();
            var decision = new { actor = SmallCity.Officer, verdict, reason = new string('r', length) };

            if (taken)
                await _city.DecideAsync(number!, decision);
            else
                await _city.RefusesAsync($"cases/{number}/decision", decision, HttpStatusCode.BadRequest, "reason-length");
        }
    }
}
