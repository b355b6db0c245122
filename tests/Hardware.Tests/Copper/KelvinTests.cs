using TaxiCredit.Hardware.Generate.BoardOutline;
using TaxiCredit.Hardware.Generate.Copper;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Copper;

/// <summary>
/// The voltage of one lit channel is 110 mV at R60. R63 takes it at the pad of R60 over a track of its own, in which no light's current flows: a hundredth
/// of an ohm of shared copper would be half a percent.
/// </summary>
[TestClass]
public class KelvinTests
{
    private static CopperPad Pad(string part, string number) => Etched.Pads.Value.Single(pad => pad.Part == part && pad.Number == number);

    [TestMethod]
    public void Sense_WithoutTheShuntsPad_IsJoinedToNothing() => Assert.AreEqual("", SharedWith(Etched.Committed));

    [TestMethod]
    public void Sense_TappedFromTheReturnElsewhere_IsNamed()
    {
        var (sense, shunt) = (Pad("R63", "1"), Pad("R60", "1"));
        // From the pad of R63 straight to a via through which the lights' current flows, past the shunt.
        var nets = Etched.Committed.NetsWithout(shunt);
        var via = Track.Read(Repository.Kicad).Where(track => track.IsVia && track.Net == "/LED_RTN")
            .Where(track => nets.JoinedTo(shunt with { Part = "", Front = true, X = track.X1, Y = track.Y1 }, Etched.Pads.Value).Contains("D13.2"))
            .MinBy(track => sense.Distance(track.X1, track.Y1))!;
        using var copy = TempCopy.Of(Repository.Kicad);
        const string end = "(width 0.2) (layer \"B.Cu\") (net 0) (uuid \"00000000-0000-4000-8000-000000000005\")";
        string segment = FormattableString.Invariant(
            $"\t(segment (start {BoardFile.X0 + sense.X} {BoardFile.Y0 + sense.Y}) (end {BoardFile.X0 + via.X1} {BoardFile.Y0 + via.Y1}) {end})\n");
        copy.Replace(BoardFile.FileName, "\t(embedded_fonts no)\n)\n", segment + "\t(embedded_fonts no)\n)\n");
        Assert.Contains("D13.", SharedWith(Etched.Of(copy.Folder)));
    }

    private static string SharedWith(Etched board)
    {
        Assert.AreEqual("/LED_RTN", Pad("R63", "1").Net);
        return string.Join(' ', board.NetsWithout(Pad("R60", "1")).JoinedTo(Pad("R63", "1"), Etched.Pads.Value));
    }
}
