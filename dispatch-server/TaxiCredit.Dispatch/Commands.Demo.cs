using TaxiCredit.Dispatch.Demo;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch;

internal static partial class Commands
{
    private static readonly TimeSpan LongestArrival = TimeSpan.FromMinutes(2);

    /// <summary>The synthetic city: played into the database on the first start, then served with its virtual cabs.</summary>
    public static async Task<int> DemoAsync(DispatchOptions options)
    {
        if (File.Exists(options.DatabaseFile) && !await DemoCity.MadeAsync(options.DatabaseFile))
            return Fail($"{options.Data} was not made by the demo; choose another folder with --data.");

        await using var app = DispatchServer.Build(options);
        await app.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await DemoCity.PlayOnceAsync(app.Services, CancellationToken.None);
        await app.StartAsync();

        var fleet = new Fleet(Path.Combine(options.Data, "cabs"));
        await using (var scope = app.Services.CreateAsyncScope())
            await DemoFiles.WriteAsync(scope.ServiceProvider, options, CancellationToken.None);
        if (options.Cabs > 0 && !fleet.Start(options.Cabs))
            Console.WriteLine("the cabs of an earlier server are still driving");
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            if (await ArrivedAsync(app.Services.GetRequiredService<TwinBoard>(), options.Cabs, stopping))
            {
                Console.WriteLine($"ready http://127.0.0.1:{options.Port}/  {options.Cabs} cabs, mqtt 127.0.0.1:{options.MqttPort}, token in {Path.Combine(options.Data, "demo-token")}");
                if (options.Browser)
                    Browser.Open($"http://127.0.0.1:{options.Port}/");
            }

            await app.WaitForShutdownAsync();
            return 0;
        }
        finally
        {
            fleet.Stop();
        }
    }

    /// <summary>How the seed of the synthetic city was chosen, done again.</summary>
    public static Task<int> DemoSeedAsync(DispatchOptions options) =>
        SeedSearch.RunAsync(new RulebookShelf(InstalledRulebooks.Read(Path.Combine(AppContext.BaseDirectory, "Rulebooks"), options.Rulebook).Versions), Console.Out);

    /// <summary>Waits until every cab shows what is desired.</summary>
    private static async Task<bool> ArrivedAsync(TwinBoard windscreens, int cabs, CancellationToken stop)
    {
        var all = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var late = new CancellationTokenSource(LongestArrival);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        await using var given = either.Token.Register(() => all.TrySetResult(false));
        using var watch = windscreens.Subscribe(_ => Look());
        Look();
        if (await all.Task)
            return true;

        if (!stop.IsCancellationRequested)
            Console.Error.WriteLine($"{windscreens.All.Count(t => t.ShowsDesired)} of {cabs} cabs report what they should; see the wall for the others.");
        return false;

        void Look()
        {
            if (windscreens.All.Count(twin => twin.ShowsDesired) >= cabs)
                all.TrySetResult(true);
        }
    }
}
