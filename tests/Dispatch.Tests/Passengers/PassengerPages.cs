using Dispatch.Tests.Displays;

namespace Dispatch.Tests.Passengers;

/// <summary>A city with displays, and a passenger's browser in front of its first cab.</summary>
public abstract class PassengerPages
{
    private protected DisplayCity City { get; private set; } = null!;

    private protected PassengerBrowser Browser { get; private set; } = null!;

    private protected string CabCode { get; private set; } = "";

    private protected string Report => $"/cab/{CabCode}/report";

    [TestInitialize]
    public async Task BuildAsync()
    {
        City = await DisplayCity.BuildAsync();
        Browser = PassengerBrowser.Open(City);
        CabCode = await City.CodeOfAsync(1);
    }

    [TestCleanup]
    public async Task TearDownAsync()
    {
        await Browser.DisposeAsync();
        await City.DisposeAsync();
    }
}
