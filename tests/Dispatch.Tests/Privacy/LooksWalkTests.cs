using System.Net;
using System.Text.RegularExpressions;
using Dispatch.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations.Reads;

namespace Dispatch.Tests.Privacy;

/// <summary>
/// Asks for every address of pages and API, and compares whom the answer names with the lines that it left in the audit log: nobody's file is shown
/// without one. What is to be expected of an address says the document.
/// </summary>
[TestClass]
public class LooksWalkTests : CityTests
{
    private static readonly string Document = Path.Combine(TextsTests.Project, "..", "docs", "privacy.md");

    /// <summary>The line that an address leaves, empty for one that names drivers and shows no file, null for one that names none.</summary>
    private static readonly Dictionary<string, string?> Expected = ReadTables();

    /// <summary>They take six published months, or a reversal after one, or a form that is sent; this city has none of these.</summary>
    private static readonly HashSet<string> ShowNobody = ["/api/v1/recognition/shortlist", "/api/v1/revisions-due", "/bureau", "/bureau/record"];

    /// <summary>They are found by codes and numbers of their own, or by a ruling, or by who recorded them; <c>TakeBackTests</c>, <c>DecisionPageTests</c> and
    /// <c>RecordPageTests</c> open them.</summary>
    private static readonly HashSet<string> NotThere =
    [
        "/me/notices/{code}", "/me/notices/{code}/decision.pdf", "/bureau/cases/{number}/decision.pdf", "/bureau/cases/{number}/ruling.pdf",
        "/bureau/record/{number}", "/me/decisions/{number}", "/me/decisions/{number}/decision.pdf", "/me/decisions/{number}/ruling.pdf",
        "/api/v1/cases/{number}/objection",
    ];

    [TestMethod]
    public async Task Addresses_OfPagesAndApi_AreAllInTheTables()
    {
        using var walk = new AddressWalk(City);
        var there = walk.Patterns().ToList();

        Assert.IsGreaterThan(60, there.Count);
        Assert.IsEmpty(there.Except(Expected.Keys).ToList(), "privacy.md lacks " + string.Join(", ", there.Except(Expected.Keys)));
        Assert.IsEmpty(Expected.Keys.Except(there).ToList(), "privacy.md has what is not there: " + string.Join(", ", Expected.Keys.Except(there)));
        await Task.CompletedTask;
    }

    [TestMethod]
    public async Task Answers_ThatNameADriver_LeaveTheLineOfTheTable()
    {
        using var walk = new AddressWalk(City);
        await walk.FillAsync();
        await TakeAsync(0);
        var faults = new List<string>();
        foreach (var pattern in walk.Patterns().Where(Expected.ContainsKey))
        {
            var asking = AddressWalk.AskedBy(pattern);
            var last = await LastAsync();
            var (status, body) = await walk.AskAsync(pattern);
            // Who reported is part of the file of whom it is about.
            body = body.Replace("\"reporter\":\"d-1\"", "", StringComparison.Ordinal);
            var lines = await TakeAsync(last);
            var named = Regex.Matches(body, @"\bd-[123]\b|Driver [123]").Select(m => m.Value.Replace("Driver ", "d-", StringComparison.Ordinal)).ToHashSet();
            var expected = Expected[pattern];
            if (expected is null)
            {
                named.Remove(asking);
                if (named.Count > 0 || lines.Count > 0)
                    faults.Add($"{pattern}: names {string.Join(' ', named)}, leaves {lines.Count} lines, and is in the last table");
            }
            else if (expected.Length == 0)
            {
                if (lines.Count > 0)
                    faults.Add($"{pattern}: leaves a line, and is in the second table");
            }
            else if (status == HttpStatusCode.OK)
            {
                var told = lines.Where(line => line.Operation == expected && line.Actor == asking).Select(line => $"{line.Subject} {line.Detail}").ToList();
                if (told.Count == 0 && (named.Count > 0 || !ShowNobody.Contains(pattern)))
                    faults.Add($"{pattern}: leaves no line {expected} by {asking}");
                else if (pattern != "/bureau/audit" && expected == Looks.Audited && !named.All(driver => told.Exists(line => line.Contains(driver))))
                    faults.Add($"{pattern}: names {string.Join(' ', named)} and tells {string.Join("; ", told)}");
                else if (expected == Looks.Audited && !told.TrueForAll(line => line.Contains($" {pattern}", StringComparison.Ordinal)))
                    faults.Add($"{pattern}: tells of another address, {string.Join("; ", told)}");
            }
            else if (expected == Looks.Audited && status != HttpStatusCode.Found && !(NotThere.Contains(pattern) && status == HttpStatusCode.NotFound))
            {
                faults.Add($"{pattern}: was not shown to {asking}: {(int)status}");
            }
        }

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    private Task<long> LastAsync() => City.WithDbAsync(db => db.Audit.MaxAsync(a => a.Id));

    private Task<List<AuditEntry>> TakeAsync(long last) => City.WithDbAsync(async db =>
    {
        var spool = City.Server.Services.GetRequiredService<ReadSpool>();
        await new ReadsToLog(spool, TimeProvider.System, NullLogger<ReadsToLog>.Instance).RunAsync(db, CancellationToken.None);
        return await db.Audit.AsNoTracking().Where(a => a.Id > last && (a.Operation == Looks.Audited || Expected.Values.Contains(a.Operation))).ToListAsync();
    });

    private static Dictionary<string, string?> ReadTables()
    {
        var tables = File.ReadAllText(Document).Split("\n| address |");
        var read = new Dictionary<string, string?>();
        foreach (Match row in Regex.Matches(tables[1], @"^\| `([^`]+)` \|.*\| `([a-z-]+)` \|$", RegexOptions.Multiline))
            read.Add(row.Groups[1].Value, row.Groups[2].Value);
        foreach (Match row in Regex.Matches(tables[2], @"^\| `([^`]+)` \| ", RegexOptions.Multiline))
            read.Add(row.Groups[1].Value, "");
        foreach (Match row in Regex.Matches(tables[3], @"`(/[^`]*)`"))
            read.Add(row.Groups[1].Value, null);
        return read;
    }
}
