using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dispatch.Tests.Pages;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Operations;

/// <summary>
/// Walks every type of the features that handles a command: it declares a rule and leaves right, lock, audit line and commit to
/// <see cref="OperationContext"/>. What does otherwise stands here with its reason.
/// </summary>
[TestClass]
public sealed partial class OperationWalkTests
{
    private const string Root = "TaxiCredit.Dispatch.Features.";

    /// <summary>Types that handle a command and declare no rule, by their name below <c>Features</c>.</summary>
    private static readonly Dictionary<string, string> WithoutRule = new()
    {
        ["Registers.ReadRegister"] = "runs under the rule of SendRegister, which it is the second half of",
        ["Roster.TakeCab"] = "chooses between SignOn and MoveShift, which run under their rules",
        ["Cases.RecordWithPhoto"] = "runs as RecordCase, under its rules",
        ["Passengers.Stickers.PrintStickers"] = "changes nothing and reads what hangs in every cab; it checks its right and leaves no audit line",
        ["Accounts.ChangePassword"] = "no permission covers one's own account: the session that was proven does",
        ["Accounts.BeginSession"] = "the session begins with a person whose proof was checked just before",
        ["Accounts.SignOut"] = "no permission covers ending the session that asks for it",
        ["Accounts.SignIn"] = "nobody is signed in yet; an attempt is counted although it is refused",
        ["Accounts.AcceptInvitation"] = "nobody is signed in yet: the invitation's secret was shown",
        ["Accounts.ProveAgain"] = "no permission covers one's own session: what was shown for it was checked just before",
        ["Accounts.ResetAdmin"] = "the command line acts as the system",
        ["Accounts.AddActor"] = "the command line acts as the system",
        ["Exchange.ExportCity"] = "the command line acts as the system, whose right nobody checks",
        ["Exchange.ImportCity"] = "the command line acts as the system, in one batch with the files' own actors",
    };

    /// <summary>Files of the features that take the write lock or write an audit line themselves.</summary>
    private static readonly Dictionary<string, string> ByHand = new()
    {
        ["Workshop/RegisterUnits.cs"] = "the audit line of each unit of a file that is taken as one",
        ["Roster/CabCodes.cs"] = "brings an old database up to date before anybody can act",
        ["Roster/SpellingKeys.cs"] = "brings an old database up to date before anybody can act",
        ["Accounts/AccountNumbers.cs"] = "brings an old database up to date before anybody can act",
        ["Cases/CaseLifeAdoption.cs"] = "brings an old database up to date before anybody can act",
        ["Notices/DeskNotices.cs"] = "background work under a lease: nobody acts",
        ["Cases/ReassignCase.cs"] = "the second audit line of an operation on a case, that of the one that goes on",
        ["Roster/ClaimCab.cs"] = "the audit line of the driver whose shift somebody else ended",
        ["Passengers/Reports/MakeCase.cs"] = "the second audit line of an operation on a report, that of the case",
        ["Passengers/Reports/WithdrawReport.cs"] = "the second audit line of an operation on a report, that of its case",
        ["LostProperty/AnswerLoss.cs"] = "the second audit line of an answer, that of the thing that is registered by it",
        ["LostProperty/RewardFinder.cs"] = "the second audit line of an operation on a found thing, that of the case",
        ["LostProperty/EraseLossContacts.cs"] = "background work: nobody acts",
        ["Passengers/Erasure/EraseLeft.cs"] = "background work under a lease: nobody acts",
        ["Cases/Hearing/ReleaseNotices.cs"] = "background work: nobody acts",
        ["Accounts/SecondFactor.cs"] = "an attempt is counted and written down although it is refused",
        ["Accounts/FirstAdmin.cs"] = "the first start acts, before there is anybody",
        ["Displays/Reports/ReportWriter.cs"] = "stores what cabs report, in batches under the lease of the displays' leader",
        ["Displays/Twins/ReconcilePass.cs"] = "stores what displays ought to show, under the same lease",
        ["Displays/Twins/CabClaims.cs"] = "stores what cabs claim, under the same lease",
        ["Anchor/LeafAdoption.cs"] = "brings an old database up to date before anybody can act",
        ["Anchor/CheckpointSigning.cs"] = "background work under a lease: nobody acts",
        ["Anchor/LogWatch.cs"] = "the server finds evidence: nobody acts",
        ["Holds/PublishingHolds.cs"] = "the audit line of evidence that the server finds",
        ["Archive/RestoreCity.cs"] = "fills an empty database, before there is anybody",
        ["Archive/RestoredMark.cs"] = "puts on record at the first start what the command line did before there was a city",
        ["Exchange/ImportCity.cs"] = "the command line acts as the system",
        ["MonthClose/CloseWork.cs"] = "long work under a lease; the audit line names who asked for it",
    };

