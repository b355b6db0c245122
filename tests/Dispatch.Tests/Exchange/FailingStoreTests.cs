using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dispatch.Tests.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.CommandLine;

namespace Dispatch.Tests.Exchange;

/// <summary>What an import leaves behind when the database or the disk fails under it: nothing.</summary>
[TestClass]
public sealed class FailingStoreTests
{
    [TestMethod]
    public async Task Import_PostgresKilledBeforeTheCommit_StoresNothingAndCanBeRepeated()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var city = await EmptyCity.BuildAsync(server.ConnectionTo("failing"));
        var (roster, cases) = (city.Write("roster.csv", EmptyCity.Roster), city.Write("cases.csv", Cases(5_000)));

        // The import speaks of the indexes when every case has been sent and before anything is committed.
        await Assert.ThrowsAsync<Exception>(
            () => city.ImportAsync(roster, cases, new Interruption("indexes", () => server.KillAsync().GetAwaiter().GetResult())));
        Assert.AreEqual(1, await Commands.ImportAsync(city.Options, new(roster, cases)), "the exit code while the server is gone");

        await server.StartAgainAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        await city.AssertNothingStoredAsync();
        Assert.AreEqual(5_000L, (await city.ImportAsync(roster, cases)).Value.Cases);
    }

    [TestMethod]
    public async Task Import_DiskFull_StoresNothingAndCanBeRepeated()
    {
        await using var city = await EmptyCity.BuildAsync();
        var (roster, cases) = (city.Write("roster.csv", EmptyCity.Roster), city.Write("cases.csv", Cases(5_000)));
        var small = Path.Combine(city.Folder, "small");
        Directory.CreateDirectory(small);
        if (!OperatingSystem.IsLinux() || await RunAsync("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small) != 0)
            Assert.Inconclusive("A full disk takes a small file system, which takes the right to mount one.");

        try
        {
            var options = new DispatchOptions { Data = small };
            Assert.AreEqual(1, await Commands.ImportAsync(options, new(roster, cases)));
            SqliteConnection.ClearAllPools();
            Assert.AreEqual(0, await RunAsync("mount", "-o", "remount,size=100m", small));
            Assert.AreEqual(0, await Commands.ImportAsync(options, new(roster, cases)), "an import is refused where something was stored");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            await RunAsync("umount", small);
        }
    }

    [TestMethod]
    public async Task Import_IntoARestoredOlderDatabase_CanBeRepeated()
    {
        await using var city = await EmptyCity.BuildAsync();
        var (roster, cases) = (city.Write("roster.csv", EmptyCity.Roster), city.Write("cases.csv", Cases(10)));
        var backup = Path.Combine(city.Folder, "backup.db");
        await city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {backup}"));
        _ = (await city.ImportAsync(roster, cases)).Value;

        SqliteConnection.ClearAllPools();
        File.Delete(city.Options.DatabaseFile + "-wal");
        File.Copy(backup, city.Options.DatabaseFile, overwrite: true);

        await city.AssertNothingStoredAsync();
        Assert.AreEqual(10L, (await city.ImportAsync(roster, cases)).Value.Cases);
    }

    [TestMethod]
    public async Task Prepare_DatabaseOfANewerVersion_IsRefused()
    {
        await using var city = await EmptyCity.BuildAsync();
        await city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Later', '10.0.0')"));

        var refused = await Assert.ThrowsExactlyAsync<InvalidDataException>(() => city.Server.PrepareAsync("imported", CancellationToken.None));

        StringAssert.Contains(refused.Message, "99990101000000_Later");
    }

    [TestMethod]
    [TestCategory("slow")]
    public async Task Import_FileOf200Megabytes_StaysUnder300MegabytesOfMemory()
    {
        await using var city = await EmptyCity.BuildAsync();
        var roster = city.Write("roster.csv", EmptyCity.Roster);
        var cases = Path.Combine(city.Folder, "cases.csv");
        await using (var file = new StreamWriter(cases))
        {
            await file.WriteAsync(EmptyCity.CasesHeader + "\r\n");
            for (var n = 1; file.BaseStream.Position < 200_000_000; n++)
                await file.WriteAsync(Case(n));
        }

        using var import = ServerProcess.Begin(city.Options, "import", "--roster", roster, "--cases", cases);
        var output = import.StandardOutput.ReadToEndAsync();
        var most = 0L;
        while (await import.StandardError.ReadLineAsync() is not null)
            most = Math.Max(most, PeakMemory(import));
        await import.WaitForExitAsync();

        Assert.AreEqual(0, import.ExitCode, await output);
        Assert.IsInRange(1, 300_000, most);
    }

    private static string Cases(int count) => EmptyCity.CasesHeader + "\r\n" + string.Concat(Enumerable.Range(1, count).Select(Case));

    private static string Case(int n) =>
        $"c-{n:D6},complaint,d-{1 + (n % 2)},S10,2017-08-15,14,荣成市成山大道与南山路路口,车容不洁，乘客上车后发现座椅有污渍并当场告知司机,,,"
        + "2017-08-16,officer-a,upheld,2017-08-20,officer-b,,经核查照片属实,,,\r\n";

    /// <summary>Most memory that a process has held, in kB; 0 once it has ended.</summary>
    private static long PeakMemory(Process process)
    {
        var status = $"/proc/{process.Id}/status";
        try
        {
            var line = File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.AsSpan(6, line.Length - 8), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (IOException) when (process.HasExited)
        {
            return 0;
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Does something when the import says a word.</summary>
    private sealed class Interruption(string word, Action act) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value)
        {
            if (value?.Contains(word, StringComparison.Ordinal) == true)
                act();
        }
    }
}
