using TaxiCredit.Demo.City;
using TaxiCredit.Demo.Pages;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Demo;

/// <summary>The server as the demo runs it: open to visitors, with buttons that sign in and that let time pass.</summary>
internal static class DemoServer
{
    /// <param name="change">Last word on the services, as in <see cref="DispatchServer.Build"/>.</param>
    public static WebApplication Build(DispatchOptions options, Action<IServiceCollection>? change = null) => DispatchServer.Build(options, services =>
    {
        services.AddSingleton(new Visitors(SeeEverything: true));
        services.AddScoped<DemoShifts>();
        services.AddSingleton(new SlotContent(PageSlot.SignIn, typeof(DemoPeople)));
        services.AddSingleton(new SlotContent(PageSlot.ProveAgain, typeof(DemoProof)));
        services.AddSingleton(new SlotContent(PageSlot.Wall, typeof(WallPanels)));
        services.AddSingleton(new SlotContent(PageSlot.MonthClose, typeof(PassMonth)));
        services.PostConfigure<ReachSettings>(reach => reach.Loopback = true);
        services.PostConfigure<PassengerSettings>(settings => settings.Company = DemoCity.Company);
        change?.Invoke(services);
    });
}
