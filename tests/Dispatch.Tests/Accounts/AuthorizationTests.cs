using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>The table of rights as operations enforce it. In the small city d-1 leads d-2, and d-3 belongs to another team.</summary>
[TestClass]
public class AuthorizationTests : CityTests
{
    private static readonly (string Name, Role Role)[] People =
    [
        ("d-2", Role.Driver), ("d-1", Role.Leader), (SmallCity.Officer, Role.Officer), (SmallCity.Supervisor, Role.Supervisor),
        (SmallCity.Auditor, Role.Auditor), (SmallCity.Admin, Role.Admin),
    ];

    /// <summary>
    /// Each operation of the API that acts in somebody's name, about d-2 where it is about a driver; the bodies are refused after the right was found.
    /// </summary>
    private static readonly (Permission Operation, string Path, string Body)[] Requests =
    [
        (Permission.RecordCase, "cases", """ "kind": "complaint", "driver": "d-2", "code": "none", "conductOn": "2017-08-01", "place": "P", "account": "A" """),
        (Permission.ReportPeer, "cases",
            """ "kind": "peerReport", "driver": "d-2", "code": "none", "conductOn": "2017-08-01", "place": "P", "account": "A", "reporter": "ACTOR" """),
        (Permission.Praise, "cases", """ "kind": "merit", "driver": "d-2", "code": "none", "conductOn": "2017-08-01", "place": "P", "account": "A" """),
        (Permission.DecideCase, "cases/c-999999/decision", """ "verdict": "upheld", "reason": "R" """),
        (Permission.DecideCase, "cases/c-999999/review", ""),
        (Permission.DecideCase, "cases/c-999999/complex", """ "reason": "R" """),
        (Permission.ReverseEntry, "ledger/999/reversal", """ "reason": "R" """),
        (Permission.ReadReports, "reports/none/contact", ""),
        (Permission.ReviewReports, "reports/none/release", ""),
        (Permission.ReviewReports, "reports/none/rejection", """ "reason": "R" """),
        (Permission.ReviewReports, "reports/none/assignment", """ "driver": "d-2", "code": "none" """),
        (Permission.ReviewReports, "checks/999/closing", """ "finding": "F" """),
        (Permission.SignOn, "shifts/on", """ "driver": "d-2", "cab": "none" """),
        (Permission.SignOff, "shifts/off", """ "driver": "d-2" """),
        (Permission.MoveShift, "shifts/move", """ "driver": "d-2", "cab": "none" """),
        (Permission.PreviewMonth, "months/none/preview", ""),
        (Permission.SignMonth, "months/none/signatures", """ "digest": "none" """),
        (Permission.PublishMonth, "months/none/publication", ""),
        (Permission.ReviseMonth, "months/none/revisions", """ "reason": "R" """),
        (Permission.CommandDisplay, "displays/none/commands", """ "do": "none" """),
        (Permission.ProvisionDisplay, "displays", """ "id": "disp-0001", "cab": "none" """),
        (Permission.RotateKeys, "displays/none/keys/rotate", ""),
        (Permission.EditRoster, "teams", """ "code": "NONE", "name": "N" """),
        (Permission.EditRoster, "cabs", """ "code": "NONE", "plate": "N", "team": "none" """),
        (Permission.EditRoster, "drivers", """ "code": "NONE", "name": "N", "homeCab": "none" """),
        (Permission.AppointLeader, "teams/none/leader", """ "driver": "d-2" """),
        (Permission.AppointLeader, "teams/none/leader/removal", ""),
        (Permission.ReferDriver, "recognition/referrals", """ "driver": "none", "period": "2017-07", "reason": "R" """),
    ];

    [TestMethod]
    public async Task EachOperation_ThroughTheApiByEachRole_IsRefusedToThoseWithoutTheRight()
    {
        foreach (var (operation, path, body) in Requests)
        {
            foreach (var (name, role) in People)
            {
                var allowed = Expected(operation, role, name, "d-2");

                var refusal = await RefusalAsync(path, body, name);

                if (allowed)
                    Assert.IsFalse(refusal.StartsWith("actor-", StringComparison.Ordinal), $"{operation} {path} by {role}: {refusal}");
                else
                    Assert.AreEqual("actor-not-allowed", refusal, $"{operation} {path} by {role}");
            }
        }
    }

    [TestMethod]
    public async Task EachOperation_WithoutOrWithAnUnknownActor_IsRefused()
    {
        foreach (var (_, path, body) in Requests)
        {
            Assert.AreEqual("actor-missing", await RefusalAsync(path, body, ""), path);
            Assert.AreEqual("actor-unknown", await RefusalAsync(path, body, "nobody"), path);
        }
    }

    [TestMethod]
    public async Task EachCell_OfOneselfATeamMateAndAStranger_IsAsTheTableSays()
    {
        await City.WithDbAsync(async db =>
        {
            var context = ActivatorUtilities.CreateInstance<OperationContext>(City.Server.Services, db);
            foreach (var operation in Enum.GetValues<Permission>())
            {
                foreach (var (name, role) in People)
                {
                    foreach (var subject in new[] { "d-1", "d-2", "d-3", "d-unknown", null })
                    {
                        var outcome = await context.MayAsync(name, operation, subject, CancellationToken.None);

                        Assert.AreEqual(Expected(operation, role, name, subject), outcome.Refusal is null, $"{role} {operation} {subject}");
                        if (outcome.Refusal is null)
                            Assert.AreEqual(role, outcome.Value.Role);
                        else
                            Assert.AreEqual("actor-not-allowed", outcome.Refusal.Code);
                    }
                }
            }

            return 0;
        });
    }

