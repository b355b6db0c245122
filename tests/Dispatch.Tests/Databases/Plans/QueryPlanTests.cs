using System.Text.RegularExpressions;
using Dispatch.Tests.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Databases.Plans;

/// <summary>
/// What a page, an address, a job or the start asks of a table that grows with the years has an index to find it by. The planner says so, for each query
/// that a walk over all of them has run: SQLite without statistics takes any index that it can use; PostgreSQL is told that a scan costs too much.
/// </summary>
[TestClass]
public class QueryPlanTests
{
    /// <summary>A row for each thing that happens. Teams, cabs, drivers, displays and months are as many as the city has.</summary>
    internal static readonly HashSet<string> Growing =
    [
        "Accounts", "Audit", "AuditLeaves", "CasePhotos", "Cases", "Chronicle", "ChronicleMarks", "CityLeaves", "DecisionDocuments", "DecisionServices",
        "DriverAnswers", "GivenCommands", "HearingNotices", "Incidents", "Invitations", "Ledger", "LedgerDetails", "Objections", "OperationKeys", "Outbox",
        "PassengerReports", "PastPlacements", "Ratings", "Recusals", "Repairs", "ReportContacts", "ReportPhotos", "RulingDocuments", "Shifts", "StarChecks",
        "SupersededJournals", "Triages",
    ];

    /// <summary>Ends of queries, without quotes and with single spaces, that may look at all rows, and why.</summary>
    private static readonly (string End, string Because)[] Allowed =
    [
        (@"SELECT EXISTS \( ?SELECT 1 FROM \w+ AS \w+\)", "stops at the first row"),
        (@"WHERE (0|FALSE)( LIMIT \d)?", "asks for nothing"),
        (@" FROM Accounts AS a", "the page of accounts shows them all"),
        (@" FROM Actors AS a WHERE EXISTS .*", "who of the office can sign in: at the start, and for the page of accounts"),
        (@"SELECT (COUNT|count)\(\*\)(::int)? FROM (Audit|City)Leaves AS \w", "compared with the log's tree, once at the start"),
        (@" FROM SupersededJournals AS s ORDER BY s\.At", "kept in memory from the start on; a row for each replaced memory of a unit"),
        (@"WHERE o\.Kind = 'log-checkpoint' AND o\.Status = 'Delivered'\)", "what is delivered is kept for some weeks"),
        (@"FROM CasePhotos AS c INNER JOIN Cases AS c0 .*", "erasure, once a day, of the photos that are left"),
        (@"FROM Report(Contacts|Photos) AS r WHERE r\.ReportId IN .*", "erasure, once a day, of the contacts and photos that are left"),
    ];

    [TestMethod]
    public async Task Queries_OfEveryAddressJobAndStart_FindTheirRowsByAnIndex()
    {
        using var recorder = new QueryRecorder();
        await using var city = await SmallCity.BuildAsync();
        using var walk = new AddressWalk(city);
        await walk.FillAsync();
        foreach (var pattern in walk.Patterns())
            await walk.AskAsync(pattern);
        // Some ask only where days are those of the calendar.
        await city.KeepCalendarAsync();
        foreach (var pattern in walk.Patterns())
            await walk.AskAsync(pattern);
        var jobs = city.Server.Services.GetServices<Job>().Select(job => job.Name).ToList();
        await Until.StoredAsync(city.Options, () => city.WithDbAsync(async db => !jobs.Except(await db.Set<JobRun>().Select(r => r.Name).ToListAsync()).Any()));

        var faults = await city.WithDbAsync(db => FaultsAsync(recorder, db));

        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    private static async Task<List<string>> FaultsAsync(QueryRecorder recorder, DispatchContext db)
    {
        var faults = new List<string>();
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        var queries = recorder.Of(connection).Where(q => Regex.IsMatch(q.Text, @"^\s*(SELECT|UPDATE|DELETE|WITH)\b")).ToList();
        Assert.IsGreaterThan(150, queries.Count, "the walk has run them");
        IPlanReader reader = db is PostgresDispatchContext ? new PostgresPlans(connection) : new SqlitePlans(connection);
        foreach (var (text, parameters) in queries)
        {
            var words = Regex.Replace(text.Replace("\"", "", StringComparison.Ordinal), @"\s+", " ").Trim();
            if (Array.Exists(Allowed, a => Regex.IsMatch(words, a.End + "$")))
                continue;
            foreach (var table in await reader.ScannedAsync(text, parameters))
            {
                if (Growing.Contains(table))
                    faults.Add($"{table} is read whole by {words}");
            }
        }

        return faults;
    }
}
