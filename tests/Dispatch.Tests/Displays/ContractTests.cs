using System.Text;
using System.Text.Json.Nodes;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

/// <summary>Every field of what cabs publish, at the ends of its range and beyond.</summary>
[TestClass]
public sealed class ContractTests
{
    private const string StateTopic = "tc/v1/d/disp-0001/state";
    private const string IncidentsTopic = "tc/v1/d/disp-0001/incidents";

    private const string State =
        """{"v":1,"topic":"tc/v1/d/disp-0001/state","at":1514822401,"journal":"00112233445566aa","boot":1,"n":2"""
        + ""","fw":"0.1.0","rev":1514822400,"configRev":1514822400,"cmdRev":0,"epoch":1"""
        + ""","display":"showing","lit":"11111","faults":[],"battery":13500,"rssi":-61,"up":12,"free":48000,"backlog":1}""";

    private const string Incidents =
        """{"v":1,"topic":"tc/v1/d/disp-0001/incidents","journal":"00112233445566aa","list":["""
        + """{"seq":1,"kind":"power-on","boot":1,"up":0,"arg":1},{"seq":2,"kind":"rating-shown","at":1514822401,"arg":1514822400}]}""";

    [TestMethod]
    [DataRow("v", "1", "0", "2", "1.0", "\"1\"")]
    [DataRow("at", "0|1500000000|4102444800", "-1", "1", "1499999999", "4102444801", "1.5e9")]
    [DataRow("journal", "\"ffffffffffffffff\"", "\"00112233445566a\"", "\"00112233445566aaa\"", "\"00112233445566AA\"", "1")]
    [DataRow("boot", "1|4294967295", "0", "4294967296", "-1", "true")]
    [DataRow("n", "1|4294967295", "0", "4294967296", "1.0")]
    [DataRow("fw", "\"\"|\"0123456789abcdef\"", "\"0123456789abcdef0\"", "null", "1")]
    [DataRow("rev", "0|1|4102444800", "-1", "4102444801")]
    [DataRow("configRev", "0|4102444800", "-1", "4102444801")]
    [DataRow("cmdRev", "0|4102444800", "-1", "4102444801", "99999999999999999999")]
    [DataRow("epoch", "1|65535", "0", "65536")]
    [DataRow("display", "\"booting\"|\"selftest\"|\"showing\"|\"unrated\"|\"vacant\"|\"stale\"|\"fault\"|\"nodata\"|\"off\"",
        "\"\"", "\"Showing\"", "\"lit\"", "4")]
    [DataRow("lit", "\"00000\"|\"01111\"", "\"0000\"", "\"000000\"", "\"11112\"", "11111")]
    [DataRow("faults", """["bar-open","star4-stuck","storage","tamper","voltage","heat"]|["star1-short"]|["thermometer"]|["converter","calibration"]""",
        """["star5-open"]""", """["bar"]""", """[1]""", "{}", "\"\"", """["heat","heat","heat","heat","heat","heat","heat","heat","heat"]""")]
    [DataRow("battery", "0|65535", "-1", "65536")]
    [DataRow("up", "0|4294967295", "-1", "4294967296", "9223372036854775807")]
    [DataRow("free", "0|4294967295", "-1", "4294967296", "9223372036854775807")]
    [DataRow("backlog", "0|4294967295", "-1", "4294967296", "\"0\"")]
    public void State_FieldAtItsLimits_IsReadOrRefused(string field, string good, params string[] bad)
    {
        foreach (var value in good.Split('|'))
            Assert.IsNull(ReadState(With(State, field, value)), $"{field} {value}");
        foreach (var value in bad)
            Assert.AreEqual(RefusedBecause.Form, ReadState(With(State, field, value)), $"{field} {value}");
        Assert.AreEqual(RefusedBecause.Form, ReadState(With(State, field, null)), $"{field} missing");
        Assert.AreEqual(RefusedBecause.Form, ReadState(State[..^1] + $",\"{field}\":1}}"), $"{field} duplicated");
    }

    [TestMethod]
    [DataRow("-128", -128)]
    [DataRow("-1", -1)]
    [DataRow(null, 0)]
    public void State_SignalStrength_IsReadOrUnknown(string? value, int rssi)
    {
        Assert.IsNull(StateReport.TryRead(Encoding.UTF8.GetBytes(With(State, "rssi", value)), StateTopic, out var report));
        Assert.AreEqual(rssi, report!.Rssi);
    }

