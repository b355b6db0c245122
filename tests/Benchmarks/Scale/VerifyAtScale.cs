using System.Diagnostics;

namespace Benchmarks.Scale;

/// <summary>
/// The program's <c>verify</c> of a city that was imported: its ledger, the details of each entry, and each case. There is no peer: nothing else does this.
/// </summary>
internal sealed class VerifyAtScale : IBenchmark
{
    public string Name => "verify";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick) =>
        [.. await RunAsync(postgres: false, quick), .. await RunAsync(postgres: true, quick)];

    private static async Task<List<Figure>> RunAsync(bool postgres, bool quick)
    {
        // Of four cases three are booked.
        var entries = quick ? 150_000 : 5_000_000;
        await using var city = await ScaleDatabase.MakeAsync(postgres);
        await ImportAtScale.WriteRosterAsync(city.File("roster.csv"));
        await ImportAtScale.WriteCasesAsync(city.File("cases.csv"), entries / 3 * 4);
        await using (var import = ServerChild.Start(city.Options, "import", "--roster", city.File("roster.csv"), "--cases", city.File("cases.csv")))
            await import.PeakMegabytesUntilExitAsync();

        var clock = Stopwatch.StartNew();
        await using var verify = ServerChild.Start(city.Options, "verify");
        var memory = await verify.PeakMegabytesUntilExitAsync();
        return
        [
            new($"verify of {entries:N0} entries, {city.Name}, s", clock.Elapsed.TotalSeconds, null, quick ? "" : "< 60"),
            new($"verify of {entries:N0} entries, {city.Name}, peak memory, MB", memory, null, "< 500"),
        ];
    }
}
