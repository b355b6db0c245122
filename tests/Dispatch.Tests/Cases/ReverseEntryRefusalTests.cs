using System.Net;

namespace Dispatch.Tests.Cases;

[TestClass]
public sealed class ReverseEntryRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task ReverseEntry_ByASupervisorWhoDecided_IsRefused()
    {
        var number = (await _city.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();
        var decided = await _city.DecideAsync(number!, new { actor = SmallCity.Supervisor, verdict = "upheld", reason = "Borne out." });

        await _city.RefusesAsync(
            $"ledger/{decided.GetProperty("ledgerSequence").GetInt64()}/reversal", new { actor = SmallCity.Supervisor, reason = "On second thoughts." },
            HttpStatusCode.UnprocessableEntity, "decider-cannot-reverse");
    }

    [TestMethod]
    public async Task ReverseEntry_OfAReversal_IsRefused()
    {
        var sequence = await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        var reversal = await _city.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "The meter was read wrongly." });

        await _city.RefusesAsync(
            $"ledger/{reversal.GetProperty("sequence").GetInt64()}/reversal", new { actor = SmallCity.Supervisor, reason = "It was not." },
            HttpStatusCode.UnprocessableEntity, "entry-not-a-decision");
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(2_000, true)]
    [DataRow(2_001, false)]
    public async Task ReverseEntry_ByLengthOfReason_IsTakenFrom1To2000(int length, bool taken)
    {
        var sequence = await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        var reversal = new { actor = SmallCity.Supervisor, reason = new string('r', length) };

        if (taken)
            await _city.PostAsync($"ledger/{sequence}/reversal", reversal);
        else
            await _city.RefusesAsync($"ledger/{sequence}/reversal", reversal, HttpStatusCode.BadRequest, "reason-length");
    }
}
