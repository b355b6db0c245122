using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Benchmarks.Scale;

/// <summary>
/// The program's <c>import</c> of a roster and its cases, three in four upheld and booked. The peer loads the same case file into a table of text without
/// key or index, by SQLite's own <c>.import</c> and PostgreSQL's own <c>COPY</c>: no rule is looked at there, nothing is hashed.
/// </summary>
internal sealed class ImportAtScale : IBenchmark
{
    private const int Drivers = 20_000;
    private static readonly string[] Columns = TaxiCredit.Dispatch.Features.Exchange.CasesFile.Columns;
    private static readonly string[] Codes = ["S01", "S10", "S13", "S02"];

    public string Name => "import";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick) =>
        [.. await RunAsync(postgres: false, quick), .. await RunAsync(postgres: true, quick)];

    private static async Task<List<Figure>> RunAsync(bool postgres, bool quick)
    {
        var cases = quick ? 50_000 : 1_000_000;
        await using var city = await ScaleDatabase.MakeAsync(postgres);
        await WriteRosterAsync(city.File("roster.csv"));
        await WriteCasesAsync(city.File("cases.csv"), cases);
        var clock = Stopwatch.StartNew();
        await PeerAsync(city);
        var peer = clock.Elapsed.TotalSeconds;
        clock.Restart();
        await using var import = ServerChild.Start(city.Options, "import", "--roster", city.File("roster.csv"), "--cases", city.File("cases.csv"));
        var memory = await import.PeakMegabytesUntilExitAsync();
        return
        [
            new($"import of {cases:N0} cases, {city.Name}, s vs loading the bare file", clock.Elapsed.TotalSeconds, peer, quick ? "" : "< 60"),
            new($"import of {cases:N0} cases, {city.Name}, peak memory, MB", memory, null, "< 300"),
        ];
    }

    public static async Task WriteRosterAsync(string path)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("driver,name,cab,plate,team,team_name,leads_since,on_shift_since,signed_on_to");
        for (var n = 1; n <= Drivers; n++)
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"d-{n},司机{n},cab-{n},鲁K·{n:D5},t-{n / 10},班组{n / 10},,2017-01-01,cab-{n}"));
    }

    public static async Task WriteCasesAsync(string path, int cases)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        await file.WriteLineAsync(string.Join(',', Columns));
        for (var n = 1; n <= cases; n++)
        {
            var day = new DateOnly(2017, 1, 1).AddDays((int)(350L * n / cases));
            var decision = n % 4 == 0 ? "submitted,,,,,,," : $"upheld,{day.AddDays(5):yyyy-MM-dd},officer-b,,经核查属实,,,";
            await file.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"c-{n:D6},complaint,d-{1 + (n * 7919L % Drivers)},{Codes[n % Codes.Length]},{day:yyyy-MM-dd},14,"
                + $"成山大道与南山路路口,车容不洁，乘客上车后发现座椅有污渍,,,{day.AddDays(1):yyyy-MM-dd},officer-a,{decision}"));
        }
    }

    private static Task PeerAsync(ScaleDatabase city) => city.Options.DatabaseConnection is null
        ? RunAsync("sqlite3", city.File("peer.db"), $"CREATE TABLE bare ({Table});", $".import --csv --skip 1 {city.File("cases.csv")} bare")
        : RunAsync("psql", "-h", "127.0.0.1", "-p", $"{city.PostgresPort}", "-U", Dispatch.Tests.Databases.PostgresServer.User, "-q", "-d", "city",
            "-c", $"CREATE TABLE bare ({Table})", "-c", $"\\copy bare from '{city.File("cases.csv")}' csv header", "-c", "DROP TABLE bare");

    private static string Table => string.Join(", ", Columns.Select(column => column + " text"));

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
