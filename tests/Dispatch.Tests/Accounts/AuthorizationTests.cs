using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>The table of rights as operations enforce it. In the small city d-1 leads d-2, and d-3 belongs to another team.</summary>
[TestClass]
public class AuthorizationTests : CityTests
{
    private static readonly HttpClient Browsers = new(new SocketsHttpHandler { UseCookies = false });

    private readonly Dictionary<string, string> _cookies = [];

    private static readonly (string Name, Role Role)[] People =
    [
        ("d-2", Role.Driver), ("d-1", Role.Leader), (SmallCity.Officer, Role.Officer), (SmallCity.Supervisor, Role.Supervisor),
        (SmallCity.Auditor, Role.Auditor), (SmallCity.Admin, Role.Admin),
    ];

    [TestMethod]
    public async Task EachAddress_OfTheApiByEachRole_IsRefusedToThoseWithoutTheRight()
    {
        foreach (var request in ApiRequests.All)
        {
            foreach (var (name, role) in People)
            {
                var refusal = await RefusalAsync(request, name);

                if (Expected(request.Permission, role, name, request.IsAboutEverybody ? null : "d-2"))
                    Assert.IsFalse(refusal.StartsWith("actor-", StringComparison.Ordinal), $"{request} by {role}: {refusal}");
                else if (request.Permission == Permission.AnswerNotice && role is (Role.Driver or Role.Leader))
                    Assert.AreEqual("notice-unknown", refusal, "a notice of somebody else is like none");
                else if (request.Permission == Permission.KeepFound && !request.NamesADriver && role is (Role.Driver or Role.Leader))
                    Assert.IsTrue(refusal is "question-unknown" or "found-unknown", "what is somebody else's is like none");
                else if (request.Permission == Permission.ObjectToDecision && role is (Role.Driver or Role.Leader))
                    Assert.AreEqual("decision-unknown", refusal, "a decision about somebody else is like none");
                else
                    Assert.AreEqual("actor-not-allowed", refusal, $"{request} by {role}");
            }
        }
    }

    /// <summary>In the small city d-1 and d-2 are of one team, which d-1 leads, and d-3 is of another.</summary>
    [TestMethod]
    public async Task EachAddress_ThatNamesADriverByEachRole_IsRefusedToThoseWithoutTheRightToThatOne()
    {
        var (tried, owners) = (0, new[] { "d-1", "d-3", "d-unknown" });
        var requests = ApiRequests.All.Where(request => request.NamesADriver);
        foreach (var request in requests.SelectMany(request => owners.Select(owner => (About: request.About(owner), Owner: owner))))
        {
            foreach (var (name, role) in People)
            {
                var refusal = await RefusalAsync(request.About, name);

                if (Expected(request.About.Permission, role, name, request.About.IsAboutEverybody ? null : request.Owner))
                    Assert.IsFalse(refusal.StartsWith("actor-", StringComparison.Ordinal), $"{request} by {role}: {refusal}");
                else
                    Assert.AreEqual("actor-not-allowed", refusal, $"{request} by {role}");
                tried++;
            }
        }

        Assert.IsGreaterThan(150, tried);
    }

    [TestMethod]
    public void EachPermission_OfTheTable_IsAskedForSomewhere()
    {
        var server = Pages.TextsTests.Project;
        var sources = string.Concat(Directory.EnumerateFiles(server, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/") && Path.GetFileName(file) != "Permissions.cs")
            .Select(File.ReadAllText));

        var idle = Enum.GetNames<Permission>().Where(name => !Regex.IsMatch(sources, $@"\bPermission\.{name}\b")).ToList();

        Assert.IsEmpty(idle, string.Join(", ", idle));
    }

    [TestMethod]
    public async Task EachAddress_OfTheApiBySomebodyUnknown_IsRefused()
    {
        foreach (var request in ApiRequests.All)
            Assert.AreEqual("token-required", await RefusalAsync(request, "nobody"), $"{request}");
    }

    [TestMethod]
    public void EachAddress_OfTheApi_IsTriedWithEachOfItsRights()
    {
        var untried = ApiRequests.Addresses(City.Server).SelectMany(address => address.Right.Permissions.Select(permission => (address, permission)))
            .Where(one => !ApiRequests.All.Any(r => r.Permission == one.permission && one.address.Is(r)))
            .Select(one => $"{one.address.Method} {one.address.Pattern} {one.permission}").ToList();
        var unguarded = ApiRequests.Unguarded(City.Server);

        Assert.IsEmpty(untried, string.Join('\n', untried));
        CollectionAssert.AreEquivalent(
            new[] { "/api/v1/months", "/api/v1/months/{period}", "/api/v1/statistics", "/api/v1/statistics/{period}" }, unguarded,
            string.Join("; ", unguarded));
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

        var person = await City.WithDbAsync(db => City.Server.Services.GetRequiredService<IPeople>().FindAsync("d-1", db, CancellationToken.None));

        Assert.AreEqual(Role.Driver, person!.Role);
    }

    [TestMethod]
    [DataRow(SmallCity.Officer)]
    [DataRow("d-2")]
    public async Task Actor_WhoseAccountIsClosed_ActsAgainOnceItIsOpen(string name)
    {
        (await City.EnterDriverAsync(name)).Dispose();
        await SetClosedAsync(name, isClosed: true);

        foreach (var request in ApiRequests.All)
            Assert.AreEqual("token-required", await RefusalAsync(request, name), $"{request}");
        Assert.AreEqual("actor-closed", await City.WithDeskAsync(async context =>
            (await SignOff.HandleAsync(new(name, "d-2"), context, CancellationToken.None)).Refusal?.Code));
        await SetClosedAsync(name, isClosed: false);

        await City.PostAsync("shifts/off", new { actor = name, driver = "d-2" });
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

        Assert.AreEqual("actor-unknown", await City.WithDeskAsync(async context =>
            (await SignOff.HandleAsync(new("d-3", "d-3"), context, CancellationToken.None)).Refusal?.Code));
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
        (await CloseAccount.HandleAsync(new(Acting.AtServer(SmallCity.Admin), name, isClosed), context, sessions, CancellationToken.None)).Refusal));

    private async Task<T> WithSessionsAsync<T>(Func<OperationContext, Sessions, Task<T>> work)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<Sessions>());
    }

    /// <summary>The rule that refuses the request of somebody who is signed in; empty if it was carried out.</summary>
    private async Task<string> RefusalAsync(ApiRequest request, string name)
    {
        if (!_cookies.TryGetValue(name, out var cookie))
            _cookies[name] = cookie = await ActingClient.EnterAsync(City.Server.Services, name);
        using var message = request.ToMessage(name);
        message.Headers.Add(ApiCallers.SessionHeader, "1");
        message.Headers.Add("Cookie", cookie);
        return await ApiRequest.RefusalAsync(Browsers, message, City.Client.BaseAddress!);
    }
}
