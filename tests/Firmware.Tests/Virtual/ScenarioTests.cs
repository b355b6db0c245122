using System.Globalization;
using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class ScenarioTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public void Scenario_InSimulatedTime_HappensInOrder()
    {
        Scenario scenario = Write("""
            # in any order
            60  disp-0001  star2-ok
            3   *          stars=4   # for all
            10  disp-0001  star2-open
            20  disp-0002  vacant
            120 disp-0001  stars=1
            """);
        var time = new SimulatedTime(DateTimeOffset.UnixEpoch.AddSeconds(1514822400));
        using var cab = new Cab(Config(), new LinkSettings(1000, IsAbsent: true), time);
        var seen = new List<string>();
        cab.Ticked += () =>
        {
            string lit = string.Create(CultureInfo.InvariantCulture, $"{(long)time.Seconds / 10}:{cab.Lights.Lit}");
            if (time.Seconds > 3.5 && (seen.Count == 0 || seen[^1].Split(':')[1] != lit.Split(':')[1])) seen.Add(lit);
        };
        cab.Simulate(time, scenario, 130);
        CollectionAssert.AreEqual(new[] { "0:31", "1:27", "1:26", "1:10", "1:2", "1:0", "7:4", "7:31", "12:3" }, seen, string.Join(' ', seen));
    }

    /// <summary>The bench of README.md, and a converter that goes away and comes back.</summary>
    [TestMethod]
    public void Scenario_OfTheBench_CalibratesTheCab()
    {
        Scenario scenario = Write("""
            5    disp-0001  ignition-off
            10   disp-0001  battery=10000
            12   disp-0001  calibrate-battery-low=10000
            20   disp-0001  battery=15000
            22   disp-0001  calibrate-battery-high=15000
            30   disp-0001  lux=0
            32   disp-0001  calibrate-dark
            40   disp-0001  lux=2000
            42   disp-0001  calibrate-bright=2000
            50   disp-0001  calibrate-lights
            60   disp-0001  calibrate-store
            70   disp-0001  converter-off
            80   disp-0001  converter-on
            85   disp-0001  converter-stuck=0
            """);
        var time = new SimulatedTime(DateTimeOffset.UnixEpoch.AddSeconds(1514822400));
        using var cab = new Cab(Config(), new LinkSettings(1000, IsAbsent: true), time);
        cab.Simulate(time, scenario, 100);
        var incident = new Incident();
        var told = new List<(int Kind, long Arg)>();
        for (uint sequence = 1; cab.Unit.Journal.Read(sequence, incident); sequence++) told.Add((incident.Kind, incident.Arg));
        CollectionAssert.Contains(told, (IncidentKind.Calibration, (long)CalibrationResult.Stored));
        Assert.AreEqual(2, told.Count(i => i == (IncidentKind.Converter, 1L)));
    }

    [TestMethod]
    [DataRow("x disp-0001 press", "line 1: must be SECONDS ID WORD")]
    [DataRow("-1 disp-0001 press", "line 1: must be SECONDS ID WORD")]
    [DataRow("\n1 disp-0001", "line 2: must be SECONDS ID WORD")]
    [DataRow("1 disp-0001 dance", "line 1: \"dance\" is not one of")]
    public void Scenario_Wrong_NamesTheLine(string text, string message)
    {
        FormatException e = Assert.ThrowsExactly<FormatException>(() => Write(text));
        StringAssert.Contains(e.Message, message);
    }

    private Scenario Write(string text)
    {
        string path = Path.Combine(_folder, "scenario.txt");
        File.WriteAllText(path, text);
        return Scenario.Read(path);
    }

    private string Config()
    {
        string path = Path.Combine(_folder, "config.json");
        string key = Base64Url.Encode(new byte[32]);
        File.WriteAllText(path, $$"""{"v":1,"id":"disp-0001","key":"{{key}}","epoch":1,"broker":"127.0.0.1","port":1,"tls":false}""");
        return path;
    }
}
