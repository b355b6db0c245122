using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>What a token may do: the table of scopes, written down a second time, and tried at every address of the API.</summary>
[TestClass]
public class ScopeTests : CityTests, IDisposable
{
    /// <summary>What is not here no token may do, whatever its scopes.</summary>
    private static readonly Dictionary<Permission, string> Expected = new()
    {
        [Permission.ReadRoster] = "read",
        [Permission.ReadDisplays] = "read",
        [Permission.ReadMonths] = "read",
        [Permission.ReadShortlist] = "read",
        [Permission.ReadJobs] = "read",
        [Permission.ReadFile] = "read-files",
        [Permission.ReadCases] = "read-files",
        [Permission.ReadReports] = "read-files",
        [Permission.RecordCase] = "record",
        [Permission.Praise] = "record",
        [Permission.EditRoster] = "roster",
        [Permission.SignOn] = "shifts",
        [Permission.SignOff] = "shifts",
        [Permission.MoveShift] = "shifts",
        [Permission.CommandDisplay] = "displays",
        [Permission.ProvisionDisplay] = "displays",
        [Permission.RotateKeys] = "displays",
    };

    private readonly HttpClient _machine = new();

    public void Dispose()
    {
        _machine.Dispose();
        GC.SuppressFinalize(this);
    }

    [TestMethod]
    public void Table_EachPermission_IsAsWritten()
    {
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.AreEqual(Expected.GetValueOrDefault(permission), Permissions.ScopeOf(permission)?.NameOf(), $"{permission}");
        CollectionAssert.AreEqual(new[] { "read", "read-files", "record", "roster", "shifts", "displays", "act-for" }, Scopes.All.ToList());
    }

    [TestMethod]
    public async Task EachAddress_OfTheApiWithEachScope_IsRefusedToATokenWithoutIt()
    {
        string[] granted = ["", .. Scopes.All, string.Join(' ', Scopes.All)];
        foreach (var scopes in granted)
        {
            await CarryAsync(scopes);
            foreach (var request in ApiRequests.All)
            {
                using var message = request.ToMessage("d-1");

                var refusal = await ApiRequest.RefusalAsync(_machine, message, City.Client.BaseAddress!);

                var expected = Expected.GetValueOrDefault(request.Permission) switch
                {
                    null => "person-needed",
                    var scope when !scopes.Split(' ').Contains(scope) => "scope-lacking",
                    _ => null,
                };
                if (expected is null)
                    Assert.IsFalse(refusal is "person-needed" or "scope-lacking" or "actor-not-allowed", $"{request} with '{scopes}': {refusal}");
                else
                    Assert.AreEqual(expected, refusal, $"{request} with '{scopes}'");
            }
        }
    }

    [TestMethod]
    public async Task EachAddress_OfTheApiWithATokenThatNamesAPerson_IsForRecordingOnly()
    {
        await CarryAsync(string.Join(' ', Scopes.All));
        _machine.DefaultRequestHeaders.Add("Act-For", SmallCity.Officer);
        foreach (var request in ApiRequests.All)
        {
            using var message = request.ToMessage("d-1");

            var refusal = await ApiRequest.RefusalAsync(_machine, message, City.Client.BaseAddress!);

            var expected = Expected.GetValueOrDefault(request.Permission) switch
            {
                null => "person-needed",
                "record" => "code-unknown",
                _ => "act-for-recording-only",
            };
            Assert.AreEqual(expected, refusal, $"{request}");
        }
    }

