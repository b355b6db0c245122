namespace TaxiCredit.Hardware.Tests.Tools;

/// <summary>The calls of kicad-cli that the tests need; about 0.6 s each.</summary>
internal static class KicadCli
{
    public static string Netlist(string projectFolder)
    {
        string target = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-net-").FullName, "board.net");
        var done = Run.Tool(projectFolder, "kicad-cli", "sch", "export", "netlist", "--format", "kicadsexpr", "-o", target, "taxicredit.kicad_sch");
        if (done.Status != 0)
            throw new InvalidOperationException(done.Output);
        string text = File.ReadAllText(target);
        Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
        return text;
    }

    /// <returns>KiCad's report of the electrical rules; empty when there is nothing to report.</returns>
    public static string RuleCheck(string projectFolder)
    {
        string target = Path.Combine(Directory.CreateTempSubdirectory("taxicredit-erc-").FullName, "erc.rpt");
        var done = Run.Tool(projectFolder, "kicad-cli", "sch", "erc", "--severity-all", "--exit-code-violations", "-o", target, "taxicredit.kicad_sch");
        string report = done.Status == 0 ? "" : done.Output + File.ReadAllText(target);
        Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
        return report;
    }
}