    /// <summary>Permissions that nothing asks for yet.</summary>
    private static readonly Dictionary<Permission, string> NotAsked = new()
    {
    };

    private static readonly string Features = Path.Combine(TextsTests.Project, "Features");

    [TestMethod]
    public void Operations_EachDeclaresARule_OrStandsInTheListWithItsReason()
    {
        var operations = Operations().ToDictionary(type => type.FullName![Root.Length..], type => RulesOf(type).Count);

        Assert.IsGreaterThan(35, operations.Count);
        var lacking = operations.Where(o => o.Value == 0 && !WithoutRule.ContainsKey(o.Key)).Select(o => o.Key).ToList();
        Assert.IsEmpty(lacking, "no rule, and no reason why: " + string.Join(", ", lacking));
        var idle = WithoutRule.Where(w => operations.GetValueOrDefault(w.Key, 1) > 0).Select(w => w.Key).ToList();
        Assert.IsEmpty(idle, "has a rule, or is gone: " + string.Join(", ", idle));
    }

    [TestMethod]
    public void Rules_Names_AreKebabCaseAndUniqueForAPermission()
    {
        var rules = Operations().SelectMany(RulesOf).ToList();

        Assert.IsGreaterThan(20, rules.Count);
        Assert.IsEmpty(rules.Where(rule => !KebabCase().IsMatch(rule.Name)).ToList());
        var twice = rules.CountBy(rule => rule).Where(rule => rule.Value > 1).Select(rule => rule.Key).ToList();
        Assert.IsEmpty(twice, string.Join(", ", twice));
    }

    [TestMethod]
    [DataRow("AuditTexts.resx")]
    [DataRow("AuditTexts.zh-Hans.resx")]
    public void Rules_Names_HaveATextInTheAuditLog(string file)
    {
        var texts = XDocument.Load(Path.Combine(TextsTests.Project, "Components", "Bureau", file)).Root!.Elements("data")
            .Where(data => !string.IsNullOrWhiteSpace(data.Element("value")?.Value)).Select(data => data.Attribute("name")!.Value).ToHashSet();

        var untold = Operations().SelectMany(RulesOf).Select(rule => rule.Name).Distinct().Where(name => !texts.Contains($"Op.{name}")).ToList();

        Assert.IsEmpty(untold, string.Join(", ", untold));
    }

    [TestMethod]
    public void Features_NoneTakesTheLockOrWritesAnAuditLineItself_ExceptThoseListed()
    {
        var byHand = Sources(Features).Where(source => HandWork().IsMatch(source.Text)).Select(source => source.Path).ToList();

        CollectionAssert.AreEquivalent(ByHand.Keys, byHand);
    }

    [TestMethod]
    public void Permissions_Each_IsAskedForSomewhere()
    {
        var asked = Sources(TextsTests.Project).Where(source => source.Path != "Operations/Permissions.cs")
            .SelectMany(source => Asking().Matches(source.Text)).SelectMany(asking => PermissionName().Matches(asking.Value))
            .Select(name => Enum.Parse<Permission>(name.Groups[1].Value)).ToHashSet();

        CollectionAssert.AreEquivalent(Enum.GetValues<Permission>().Except(NotAsked.Keys).ToList(), asked.ToList());
    }

    private static IEnumerable<Type> Operations() => typeof(OperationContext).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(Root.TrimEnd('.'), StringComparison.Ordinal) == true
            && type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Any(method => method.Name == "HandleAsync"));

    /// <summary>Name and permission; null for what is open to everybody.</summary>
    private static List<(string Name, Permission? Permission)> RulesOf(Type operation) =>
    [
        .. operation.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.GetValue(null) switch
        {
            OperationRule rule => (rule.Name, (Permission?)rule.Permission),
            AnonymousRule rule => (rule.Name, null),
            _ => default,
        }).Where(rule => rule.Name is not null),
    ];

    /// <summary>Path below the folder, with slashes, and text.</summary>
    private static IEnumerable<(string Path, string Text)> Sources(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
        .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) || file.Path.EndsWith(".razor", StringComparison.Ordinal))
        .Where(file => !file.Path.StartsWith("obj/", StringComparison.Ordinal) && !file.Path.StartsWith("bin/", StringComparison.Ordinal))
        .Select(file => (file.Path, File.ReadAllText(file.File)));

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"BeginWriteAsync\(|\bcontext\.Record\(|\bAudit\.Add\(")]
    private static partial Regex HandWork();

    /// <summary>A rule, an attribute of a page or route, or a question what somebody may do, up to the end of its statement.</summary>
    [GeneratedRegex(@"(?:OperationRule \w+ = new\(|\bRequirePermission|\bMay\w*\(|\bReads\()[^;{}\n]*(?:\n[^;{}\n]*)?")]
    private static partial Regex Asking();

    [GeneratedRegex(@"\bPermission\.(\w+)")]
    private static partial Regex PermissionName();
}
