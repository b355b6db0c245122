using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>How many nets a needle reaches from the cabin's side.</summary>
[TestClass]
public class AccessTests
{
    /// <summary>A needle of 1 mm stands safely on a pad of this size beside a part; the crystal's must not be touched.</summary>
    private const double WidePad = 1.2;

    [TestMethod]
    public void Nets_ThatANeedleReaches_AreAsManyAsThePageSays()
    {
        var nets = Etched.Pads.Value.Where(pad => pad.Number != "" && !pad.KeepsViasOut && pad.Net != "").GroupBy(pad => pad.Net)
            .Where(net => net.Select(pad => (pad.Part, pad.Number)).Distinct().Count() > 1).ToList();
        int pads = nets.Count(HasTestPad);
        int wide = nets.Count(net => !HasTestPad(net) && net.Any(IsWide));
        string text = $"{pads} of {nets.Count} nets have a test point or a pin of J1 or J2, "
            + FormattableString.Invariant($"{wide} more a pad of {WidePad} mm or more")
            + FormattableString.Invariant($" on the cabin's side: {100 * (pads + wide) / nets.Count} % in all");
        Console.WriteLine(text);
        Console.WriteLine($"without: {string.Join(' ', nets.Where(net => !HasTestPad(net) && !net.Any(IsWide)).Select(net => net.Key))}");
        Assert.Contains(text, File.ReadAllText(Path.Combine(Repository.Hardware, "production.md")).ReplaceLineEndings(" "));
    }

    private static bool HasTestPad(IEnumerable<CopperPad> net) =>
        net.Any(pad => pad.Part.StartsWith("TP", StringComparison.Ordinal) || pad.Part is "J1" or "J2");

    private static bool IsWide(CopperPad pad) => pad.Back && pad.Part != "Y1" && 2 * Math.Min(pad.HalfWidth, pad.HalfHeight) >= WidePad;
}
