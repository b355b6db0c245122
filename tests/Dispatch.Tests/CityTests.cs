using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests;

/// <summary>Each test has a city of its own: a test that fails leaves nothing behind for the next.</summary>
public abstract class CityTests
{
    /// <summary>Where the city is kept; the classes of <c>Databases/OnPostgres.cs</c> run the same tests again on the other.</summary>
    internal virtual DatabaseProvider Database => DatabaseProvider.Sqlite;

    internal SmallCity City { get; private set; } = null!;

    [TestInitialize]
    public async Task BuildAsync() => City = await SmallCity.BuildAsync(Database);

    [TestCleanup]
    public async Task TearDownAsync() => await City.DisposeAsync();
}
