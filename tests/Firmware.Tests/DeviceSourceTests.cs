using System.Runtime.CompilerServices;

namespace Firmware.Tests;

/// <summary>What compiles for the device and yet does nothing there.</summary>
[TestClass]
public sealed class DeviceSourceTests
{
    /// <summary>The runtime's Debug is <c>[Conditional("DEBUG")]</c>: a release build says nothing through it, and a mechanic waits in vain.</summary>
    [TestMethod]
    public void Console_IsWhatFaultsAreSaidThrough()
    {
        string[] sources = [.. new[] { "TaxiCredit.Firmware", "TaxiCredit.Loader" }.SelectMany(project =>
            Directory.GetFiles(Path.GetFullPath(Path.Combine(Here(), "../../firmware", project)), "*.cs", SearchOption.AllDirectories))];
        Assert.Contains(path => File.ReadAllText(path).Contains("Console.WriteLine(faults)", StringComparison.Ordinal), sources);
        Assert.DoesNotContain(path => File.ReadAllText(path).Contains("Debug.Write", StringComparison.Ordinal), sources);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
