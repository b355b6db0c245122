using TaxiCredit.Hardware.Generate;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Generated;

/// <summary>What hardware/generate writes from the committed sources. One for all tests: each tool runs once.</summary>
[TestClass]
public static class Current
{
    private static readonly Lazy<Generation> Shared = new(() => new Generation(Repository.Root));

    internal static Lazy<Generation> Lazy => Shared;

    internal static Generation Generation => Shared.Value;

    internal static GeneratedFile File(string path) => Generation.Files.Single(file => file.Path == path);

    [AssemblyCleanup]
    public static void Dispose()
    {
        if (Shared.IsValueCreated)
            Shared.Value.Dispose();
    }
}
