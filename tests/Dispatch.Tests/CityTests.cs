using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
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
