using Dispatch.Tests.Exchange;
using TaxiCredit.Dispatch.Features.Exchange;

namespace Dispatch.Tests.Crooked;

[TestClass]
public sealed class CrookedExchangeTests : CrookedTests
{
    [TestMethod]
    public async Task ExportCity_LeadersWhoWereRemoved_AreMembersAndThoseWhoCameBackLeadSinceThen()
    {
        var roster = await ExportAsync();

        var leaders = (await ReadAsync(roster)).Where(cells => cells[6].Length > 0).Select(cells => $"{cells[0]} {cells[6]}");

        CollectionAssert.AreEqual(new[] { "d-10 2017-07-01", "d-80 2017-10-01" }, leaders.ToList());
    }

    [TestMethod]
    public async Task ExportCity_ShiftsOfEveryKind_GiveDaysAndTheCabOfNow()
    {
        var roster = await ExportAsync();

        var shifts = (await ReadAsync(roster)).Select(cells => $"{cells[0]} {cells[7]} {cells[8]}".TrimEnd());

        CollectionAssert.AreEqual(
            new[]
            {
                "d-10 2017-07-01 cab-9", "d-20 2017-09-01 cab-1", "d-30 2017-06-01 cab-5", "d-40 2017-07-01 cab-2", "d-50 2017-12-15",
                "d-60 2017-07-01 cab-3", "d-70 2017-10-29", "d-80 2017-09-01 cab-7", "d-90",
            },
            shifts.ToList());
    }

    /// <returns>Path of the roster's file.</returns>
    private async Task<string> ExportAsync()
    {
        var files = new CityFiles(City.Options.Data);
        _ = (await City.InContextAsync(context => ExportCity.HandleAsync(files.Export, context, default))).Value;
        return files.Roster;
    }

    private static async Task<IEnumerable<string[]>> ReadAsync(string roster) => (await File.ReadAllLinesAsync(roster)).Skip(1).Select(line => line.Split(','));
}
