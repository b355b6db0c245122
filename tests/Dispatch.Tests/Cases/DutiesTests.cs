using System.Net;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Cases;

/// <summary>Who keeps out of a case, and of a month's second signature, whatever their role.</summary>
[TestClass]
public class DutiesTests : CityTests
{
    private static readonly object Decision = new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." };

    [TestMethod]
    public async Task Case_RecordedByAnOfficer_IsTakenUpAndDecidedByAnother()
    {
        var number = await RecordAsync(SmallCity.Officer);

        await City.RefusesAsync($"cases/{number}/review", new { actor = SmallCity.Officer }, HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");
        await City.RefusesAsync($"cases/{number}/decision", Decision, HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");
        await City.DecideAsync(number!, new { actor = SmallCity.OtherOfficer, verdict = "upheld", reason = "Borne out." });
    }

    [TestMethod]
    public async Task Entry_OfACaseThatASupervisorRecorded_IsNotReversedByThem()
    {
        var number = await RecordAsync(SmallCity.Supervisor);
        var entry = (await City.DecideAsync(number!, Decision)).GetProperty("ledgerSequence").GetInt64();

        await City.RefusesAsync(
            $"ledger/{entry}/reversal", new { actor = SmallCity.Supervisor, reason = "Taken back." }, HttpStatusCode.UnprocessableEntity,
            "recorder-cannot-decide");
    }

    [TestMethod]
    public async Task Recusal_OfWhoHasTheCase_HandsItBackAndHoldsForGood()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.PostAsync($"cases/{number}/review", new { actor = SmallCity.Officer });

        await City.PostAsync($"cases/{number}/recusal", new { actor = SmallCity.Officer });

        await City.RefusesAsync($"cases/{number}/recusal", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "recused-already");
        await City.RefusesAsync($"cases/{number}/decision", Decision, HttpStatusCode.UnprocessableEntity, "recused");
        await City.RefusesAsync($"cases/{number}/review", new { actor = SmallCity.Officer }, HttpStatusCode.UnprocessableEntity, "recused");
        Assert.IsNull(await City.WithDbAsync(db => CaseHolders.OfAsync(number, db, CancellationToken.None)));
        await City.PostAsync($"cases/{number}/review", new { actor = SmallCity.OtherOfficer });
        await City.DecideAsync(number!, new { actor = SmallCity.OtherOfficer, verdict = "dismissed", reason = "Not borne out." });
        Assert.AreEqual("declare-recusal", (await City.WithDbAsync(db => db.Audit.Where(a => a.Subject == number && a.Actor == SmallCity.Officer)
            .OrderByDescending(a => a.Id).FirstAsync())).Operation);
    }

    [TestMethod]
    public async Task Recusal_OfSomebodyElse_LeavesTheCaseWithWhoHasIt()
    {
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.PostAsync($"cases/{number}/review", new { actor = SmallCity.Officer });

        await City.PostAsync($"cases/{number}/recusal", new { actor = SmallCity.Supervisor });

        Assert.AreEqual(SmallCity.Officer, await City.WithDbAsync(db => CaseHolders.OfAsync(number, db, CancellationToken.None)));
    }

    [TestMethod]
    public void Decisions_OfLeadersAndMembers_AreNobodysRight()
    {
        foreach (var permission in new[] { Permission.DecideCase, Permission.ReverseEntry, Permission.SignMonth })
        {
            Assert.AreEqual(Whose.None, Permissions.Of(Role.Leader, permission));
            Assert.AreEqual(Whose.None, Permissions.Of(Role.Driver, permission));
        }
    }

    [TestMethod]
    [DataRow(SmallCity.Officer, SmallCity.OtherOfficer, SmallCity.Supervisor)]
    [DataRow(SmallCity.Supervisor, "supervisor-b", SmallCity.Officer)]
    public async Task Month_SignedByOneRole_TakesTheOtherRolesSignature(string first, string same, string other)
    {
        await City.WithDbAsync(db =>
        {
            db.Actors.Add(new Actor { Name = "supervisor-b", Role = Role.Supervisor });
            return db.SaveChangesAsync();
        });
        var digest = (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString();
        await City.PostAsync("months/2017-07/signatures", new { actor = first, digest });

        await City.RefusesAsync("months/2017-07/signatures", new { actor = same, digest }, HttpStatusCode.Conflict, "role-signed");
        await City.RefusesAsync("months/2017-07/publication", new { actor = same }, HttpStatusCode.Conflict, "close-out-of-step");
        await City.PostAsync("months/2017-07/signatures", new { actor = other, digest });
        await City.PostAsync("months/2017-07/publication", new { actor = first });
    }

    private async Task<string> RecordAsync(string actor) => (await City.PostAsync("cases", new
    {
        actor, kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place = "Gate", account = "A detour.",
    })).GetProperty("number").GetString()!;
}
