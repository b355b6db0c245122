using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Dispatch.Tests.Databases;

/// <summary>
/// A PostgreSQL server of the tests' own, from Debian's package: a new cluster in a temporary folder, on loopback and a free port. A shell
/// starts it and stops it when its standard input closes, so that it ends with the tests, whichever way those end. Nothing is synced to disk:
/// the tests survive the end of the server's processes, not of the machine.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "taxicredit";

    private const string Settings =
        "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c autovacuum=off"
        + " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

    // As pg_ctl is given its folder twice, the quotes are the shell's.
    private const string StartThenStop = """
        "$0/pg_ctl" -D "$1/cluster" -l "$1/log" -o "-p $2 $3" -w start >/dev/null && echo ready && cat >/dev/null
        "$0/pg_ctl" -D "$1/cluster" -m fast -w stop >/dev/null 2>&1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-postgres-").FullName;
    private Process? _shell;

    private PostgresServer() { }

    public int Port { get; } = LoopbackPort.Take();

    private static string Binaries { get; } = Directory.GetDirectories("/usr/lib/postgresql")
        .OrderByDescending(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)).First() + "/bin";

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", server._folder);
        await RunAsync(Unprivileged(
            $"{Binaries}/initdb", "-D", $"{server._folder}/cluster", "-U", User, "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"));
        await server.StartAgainAsync();
        return server;
    }

    public string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Database = database, Username = User, IncludeErrorDetail = true, MaxPoolSize = 20,
        }.ToString();

    /// <summary>Starts the cluster, after <see cref="KillAsync"/> too; returns when it takes connections.</summary>
    public async Task StartAgainAsync()
    {
        var command = Unprivileged("/bin/sh", "-c", StartThenStop, Binaries, _folder, $"{Port}", Settings);
        _shell = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (await _shell.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("PostgreSQL did not start: " + await File.ReadAllTextAsync($"{_folder}/log"));
    }

    /// <summary>Ends the server as <c>kill -9</c> does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        var id = int.Parse((await File.ReadAllLinesAsync($"{_folder}/cluster/postmaster.pid"))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        server.Kill();
        await server.WaitForExitAsync();
        await StopShellAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await StopShellAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StopShellAsync()
    {
        if (_shell is null)
            return;
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
        _shell = null;
    }

    /// <summary>PostgreSQL refuses to run as root; Debian's package makes a user for it.</summary>
    private static string[] Unprivileged(params string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. command] : command;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {errors}{await output}");
    }
}
