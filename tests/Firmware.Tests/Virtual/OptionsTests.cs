using System.Globalization;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class OptionsTests
{
    [TestMethod]
    [DataRow("--config a --fleet b", "--config and --fleet exclude each other")]
    [DataRow("--conform a --cabs 3", "--conform stands alone")]
    [DataRow("--conform-update a --fleet b", "--conform-update stands alone")]
    [DataRow("--conform a --conform-update b", "--conform stands alone")]
    [DataRow("--cabs 3", "--config or --fleet is required")]
    [DataRow("", "--config or --fleet is required")]
    [DataRow("--fleet a --cabs 0", "--cabs 0: must be a whole number from 1 to 100000")]
    [DataRow("--fleet a --cabs 100001", "--cabs 100001: must be a whole number from 1 to 100000")]
    [DataRow("--fleet a --cabs x", "--cabs x: must be a whole number from 1 to 100000")]
    [DataRow("--fleet a --cabs -1", "--cabs -1: must be a whole number from 1 to 100000")]
    [DataRow("--fleet a --backoff-cap 3601", "--backoff-cap 3601: must be a whole number from 1 to 3600")]
    [DataRow("--fleet a --fault disp-0001", "--fault disp-0001: must be ID=WORD")]
    [DataRow("--fleet a --fault =press", "--fault =press: must be ID=WORD")]
    [DataRow("--fleet a --simulate 3", "--simulate: requires --config")]
    [DataRow("--config a --quit-after-alone 3", "--quit-after-alone: requires --fleet")]
    [DataRow("--config a --config b", "Option '--config' expects a single argument but 2 were provided.")]
    [DataRow("cabs", "cabs: unknown option")]
    [DataRow("--dance 1", "--dance: unknown option")]
    [DataRow("--config a --Cabs 1", "--Cabs: unknown option")]
    public void Options_Wrong_AreRefusedByName(string line, string message)
    {
        FormatException e = Assert.ThrowsExactly<FormatException>(() => Parse(line));
        Assert.AreEqual(message, e.Message);
    }

    [TestMethod]
    public void Options_WithoutAValue_AreRefusedByName()
    {
        FormatException e = Assert.ThrowsExactly<FormatException>(() => Parse("--fleet"));
        StringAssert.Contains(e.Message, "'--fleet'");
    }

    [TestMethod]
    public void Options_WithTwoFaults_NameBoth()
    {
        FormatException e = Assert.ThrowsExactly<FormatException>(() => Parse("--fleet a --cabs 0 --backoff-cap x"));
        StringAssert.Contains(e.Message, "--cabs 0");
        StringAssert.Contains(e.Message, "--backoff-cap x");
    }

    /// <summary>Programs and packages carry the number that the firmware reports: a release is one.</summary>
    [TestMethod]
    public void Version_AskedFor_IsThatOfTheFirmwareAndOfTheBuild()
    {
        Assert.IsTrue(Parse("--version").IsVersion);
        Assert.AreEqual(Unit.Version, typeof(Options).Assembly.GetName().Version!.ToString(3));
    }

    [TestMethod]
    public void Options_OfAFleet_AreTaken()
    {
        Options options = Parse("--fleet DIR --cabs 100000 --backoff-cap 3600 --quit-after-alone 7 --fault a=press --fault b=battery=1 --m2mqtt-faults 0");
        Assert.AreEqual(("DIR", null, 100000, TimeSpan.FromSeconds(7)), (options.Fleet, options.Config, options.Cabs, options.QuitAfterAlone));
        Assert.AreEqual(new LinkSettings(3600000, 0, false), options.Link);
        CollectionAssert.AreEqual(new[] { ("a", "press"), ("b", "battery=1") }, options.Faults.ToArray());
    }

    [TestMethod]
    public void Options_OfACab_AreTakenAndTheRestIsTheDefault()
    {
        Options options = Parse("--config @file --simulate 1000000000 --scenario day.txt");
        Assert.AreEqual(("@file", null, 1000000000, "day.txt"), (options.Config, options.Fleet, options.SimulateSeconds, options.Scenario));
        Assert.AreEqual((int.MaxValue, null, 0, false), (options.Cabs, options.QuitAfterAlone, options.Faults.Count, options.IsHelp));
        Assert.AreEqual(new LinkSettings(300000, null, true), options.Link);
    }

    [TestMethod]
    [DataRow("--help")]
    [DataRow("-h")]
    [DataRow("--fleet a --help")]
    public void Options_Help_IsAskedFor(string line) => Assert.IsTrue(Parse(line).IsHelp);

    [TestMethod]
    public void Help_Written_HasEveryOptionAndEveryWord()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        Options.WriteHelp(text);
        string[] names =
        [
            "--config", "--fleet", "--cabs", "--backoff-cap", "--quit-after-alone", "--fault", "--scenario", "--simulate", "--m2mqtt-faults", "--help",
            "--version",
        ];
        foreach (string name in names) StringAssert.Contains(text.ToString(), $"{name} ");
        StringAssert.EndsWith(text.ToString(), Injection.Words + text.NewLine);
    }

    private static Options Parse(string line) => Options.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
