using System.Net;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring.Ledger;

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
    public async Task ReverseEntry_OfARepair_IsRefused()
    {
        var sequence = await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var driver = await db.Drivers.SingleAsync(d => d.Code == "d-2");
            var day = new DateOnly(2017, 8, 10);
            var repair = await db.AppendAsync(
                new(driver.Id, "d-2", EntryKind.Repair, "S01", new(1_000), null, day, day, "c-000009", null), new { }, CancellationToken.None);
            await write.SaveAsync(CancellationToken.None);
            return repair.Sequence;
        });

        await _city.RefusesAsync(
            $"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "It was not." },
            HttpStatusCode.UnprocessableEntity, "entry-not-a-decision");
    }

    [TestMethod]
    public async Task ReverseEntry_ReversalOfWhatTheSupervisorDecided_IsRefused()
    {
        var number = (await _city.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString();
        var decided = await _city.DecideAsync(number!, new { actor = SmallCity.Supervisor, verdict = "upheld", reason = "Borne out." });
        var sequence = decided.GetProperty("ledgerSequence").GetInt64();
        var reversal = await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var booked = await db.Ledger.AsNoTracking().SingleAsync(e => e.Sequence == sequence);
            var row = await db.AppendAsync(
                new(booked.DriverId, booked.Driver, EntryKind.Reversal, booked.Code, new(-booked.Points), null, booked.ConductOn, booked.DecidedOn,
                    booked.Case, sequence), new ReversalDetails("By another."), CancellationToken.None);
            await write.SaveAsync(CancellationToken.None);
            return row.Sequence;
        });

        await _city.RefusesAsync(
            $"ledger/{reversal}/reversal", new { actor = SmallCity.Supervisor, reason = "My decision was right." },
            HttpStatusCode.UnprocessableEntity, "decider-cannot-reverse");
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