    [TestMethod]
    [DataRow("-129")]
    [DataRow("0")]
    [DataRow("null")]
    public void State_SignalStrengthThatCannotBe_IsRefused(string value) =>
        Assert.AreEqual(RefusedBecause.Form, ReadState(With(State, "rssi", value)));

    [TestMethod]
    public void State_UnknownField_IsIgnored() => Assert.IsNull(ReadState(With(State, "later", """{"a":[1]}""")));

    [TestMethod]
    [DataRow("journal", "\"ffffffffffffffff\"", "\"\"", "null")]
    [DataRow("list", """[{"seq":1,"kind":"x","boot":1,"up":0,"arg":1}]|[{"seq":4294967295,"kind":"power-on","at":1500000000,"arg":-5}]""",
        "[]", "{}", "[1]",
        """[{"seq":0,"kind":"x","boot":1,"up":0,"arg":1}]""", """[{"seq":4294967296,"kind":"x","boot":1,"up":0,"arg":1}]""",
        """[{"seq":1,"kind":"","boot":1,"up":0,"arg":1}]""", """[{"seq":1,"kind":"x","boot":1,"up":0}]""", """[{"seq":1,"kind":"x","arg":1}]""",
        """[{"seq":1,"kind":"x","boot":0,"up":0,"arg":1}]""", """[{"seq":1,"kind":"x","boot":1,"arg":1}]""", """[{"seq":1,"kind":"x","at":0,"arg":1}]""",
        """[{"seq":1,"kind":"x","at":1499999999,"arg":1}]""", """[{"seq":1,"seq":1,"kind":"x","boot":1,"up":0,"arg":1}]""",
        """[{"seq":2,"kind":"x","boot":1,"up":0,"arg":1},{"seq":1,"kind":"x","boot":1,"up":0,"arg":1}]""",
        """[{"seq":1,"kind":"x","boot":1,"up":0,"arg":1},{"seq":1,"kind":"x","boot":1,"up":0,"arg":1}]""")]
    public void Incidents_FieldAtItsLimits_IsReadOrRefused(string field, string good, params string[] bad)
    {
        foreach (var value in good.Split('|'))
            Assert.IsNull(ReadIncidents(With(Incidents, field, value)), value);
        foreach (var value in bad)
            Assert.AreEqual(RefusedBecause.Form, ReadIncidents(With(Incidents, field, value)), value);
        Assert.AreEqual(RefusedBecause.Form, ReadIncidents(With(Incidents, field, null)), $"{field} missing");
    }

    [TestMethod]
    public void Incidents_Example_IsReadWhole()
    {
        Assert.IsNull(IncidentReport.TryRead(Encoding.UTF8.GetBytes(Incidents), IncidentsTopic, out var report));
        CollectionAssert.AreEqual(
            new ReportedIncident[] { new(1, "power-on", 1, null, 1, 0), new(2, "rating-shown", 1514822400, 1514822401, null, null) }, report!.List.ToArray());
    }

    /// <summary>Bytes that an authenticated but broken cab might send: read or refused, never a throw.</summary>
    [TestMethod]
    [DataRow(20180101)]
    public void TryRead_MutatedMessages_NeverThrow(int seed)
    {
        Console.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tokens = new[] { "\"", "{", "}", "[", "]", ",", ":", "null", "-", "1e9", "\\u0000", "\\ud83d", "\0", "99999999999999999999", "true", "\u00ff" };
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(round % 2 == 0 ? State : Incidents).ToList();
            for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, random.Next(bytes.Count - at));
                        break;
                    case 2:
                        bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Length)]));
                        break;
                    default:
                        bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at)));
                        break;
                }
            }

            var json = bytes.ToArray();
            _ = StateReport.TryRead(json, StateTopic, out _);
            _ = IncidentReport.TryRead(json, IncidentsTopic, out _);
        }
    }

    private static RefusedBecause? ReadState(string json) => StateReport.TryRead(Encoding.UTF8.GetBytes(json), StateTopic, out _);

    private static RefusedBecause? ReadIncidents(string json) => IncidentReport.TryRead(Encoding.UTF8.GetBytes(json), IncidentsTopic, out _);

    /// <param name="value">JSON text of the field; null takes the field away.</param>
    private static string With(string json, string field, string? value)
    {
        const string Mark = "\"\\u0001\"";
        var document = JsonNode.Parse(json)!.AsObject();
        if (value is null)
            document.Remove(field);
        else
            document[field] = "\u0001";
        return document.ToJsonString().Replace(Mark, value, StringComparison.Ordinal);
    }
}
