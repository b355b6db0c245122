using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Demo;

/// <summary>The synthetic city: played into the database on the first start, then served with its virtual cabs.</summary>
internal static class DemoProgram
{
    /// <summary>Cabs that drove on without a server pause between two attempts; a busy machine is slow beside.</summary>
    private static readonly TimeSpan LongestArrival = TimeSpan.FromMinutes(6);

    /// <returns>The exit code; 2 for a folder that the demo did not make.</returns>
    public static async Task<int> RunAsync(DispatchOptions options, int cabs, bool opensBrowser)
    {
        if (File.Exists(options.DatabaseFile) && !await DemoCity.MadeAsync(options.DatabaseFile))
        {
            await Console.Error.WriteLineAsync($"{options.Data} was not made by the demo; choose another folder with --data.");
            return CommandRun.NotUnderstood;
        }

        await using var app = DemoServer.Build(options);
        if (TakenPort.Find(app.Services, options) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return CommandRun.Failed;
        }

        await app.PrepareAsync(DemoCity.Name, CancellationToken.None);
        await DemoCity.PlayOnceAsync(app.Services, CancellationToken.None);
        await app.StartAsync();

        var fleet = new Fleet(Path.Combine(options.Data, "cabs"));
        await using (var scope = app.Services.CreateAsyncScope())
            await DemoFiles.WriteAsync(scope.ServiceProvider, options, cabs, CancellationToken.None);
        if (cabs > 0 && !fleet.Start(cabs))
            Console.WriteLine("the cabs of an earlier server are still driving");
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            if (await ArrivedAsync(app.Services.GetRequiredService<TwinBoard>(), cabs, stopping))
            {
                var token = Path.Combine(options.Data, "demo-token");
                Console.WriteLine($"ready http://127.0.0.1:{options.Port}/  {cabs} cabs, mqtt 127.0.0.1:{options.MqttPort}, token in {token}");
                if (opensBrowser)
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
