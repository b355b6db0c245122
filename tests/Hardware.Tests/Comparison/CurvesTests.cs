using System.Globalization;
using System.Text;
using TaxiCredit.Hardware.Generate.Comparison;
using TaxiCredit.Hardware.Tests.Generated;

namespace TaxiCredit.Hardware.Tests.Comparison;

[TestClass]
public class CurvesTests
{
    private const string Flat = "56,100 400,100 744,100";

    [TestMethod]
    [DataRow(1.9, false)]
    [DataRow(2.0, false)]
    [DataRow(2.1, true)]
    public void Curves_MovedByDistance_DifferAbove2(double distance, bool differs)
    {
        string moved = string.Create(CultureInfo.InvariantCulture, $"56,{100 + distance} 744,{100 + distance}");
        Assert.AreEqual(differs ? "curve VHOLD is off by 2.1 units of the drawing" : null, Difference(Plot(("VHOLD", moved)), Plot(("VHOLD", Flat))));
    }

    [TestMethod]
    public void Curves_OtherTimeStepsOfTheSameLine_AreEqual() =>
        Assert.IsNull(Difference(Plot(("VHOLD", "56,100 200,150 744,150")), Plot(("VHOLD", "56,100 128,125 200,150 500,150 744,150"))));

    [TestMethod]
    public void Curves_PeakOnlyInOne_IsNamed()
    {
        string peak = Plot(("VHOLD", "56,100 400,100 401,60 402,100 744,100"));
        Assert.AreEqual("curve VHOLD is off by 40 units of the drawing", Difference(peak, Plot(("VHOLD", Flat))));
        Assert.AreEqual("curve VHOLD is off by 40 units of the drawing", Difference(Plot(("VHOLD", Flat)), peak));
    }

    [TestMethod]
    public void Curves_OneOfTwoChanged_NamesOnlyThat() => Assert.AreEqual("curve rail is off by 10 units of the drawing",
        Difference(Plot(("VHOLD", Flat), ("rail", "56,210 744,210")), Plot(("VHOLD", Flat), ("rail", "56,200 744,200"))));

    [TestMethod]
    public void Curves_OneMissing_AreListed() =>
        Assert.AreEqual("plots VHOLD; generated VHOLD, rail", Difference(Plot(("VHOLD", Flat)), Plot(("VHOLD", Flat), ("rail", Flat))));

    [TestMethod]
    public void Curves_OtherAxis_IsNamed()
    {
        string plot = Plot(("VHOLD", Flat));
        Assert.AreEqual("title, axes or legend differ", Difference(plot.Replace("12 V", "24 V", StringComparison.Ordinal), plot));
    }

    [TestMethod]
    [DataRow("<svg")]
    [DataRow("<svg><polyline points=\"1,2 3\"><title>a</title></polyline></svg>")]
    [DataRow("<svg><polyline><title>a</title></polyline></svg>")]
    [DataRow("<svg><polyline points=\"1,2\"/><polyline points=\"1,2\"/></svg>")]
    public void Curves_DamagedFile_IsNotAPlot(string committed) =>
        Assert.AreEqual("is not a plot of named curves", Difference(committed, Plot(("VHOLD", Flat))));

    [TestMethod]
    public void Curves_OfASimulation_NameTheOneThatMoved()
    {
        string drawn = Encoding.UTF8.GetString(Current.File("hardware/sim/plots/hold_up.svg").Content);
        int points = drawn.LastIndexOf("points=\"", drawn.IndexOf("<title>3.3V aged and busy</title>", StringComparison.Ordinal), StringComparison.Ordinal);
        string moved = $"{drawn[..points]}points=\"56,200 {drawn[(points + 8)..]}";
        StringAssert.Matches(Difference(moved, drawn), new(@"^curve 3\.3V aged and busy is off by \d+(\.\d)? units of the drawing$"));
    }

    private static string? Difference(string committed, string generated) =>
        Curves.Difference(Encoding.UTF8.GetBytes(committed), Encoding.UTF8.GetBytes(generated));

    private static string Plot(params (string Name, string Points)[] curves) =>
        $"<svg><text>12 V</text>{string.Concat(curves.Select(curve => $"<polyline points=\"{curve.Points}\"><title>{curve.Name}</title></polyline>"))}</svg>";
}
