using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays;

namespace Dispatch.Tests.Displays;

/// <summary><c>virtualcab --conform</c>, the program itself, against this server: the contract's lines as a unit sees them.</summary>
[TestClass]
public sealed class ConformanceTests
{
    [TestMethod]
    public async Task Server_HeldAgainstTheProtocol_HoldsEveryLine()
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1);
        var unit = await city.ProvisionAsync(1);
        await Until.StoredAsync(city.Options, () => city.WithDbAsync(db => db.DesiredConfigs.AnyAsync()));
        var file = Path.Combine(city.Folder, "conform.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(unit));

        using var program = Process.Start(new ProcessStartInfo("dotnet", [Program(), "--conform", file]) { RedirectStandardOutput = true })!;
        var said = await program.StandardOutput.ReadToEndAsync().WaitAsync(DisplayCity.Patience);
        await program.WaitForExitAsync().WaitAsync(DisplayCity.Patience);

        Assert.AreEqual(0, program.ExitCode, said);
        Assert.EndsWith("16 lines hold", said.TrimEnd());
    }

    /// <summary>Built beside this test, as the demo needs it.</summary>
    internal static string Program()
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = bin; folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "firmware/TaxiCredit.VirtualCab/bin", bin.Parent!.Name, bin.Name, "TaxiCredit.VirtualCab.dll");
            if (File.Exists(program))
                return program;
        }

        throw new FileNotFoundException("The virtual cab has not been built.");
    }
}
