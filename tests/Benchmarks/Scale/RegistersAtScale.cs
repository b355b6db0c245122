using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Registers;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace Benchmarks.Scale;

/// <summary>The nightly register of a province: every driver in one file, of whom a few hundred have moved.</summary>
internal sealed class RegistersAtScale : IBenchmark
{
    private const string Officer = "officer-a";

    public string Name => "registers";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick) =>
        [.. await RunAsync(postgres: false, quick), .. await RunAsync(postgres: true, quick)];

    private static async Task<List<Figure>> RunAsync(bool postgres, bool quick)
    {
        var drivers = quick ? 20_000 : 200_000;
        await using var city = await ScaleDatabase.MakeAsync(postgres);
        await File.WriteAllTextAsync(city.File("cases.csv"), string.Join(',', TaxiCredit.Dispatch.Features.Exchange.CasesFile.Columns) + "\n");
        await File.WriteAllTextAsync(city.File("roster.csv"), "driver,name,cab,plate,team,team_name,leads_since,on_shift_since,signed_on_to\n" + string.Concat(
            Enumerable.Range(1, drivers).Select(n => $"{Line(n, n)},,,\n")));
        await using (var import = ServerChild.Start(city.Options, "import", "--roster", city.File("roster.csv"), "--cases", city.File("cases.csv")))
            await import.PeakMegabytesUntilExitAsync();
        await using (var db = city.Open())
        {
            db.Add(new Actor { Name = Officer, Role = Role.Officer });
            await db.SaveChangesAsync();
        }

        await using var server = DispatchServer.Build(city.Options with { Port = 0, MqttPort = 0 });
        await server.PrepareAsync("scale", CancellationToken.None);
        await using var scope = server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OperationContext>();
        var folder = scope.ServiceProvider.GetRequiredService<RegisterFolder>();

        var moved = RegisterPlan.MaxChanges;
        var whole = Encoding.UTF8.GetBytes("driver,name,cab,plate,team,team name\n"
            + string.Concat(Enumerable.Range(1, drivers).Select(n => Line(n, n <= moved ? n + 1 : n) + "\n")));
        var clock = Stopwatch.StartNew();
        var sent = await SendRegister.HandleAsync(new(new(Officer), whole, "whole.csv", true), context, folder, CancellationToken.None);
        var shown = await ReadRegister.HandleAsync(
            new(new(Officer), sent.Value.Id, RegisterChoice.Usual(isWhole: true)), context, folder, CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        Require(shown.Value.Plan is { Faults.Count: 0 } plan && plan.Changes.Count == moved);

        clock.Restart();
        Require(WorkbookReader.Read(whole[..(whole.AsSpan(0, whole.Length / 2).LastIndexOf((byte)'\n') + 1)]).Refusal is null);
        var half = clock.Elapsed.TotalSeconds;

        var sheet = Spreadsheet(quick ? 10_000 : 100_000);
        clock.Restart();
        Require(RegisterTable.Read(WorkbookReader.Read(sheet).Value, RegisterChoice.Usual()).Value.Faults.Count == 0);
        var spreadsheet = clock.Elapsed.TotalSeconds;

        clock.Restart();
        var applied = await ApplyRegister.HandleAsync(
            new(new(Officer), sent.Value.Id, RegisterChoice.Usual(isWhole: true), shown.Value.Plan.Digest, "Nightly register."), context,
            scope.ServiceProvider.GetRequiredService<IClosedMonths>(), folder, CancellationToken.None);
        Require(applied.Refusal is null);
        return
        [
            new($"register of {drivers:N0} drivers, {city.Name}, sent, read and compared, s", seconds, null, quick ? "" : "< 30"),
            new($"text of {drivers / 2:N0} rows, read, s", half, null, quick ? "" : "< 3"),
            new($"spreadsheet of {(quick ? 10_000 : 100_000):N0} rows, read, s", spreadsheet, null, quick ? "" : "< 20"),
            new($"{moved:N0} changes of a register, {city.Name}, carried out, s", clock.Elapsed.TotalSeconds, null, ""),
            new("most memory of this process so far, MB", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, null, ""),
        ];
    }

    private static string Line(int n, int cab) => string.Create(
        CultureInfo.InvariantCulture, $"d-{n},司机{n},cab-{cab},鲁{(char)('A' + cab / 100_000)}·{cab % 100_000:D5},t-{cab / 10},班组{cab / 10}");

    /// <summary>Written by hand, with strings in their cells, as programs that stream write them.</summary>
    private static byte[] Spreadsheet(int rows)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(package, "[Content_Types].xml", """
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>
                """);
            Add(package, "xl/_rels/workbook.xml.rels", """
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="worksheets/sheet1.xml"
                Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>
                """);
            Add(package, "xl/workbook.xml", """
                <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
                <sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>
                """);
            var lines = Enumerable.Range(1, rows).Select(n => Line(n, n)).Prepend("driver,name,cab,plate,team,team name");
            Add(package, "xl/worksheets/sheet1.xml", "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + string.Concat(lines.Select((line, n) => $"<row r=\"{n + 1}\">{Cells(line, n + 1)}</row>"))
                + "</sheetData></worksheet>");
        }

        return bytes.ToArray();
    }

    private static string Cells(string line, int row) => string.Concat(line.Split(',').Select((text, column) =>
        $"<c r=\"{(char)('A' + column)}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));

    private static void Add(ZipArchive package, string name, string content)
    {
        using var stream = package.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private static void Require(bool isSo)
    {
        if (!isSo)
            throw new InvalidOperationException("The register was not read as it was written.");
    }
}