    [TestMethod]
    [DataRow("record", SmallCity.Officer, "act-for-lacking")]
    [DataRow("record act-for", "nobody", "actor-unknown")]
    [DataRow("record act-for", "", "actor-unknown")]
    [DataRow("record act-for", "token:other", "actor-unknown")]
    [DataRow("record act-for", SmallCity.Auditor, "actor-not-allowed")]
    [DataRow("record act-for", "d-1", "actor-not-allowed")]
    [DataRow("act-for", SmallCity.Officer, "scope-lacking")]
    public async Task Token_NamingAPerson_WithoutTheRight_IsRefused(string scopes, string person, string rule)
    {
        await CarryAsync(scopes);

        var answer = await RecordAsync(person);

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.Forbidden, rule);
    }

    [TestMethod]
    public async Task Record_ByATokenForAPerson_HasBothNamesOnRecord()
    {
        await CarryAsync("record act-for");

        (await RecordAsync(SmallCity.Officer)).EnsureSuccessStatusCode();

        var line = await City.WithDbAsync(db => db.Audit.OrderBy(a => a.Id).LastAsync(a => a.Operation == "record-case"));
        Assert.AreEqual(SmallCity.Officer, line.Actor);
        StringAssert.EndsWith(line.Detail, " by token:meter");
        Assert.AreEqual(SmallCity.Officer, await City.WithDbAsync(db => db.Cases.Select(c => c.SubmittedBy).SingleAsync()));
    }

    [TestMethod]
    public async Task Record_ByATokenItself_IsOnRecordUnderItsName()
    {
        await CarryAsync("record");

        (await RecordAsync(null)).EnsureSuccessStatusCode();

        var line = await City.WithDbAsync(db => db.Audit.OrderBy(a => a.Id).LastAsync(a => a.Operation == "record-case"));
        Assert.AreEqual("token:meter", line.Actor);
        Assert.AreEqual("token:meter", await City.WithDbAsync(db => db.Cases.Select(c => c.SubmittedBy).SingleAsync()));
    }

    [TestMethod]
    public async Task Body_ThatNamesWhoActs_IsRefusedByName()
    {
        await CarryAsync("roster");

        var answer = await _machine.PostAsJsonAsync(
            new Uri(City.Client.BaseAddress!, "/api/v1/teams"), new { actor = SmallCity.Officer, code = "t-9", name = "Ninth" });

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.BadRequest, "actor-in-body");
    }

    [TestMethod]
    public async Task Document_OfTheApi_NamesNoActor() =>
        Assert.DoesNotContain("\"actor\"", await _machine.GetStringAsync(new Uri(City.Client.BaseAddress!, "/openapi/v1.json")));

    [TestMethod]
    public void Token_FromBeforeScopes_MayRead() =>
        CollectionAssert.AreEquivalent(new[] { Scope.Read, Scope.ReadFiles }, ApiGrant.Of("old", null).Scopes.ToList());

    [TestMethod]
    [DataRow("another", new[] { "read" }, "")]
    [DataRow("another", new string[0], "scope-missing")]
    [DataRow("another", new[] { "read", "sign" }, "scope-unknown")]
    [DataRow("test", new[] { "read" }, "token-name-taken")]
    [DataRow(" test ", new[] { "read" }, "token-name-taken")]
    public async Task MakeToken_ByNameAndScopes_IsMadeOrRefused(string name, string[] scopes, string rule)
    {
        var made = await City.WithDeskAsync(context => MakeToken.HandleAsync(new(SmallCity.Admin, name, scopes), context, CancellationToken.None));

        Assert.AreEqual(rule, made.Refusal?.Code ?? "");
    }

    [TestMethod]
    [DataRow("officer-new", "Officer", "")]
    [DataRow(SmallCity.Officer, "Officer", "actor-exists")]
    [DataRow("d-1", "Officer", "actor-exists")]
    [DataRow("x", "Officer", "actor-name-form")]
    [DataRow("token:x", "Officer", "actor-name-form")]
    [DataRow("new-one", "Machine", "person-unknown")]
    [DataRow("new-one", "Driver", "person-unknown")]
    public async Task AddActor_ByNameAndRole_IsOnRecordOrRefused(string name, string role, string rule)
    {
        var command = new AddActor(name, Enum.Parse<Role>(role), "system:root");

        var added = await City.WithDeskAsync(context => AddActor.HandleAsync(command, context, CancellationToken.None));

        Assert.AreEqual(rule, added.Refusal?.Code ?? "");
        var line = await City.WithDbAsync(db => db.Audit.SingleOrDefaultAsync(a => a.Operation == "add-actor"));
        Assert.AreEqual(rule.Length == 0 ? $"system:root {name} Officer" : "", line is null ? "" : $"{line.Actor} {line.Subject} {line.Detail}");
    }

    private async Task CarryAsync(string scopes)
    {
        var granted = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Scopes.Find(name)!.Value);
        await City.WithDbAsync(db => db.ApiTokens.Where(t => t.Name == "meter").ExecuteDeleteAsync());
        var token = await City.WithDbAsync(db =>
            BearerTokens.CreateAsync(db, "meter", granted, DateTimeOffset.UnixEpoch, CancellationToken.None));
        _machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private Task<HttpResponseMessage> RecordAsync(string? person)
    {
        _machine.DefaultRequestHeaders.Remove("Act-For");
        if (person is not null)
            _machine.DefaultRequestHeaders.TryAddWithoutValidation("Act-For", person);
        return _machine.PostAsJsonAsync(new Uri(City.Client.BaseAddress!, "/api/v1/cases"), new
        {
            kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-01", place = "Gate", account = "A detour.",
        });
    }
}
