using System.Buffers.Binary;
using System.Diagnostics;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Release;

namespace Firmware.Tests.Release;

/// <summary>The command itself, as a process that is killed while it signs: no two packages that it leaves have one index.</summary>
[TestClass]
public sealed class KilledSigningTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("killed-").FullName;

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public void Signing_KilledNowAndThen_UsesNoIndexTwice() => Kill(5, 5);

    [TestMethod]
    [TestCategory("slow")]
    public void Signing_KilledAtAnyTime_UsesNoIndexTwice() => Kill(100, 10);

    private void Kill(int times, int height)
    {
        string key = Path.Combine(_folder, "maker");
        byte[] publicKey = PrivateKey.Make(key, height).PublicKey;
        File.WriteAllBytes(Path.Combine(_folder, "image.pe"), new byte[1000]);
        var watch = Stopwatch.StartNew();
        Assert.AreEqual(0, Sign("whole", Timeout.InfiniteTimeSpan));
        TimeSpan whole = watch.Elapsed;

        // The tree is worked out first; what matters is the last third, and above all the moment when the index is on disk and the package is not.
        var random = new Random(8554);
        int killed = 0;
        for (int i = 0; i < times; i++)
        {
            TimeSpan? patience = i % 2 == 0 ? null : whole * (0.5 + (0.7 * random.NextDouble()));
            if (Sign($"{i}", patience) != 0) killed++;
        }

        Assert.AreEqual(0, Sign("last", Timeout.InfiniteTimeSpan));
        string[] packages = Directory.GetFiles(_folder, "*.tcup");
        uint[] indexes = [.. packages.Select(IndexOf)];
        CollectionAssert.AllItemsAreUnique(indexes);
        foreach (string package in packages)
            Assert.AreEqual(PackageRefusal.None, Package.Verify(publicKey, File.ReadAllBytes(package), null, null, 0, out _), package);

        // All that were taken are listed, whether a package came of it or not.
        int listed = File.ReadAllLines(key + ".used").Length - 1;
        Assert.AreEqual(listed - 1, (int)indexes.Max());
        Assert.IsGreaterThan(0, killed);
        Assert.IsGreaterThan(packages.Length, listed, "an index was taken, and its process killed before the package was there");
        TestContext.WriteLine($"{killed} of {times} killed; {packages.Length} packages, {listed} indexes");
    }

    /// <param name="name">Of the package.</param>
    /// <param name="patience">When the process is killed; null: as soon as it has taken an index.</param>
    private int Sign(string name, TimeSpan? patience)
    {
        string used = Path.Combine(_folder, "maker.used");
        long before = new FileInfo(used).Length;
        string[] arguments =
        [
            typeof(PrivateKey).Assembly.Location, "sign", Path.Combine(_folder, "maker"), "--image", Path.Combine(_folder, "image.pe"),
            "--out", Path.Combine(_folder, name + ".tcup"), "--version", "1.0.0", "--rollback", "1", "--hardware", "2",
            "--firmware", Path.Combine(Readme.Root, "firmware"),
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (patience == null) SpinWait.SpinUntil(() => process.HasExited || new FileInfo(used).Length > before);
        if (patience == null || !process.WaitForExit(patience.Value)) process.Kill();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static uint IndexOf(string package) => BinaryPrimitives.ReadUInt32BigEndian(File.ReadAllBytes(package).AsSpan(Manifest.Size));
}
