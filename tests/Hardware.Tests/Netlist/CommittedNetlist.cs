using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Tests.Netlist;

/// <summary>What KiCad makes of the committed schematic; exported once for all tests.</summary>
internal static class CommittedNetlist
{
    private static readonly Lazy<string> Exported = new(() => KicadCli.Netlist(Repository.Kicad));

    public static string Text => Exported.Value;

    public static Board Board => new(Text);
}
