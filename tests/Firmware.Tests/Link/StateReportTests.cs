using System.Text;
using Firmware.Tests.Contract;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Link;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class StateReportTests
{
    private const string Topic = "tc/v1/d/disp-0001/state";

    [TestMethod]
    public void State_OfTheGoldenValues_IsTheGoldenText() =>
        Assert.AreEqual(Encoding.UTF8.GetString(Manifest.Payload(Manifest.Named("state-good"))[65..]), Text(Golden()));

    [TestMethod]
    public void State_WithNineFaults_SaysEight()
    {
        var check = new LightCheck(new Calibration());
        for (int channel = 0; channel < Channels.Count; channel++) check.Set(channel, LightFault.Open);
        StateReport report = Golden();
        report.CopyFaults(check);
        report.IsStorageFaulty = report.IsTampered = report.IsVoltageWrong = report.IsHot = true;
        StringAssert.Contains(Text(report), """
            "faults":["storage","tamper","voltage","heat","bar-open","star1-open","star2-open","star3-open"]
            """);
        report.IsHot = false;
        report.IsThermometerDead = true;
        StringAssert.Contains(Text(report), """
            "faults":["storage","tamper","voltage","thermometer","bar-open","star1-open","star2-open","star3-open"]
            """);
    }

    [TestMethod]
    public void States_OfTheProtocol_AreNamedSo() => CollectionAssert.AreEqual(
        new[] { "booting", "selftest", "showing", "unrated", "vacant", "stale", "fault", "nodata", "off" },
        Enumerable.Range(0, DisplayState.Count).Select(DisplayState.NameOf).ToArray());

    [TestMethod]
    [DataRow(LightFault.Open, "open")]
    [DataRow(LightFault.Short, "short")]
    [DataRow(LightFault.StuckOn, "stuck")]
    public void State_WithAFaultyChannel_NamesItAsTheProtocolSays(int fault, string name)
    {
        for (int channel = 0; channel < Channels.Count; channel++)
        {
            var check = new LightCheck(new Calibration());
            check.Set(channel, fault);
            StateReport report = Golden();
            report.CopyFaults(check);
            StringAssert.Contains(Text(report), $"\"faults\":[\"{(channel == 0 ? "bar" : $"star{channel}")}-{name}\"]");
        }
    }

    [TestMethod]
    public void State_WithADeadConverterOrWithoutCalibration_SaysSo()
    {
        StateReport report = Golden();
        report.IsConverterDead = report.IsUncalibrated = true;
        StringAssert.Contains(Text(report), "\"faults\":[\"converter\",\"calibration\"]");
    }

    [TestMethod]
    public void State_WithADeadThermometer_SaysSo()
    {
        StateReport report = Golden();
        report.IsThermometerDead = true;
        StringAssert.Contains(Text(report), "\"faults\":[\"thermometer\"]");
    }

    [TestMethod]
    public void State_WithoutASignalStrength_SaysNone()
    {
        StateReport report = Golden();
        report.Rssi = 0;
        Assert.AreEqual(Text(Golden()).Replace("\"rssi\":-61,", "", StringComparison.Ordinal), Text(report));
    }

    [TestMethod]
    public void State_AtItsLongest_FitsIntoAMessage()
    {
        StateReport report = Golden();
        report.At = report.Rev = report.ConfigRev = report.CmdRev = 4102444800;
        report.Boot = report.Number = report.Backlog = uint.MaxValue;
        report.Epoch = 65535;
        report.Battery = 65535;
        report.Rssi = -128;
        report.Up = 10L * 365 * 86400;
        report.Free = int.MaxValue;
        report.IsStorageFaulty = report.IsTampered = report.IsVoltageWrong = report.IsHot = true;
        Assert.IsLessThan(1024 - 65 - 100, Text(report).Length);
    }

    [TestMethod]
    public void Fingerprint_OfEveryFieldThatIsSentAtOnce_Differs()
    {
        Action<StateReport>[] changes =
        [
            r => r.Display = DisplayState.Fault, r => r.Lit = 1, r => r.IsTampered = true, r => r.IsStorageFaulty = true, r => r.IsVoltageWrong = true,
            r => r.IsHot = true, r => r.IsThermometerDead = true, r => r.Rev++, r => r.ConfigRev++, r => r.CmdRev++, r => r.Epoch++,
        ];
        var prints = new HashSet<long> { Golden().Fingerprint() };
        foreach (Action<StateReport> change in changes)
        {
            StateReport report = Golden();
            change(report);
            Assert.IsTrue(prints.Add(report.Fingerprint()));
        }
    }

    [TestMethod]
    public void Fingerprint_OfEveryFaultOfEveryChannel_Differs()
    {
        var prints = new HashSet<long>();
        foreach (int lit in new[] { 0, 1, 31 })
        {
            for (int channel = 0; channel < Channels.Count; channel++)
            {
                foreach (int fault in new[] { LightFault.Open, LightFault.Short, LightFault.StuckOn })
                {
                    var check = new LightCheck(new Calibration());
                    check.Set(channel, fault);
                    StateReport report = Golden();
                    report.Lit = lit;
                    report.CopyFaults(check);
                    Assert.IsTrue(prints.Add(report.Fingerprint()));
                }
            }
        }
    }

    [TestMethod]
    public void Fingerprint_InASelfTest_DoesNotFollowTheChannels()
    {
        StateReport report = Golden();
        report.Display = DisplayState.SelfTest;
        long print = report.Fingerprint();
        report.Lit = 4;
        Assert.AreEqual(print, report.Fingerprint());
    }

    [TestMethod]
    public void Fingerprint_OfWhatAlwaysChanges_IsTheSame()
    {
        StateReport report = Golden();
        report.At++;
        report.Number++;
        report.Battery++;
        report.Rssi++;
        report.Up++;
        report.Free++;
        report.Backlog++;
        Assert.AreEqual(Golden().Fingerprint(), report.Fingerprint());
    }

    private static StateReport Golden() => new()
    {
        At = 1514822401,
        Journal = "00112233445566aa",
        Boot = 1,
        Number = 2,
        Firmware = Unit.Version,
        Rev = 1514822400,
        ConfigRev = 1514822400,
        Epoch = 1,
        Display = DisplayState.Showing,
        Lit = 31,
        Battery = 13500,
        Rssi = -61,
        Up = 12,
        Free = 48000,
        Backlog = 1,
    };

    private static string Text(StateReport report)
    {
        byte[] buffer = new byte[1024];
        var json = new JsonWriter(buffer, 65);
        report.Write(json, Topic);
        Assert.IsFalse(json.Overflowed);
        return Encoding.UTF8.GetString(buffer, 65, json.Count);
    }
}
