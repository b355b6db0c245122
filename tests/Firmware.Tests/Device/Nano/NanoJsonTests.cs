using System.Collections;
using nanoFramework.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Device;

/// <summary>
/// Golden payloads read by nanoFramework.Json mean what the logic's own reader says. The image is without that library (ADR 0003): it is a second opinion,
/// of the tests alone, and only of what has been authenticated, as it takes the runtime down on some input.
/// </summary>
[TestClass]
public class NanoJsonTests
{
    [TestMethod]
    public void Rating_ReadByBoth_MeansTheSame() => AssertSame(
        Golden.RatingRated4, Golden.RatingRated4Topic, ["v", "rev", "now", "stars", "from", "until", "hold"], ["topic", "kind", "period", "driver"]);

    [TestMethod]
    public void Config_ReadByBoth_MeansTheSame() => AssertSame(
        Golden.ConfigGood, Golden.ConfigGoodTopic, ["v", "rev", "now", "heartbeat", "day", "night", "dayLux", "nightLux", "epoch"], ["topic"]);

    [TestMethod]
    public void Command_ReadByBoth_MeansTheSame() => AssertSame(Golden.CmdSelftest, Golden.CmdSelftestTopic, ["v", "rev", "now", "exp"], ["topic", "do"]);

    [TestMethod]
    public void Acknowledgement_ReadByBoth_MeansTheSame() => AssertSame(Golden.AckSome, Golden.AckSomeTopic, ["v", "now", "through"], ["topic", "journal"]);

    private static void AssertSame(string payload, string topic, string[] integers, string[] texts)
    {
        Gate gate = DeviceGoldenTests.Admitted(payload, topic);
        var other = (Hashtable)JsonConvert.DeserializeObject(payload.Substring(65), typeof(Hashtable));
        foreach (string name in integers)
        {
            Assert.IsTrue(gate.Reader.TryGetInteger(name, 0, 4102444800L, out long value));
            Assert.AreEqual(value.ToString(), other[name].ToString());
        }

        foreach (string name in texts)
        {
            Assert.IsTrue(gate.Reader.TryGetString(name, 0, 64, out string value));
            Assert.AreEqual(value, (string)other[name]);
        }

        Assert.AreEqual(integers.Length + texts.Length, other.Count);
    }
}
