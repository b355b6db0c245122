namespace Dispatch.Tests;

/// <summary>
/// Each test has a city of its own: a test that fails leaves nothing behind for the next. A class that inherits from this one has another
/// in <c>Databases/OnPostgres.cs</c>, which runs its tests again.
/// </summary>
public abstract class CityTests
{
    internal SmallCity City { get; private set; } = null!;

    [TestInitialize]
    public async Task BuildAsync() => City = await SmallCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await City.DisposeAsync();
}