    [TestMethod]
    public async Task Leader_RemovedFromTheTeam_IsADriverAtOnce()
    {
        await City.PostAsync("teams/t-1/leader/removal", new { actor = SmallCity.Officer });

        var person = await City.WithDbAsync(db => new People().FindAsync("d-1", db, CancellationToken.None));

        Assert.AreEqual(Role.Driver, person!.Role);
    }

    [TestMethod]
    [DataRow(SmallCity.Officer)]
    [DataRow("d-2")]
    public async Task Actor_WhoseAccountIsClosed_ActsAgainOnceItIsOpen(string name)
    {
        (await City.EnterDriverAsync(name)).Dispose();
        await SetClosedAsync(name, isClosed: true);

        foreach (var (_, path, body) in Requests)
            Assert.AreEqual("actor-closed", await RefusalAsync(path, body, name), path);
        await City.RefusedAsync("shifts/off", new { actor = name, driver = "d-2" }, HttpStatusCode.Forbidden, "actor-closed");
        await SetClosedAsync(name, isClosed: false);

        await City.PostAsync("shifts/off", new { actor = name, driver = "d-2" });
    }

    [TestMethod]
    public async Task Actor_LockedAfterWrongPasswords_StillActsThroughTheApi()
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        var until = DateTimeOffset.UtcNow + SignIn.LockedFor;
        await City.WithDbAsync(db => db.Set<Account>().ExecuteUpdateAsync(row => row.SetProperty(a => a.LockoutEnd, until)));

        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });
    }

    [TestMethod]
    public async Task Sessions_OfSomebodyElseAtTheBureau_AreEndedByAnAdminAlone()
    {
        Assert.IsNull(await EndAsync(SmallCity.Officer, SmallCity.Officer));
        Assert.IsNull(await EndAsync(SmallCity.Admin, SmallCity.Officer));
        Assert.AreEqual("actor-not-allowed", await EndAsync(SmallCity.Officer, SmallCity.OtherOfficer));
        Assert.AreEqual("actor-not-allowed", await EndAsync("d-1", "d-2"));

        Task<string?> EndAsync(string actor, string name) => WithSessionsAsync(async (context, sessions) =>
            (await EndSessions.HandleAsync(new(actor, name, null), context, sessions, CancellationToken.None))?.Code);
    }

    [TestMethod]
    public async Task Name_OfAnActorAndADriver_ActsForNeither()
    {
        await City.WithDbAsync(db =>
        {
            db.Actors.Add(new Actor { Name = "d-3", Role = Role.Admin });
            return db.SaveChangesAsync();
        });

        await City.RefusedAsync("shifts/off", new { actor = "d-3", driver = "d-3" }, HttpStatusCode.Forbidden, "actor-unknown");
    }

    [TestMethod]
    public async Task Driver_WithTheCodeOfAnActor_IsNotAdded() => await City.RefusedAsync(
        "drivers", new { actor = SmallCity.Officer, code = SmallCity.Admin, name = "Driver", homeCab = "cab-1" }, HttpStatusCode.Conflict, "driver-exists");

    [TestMethod]
    public async Task Driver_SignsOffAndOnAgain_InTheOwnName()
    {
        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });
        var shift = await City.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });

        Assert.AreEqual("cab-2", shift.GetProperty("cab").GetString());
    }

    [TestMethod]
    public async Task PeerReport_OfADriverInAnothersName_IsRefused() => await City.RefusedAsync(
        "cases",
        new
        {
            actor = "d-2", kind = "peerReport", driver = "d-1", code = "P01", conductOn = "2017-08-01", place = "Gate", account = "Refused a fare.",
            reporter = "d-3",
        },
        HttpStatusCode.Forbidden,
        "reporter-is-another");

    [TestMethod]
    public async Task Praise_OfTheLeaderOneself_IsRefused() => await City.RefusedAsync(
        "cases",
        new { actor = "d-1", kind = "merit", driver = "d-1", code = "M01", conductOn = "2017-08-01", place = "Gate", account = "Returned a bag." },
        HttpStatusCode.UnprocessableEntity,
        "praise-of-oneself");

    private static bool Expected(Permission permission, Role role, string name, string? subject) => PermissionsTests.ExpectedOf(permission, role) switch
    {
        Whose.All => true,
        Whose.Team => subject is "d-1" or "d-2",
        Whose.Own => subject == name,
        _ => false,
    };

    private async Task SetClosedAsync(string name, bool isClosed) => Assert.IsNull(await WithSessionsAsync(async (context, sessions) =>
        (await CloseAccount.HandleAsync(new(SmallCity.Admin, name, isClosed), context, sessions, CancellationToken.None)).Refusal));

    private async Task<T> WithSessionsAsync<T>(Func<OperationContext, Sessions, Task<T>> work)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<Sessions>());
    }

    /// <summary>The rule that refuses the request; empty if it was carried out.</summary>
    private async Task<string> RefusalAsync(string path, string body, string actor)
    {
        var json = $$"""{ "actor": "{{actor}}"{{(body.Length == 0 ? "" : "," + body.Replace("ACTOR", actor, StringComparison.Ordinal))}} }""";
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        var method = path.EndsWith("leader", StringComparison.Ordinal) ? HttpMethod.Put : HttpMethod.Post;
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = content };
        using var answer = await City.Client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? ""
            : (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()!.Split(':')[^1];
    }
}
