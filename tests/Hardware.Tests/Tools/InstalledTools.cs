using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Tools;

/// <summary>Runs hardware/install-tools before the first test; fails with its message where it cannot install.</summary>
[TestClass]
public static class InstalledTools
{
    [AssemblyInitialize]
    public static void Install(TestContext context)
    {
        var installing = Run.Tool(TimeSpan.FromMinutes(15), Repository.Hardware, Path.Combine(Repository.Hardware, "install-tools"));
        if (installing.Status != 0)
            throw new InvalidOperationException(installing.Output);
        context.WriteLine("kicad-cli {0}", Run.Tool(Repository.Hardware, "kicad-cli", "version").Output.Trim());
    }
}
