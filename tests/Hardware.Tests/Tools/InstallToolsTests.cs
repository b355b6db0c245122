using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Tools;

[TestClass]
public class InstallToolsTests
{
    [TestMethod]
    public void InstallTools_OnMachineWithTools_ReportsNothing()
    {
        var done = Run.Tool(Repository.Hardware, Path.Combine(Repository.Hardware, "install-tools"), "--check");
        Assert.AreEqual(0, done.Status, done.Output);
    }

    [TestMethod]
    public void InstallTools_WithoutToolsAndRight_SaysWhatToRun()
    {
        string bare = Directory.CreateTempSubdirectory("taxicredit-path-").FullName;
        foreach (string tool in new[] { "cut", "id" })
            File.CreateSymbolicLink(Path.Combine(bare, tool), $"/usr/bin/{tool}");
        var done = Run.Tool(Repository.Hardware, "/usr/bin/env", $"PATH={bare}", "/bin/sh", "./install-tools", "--check");
        Assert.AreEqual(1, done.Status);
        foreach (string expected in new[] { "kicad", "ngspice", "openscad", "librsvg2-bin", "poppler-utils", "sudo hardware/install-tools" })
            Assert.Contains(expected, done.Output);
        Directory.Delete(bare, recursive: true);
    }
}
