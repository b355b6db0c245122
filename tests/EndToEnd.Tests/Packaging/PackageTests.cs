using System.Diagnostics;
using System.Security.Cryptography;
using EndToEnd.Tests.Documents;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Packaging;

/// <summary>
/// What <c>./package</c> writes, in a fresh Debian without systemd as its first process: the commands of <c>install.md</c> are run there as they stand, and
/// a stand-in for <c>systemctl</c> starts what the unit says, as the user it says. Needs root and the packages that <c>./test --package</c> installs.
/// </summary>
[TestClass, DoNotParallelize, TestCategory("package")]
public sealed class PackageTests
{
    private const string Unit = "usr/lib/systemd/system/taxicredit-dispatch.service";

    /// <summary>Bar of issue 17: ten commands and five minutes from package to light.</summary>
    private const int MaxCommands = 10;
    private static readonly TimeSpan LongestToLight = TimeSpan.FromMinutes(5);

    /// <summary>Of <c>systemd-analyze security</c>, tenths; 100 is a service without any bounds.</summary>
    private const int MaxExposure = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static string _folder = "";

    private static string FreshRoot => Path.Combine(_folder, "fresh");

    private static string Packages => Path.Combine(_folder, "one", "packages");

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _)
    {
        _folder = Directory.CreateTempSubdirectory("taxicredit-packages-").FullName;
        foreach (var clone in new[] { "one", "another-and-longer" })
            await RunAsync($"git clone --quiet '{Build.Root}' '{clone}' && '{clone}/package' --output '{clone}/packages'");
        await RunAsync($"mmdebstrap --quiet --variant=minbase --skip=cleanup/apt bookworm '{FreshRoot}'");
        // As an installer leaves it.
        await File.WriteAllTextAsync(Path.Combine(FreshRoot, "etc", "hosts"), "127.0.0.1 localhost\n");
    }

    [ClassCleanup]
    public static void Delete() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Package_BuiltInTwoFolders_IsTheSameBytes()
    {
        var files = Directory.GetFiles(Packages, "*.deb");
        Assert.HasCount(2, files);
        foreach (var file in files)
        {
            var other = Path.Combine(_folder, "another-and-longer", "packages", Path.GetFileName(file));
            Assert.AreEqual(HashOf(file), HashOf(other), Path.GetFileName(file));
        }
    }

    [TestMethod]
    public async Task Unit_AsSystemdReadsIt_IsWithoutFaultAndClosed()
    {
        var root = Path.Combine(_folder, "unpacked");
        await RunAsync($"dpkg-deb --extract '{Packages}'/taxicredit-dispatch_*.deb '{root}'");
        // Elsewhere than at the root its program is not found, which is all that may be found.
        var faults = await RunAsync($"systemd-analyze verify '{root}/{Unit}' 2>&1 || true");
        Assert.IsEmpty(faults.Split('\n').Where(line => line.Length > 0 && !line.Contains("is not executable", StringComparison.Ordinal)));
        await RunAsync($"systemd-analyze security --offline=true --threshold={MaxExposure} '{root}/{Unit}'");
        await RunAsync($"jq --exit-status '.bomFormat == \"CycloneDX\" and ([.components[].name] | index(\"MQTTnet\") and index(\"Microsoft.NETCore.App\"))' "
            + $"'{root}'/usr/share/doc/taxicredit-dispatch/components.cdx.json");
    }

    [TestMethod]
    public async Task FreshDebian_ByTheDocument_LightsACabOverTlsAndKeepsTheCityAtItsEnd()
    {
        var block = Block.Of("dispatch-server/docs/install.md").Single(block => block.Script.Contains("apt-get install --yes", StringComparison.Ordinal));
        var commands = block.Script.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.IsLessThanOrEqualTo(MaxCommands, commands.Length);
        await RunAsync($"cp '{Packages}'/*.deb '{FreshRoot}/root/'");
        var watch = Stopwatch.StartNew();

        await RunAsync(InRoot("cd /root; " + commands[0]));
        // No network from here on: the ports are those of the document, and nobody else's.
        var seen = await RunAsync(InRoot(
            "cd /root; set -euo pipefail; . /test/systemctl.sh\n"
            + string.Join('\n', commands[1..^1])
            + $"\n({commands[^1]} </dev/null & echo $! >/tmp/cab) | sed --unbuffered '/unrated, online/q'; kill $(cat /tmp/cab) || true\n"
            + "systemctl stop taxicredit-dispatch; echo \"exit code $(cat /tmp/exit)\"; cat /tmp/notified; taxicredit-dispatch verify",
            "--unshare-net", "--unshare-pid"));

        Assert.IsLessThan(LongestToLight, watch.Elapsed);
        StringAssert.Contains(seen, "unrated, online", "the windscreen shows that its driver has no stars yet");
        StringAssert.Contains(seen, "first admin http://");
        StringAssert.Contains(seen, "exit code 0");
        StringAssert.Contains(seen, "READY=1");
        StringAssert.Contains(seen, "everything published follows from the ledger");
        await AssertKeepsAsync();
    }

    /// <summary>Installed again over itself, removed, purged: settings that were changed stay until the purge, the city always.</summary>
    private static async Task AssertKeepsAsync()
    {
        const string State = "ls /var/lib/taxicredit/dispatch.db /var/lib/taxicredit/log.key /var/lib/taxicredit-ca/ca-1.key; "
            + "grep -c Loopback /etc/taxicredit/dispatch.json; ";
        var changed = await RunAsync(InRoot("dpkg --install /root/taxicredit-dispatch_*.deb >/dev/null; " + State + "taxicredit-dispatch verify | tail -n 1"));
        StringAssert.Contains(changed, "\n1\nverified up to ledger entry");
        await RunAsync(InRoot("set -e; dpkg --remove taxicredit-dispatch >/dev/null; " + State + "test ! -e /usr/lib/taxicredit-dispatch"));
        var purged = await RunAsync(InRoot(
            "set -e; dpkg --purge taxicredit-dispatch 2>&1; test -e /var/lib/taxicredit/dispatch.db; test ! -e /etc/taxicredit"));
        StringAssert.Contains(purged, "stay in /var/lib/taxicredit");
    }

    /// <summary>A command that runs a script in the fresh Debian, as root.</summary>
    private static string InRoot(string script, params string[] bounds)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.sh");
        File.WriteAllText(file, script);
        var stand = Path.Combine(Build.Root, "tests", "EndToEnd.Tests", "Packaging");
        return $"bwrap --bind '{FreshRoot}' / --dir /test --ro-bind '{stand}/systemctl.sh' /test/systemctl.sh --ro-bind '{file}' /test/script "
            + $"--perms 1777 --tmpfs /tmp --proc /proc --dev /dev {string.Join(' ', bounds)} "
            + "--clearenv --setenv PATH /usr/sbin:/usr/bin:/sbin:/bin --setenv DEBIAN_FRONTEND noninteractive --setenv HOME /root --die-with-parent "
            + "bash /test/script";
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <returns>Standard output.</returns>
    private static async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        Assert.AreEqual(0, process.ExitCode, $"{command}\n{await output}\n{await errors}");
        return await output;
    }
}
